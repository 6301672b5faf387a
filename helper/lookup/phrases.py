"""Phrases in the shape of the JSON output."""

from __future__ import annotations

from typing import Any

from helper.lookup.entry import Entry
from phrasebook.types import Content, Phrase


def phrase_dict(entry: Entry, phrase: Content) -> dict[str, Any]:
    """One phrase with all that the phrasebook says of it."""
    assert isinstance(phrase, Phrase)
    return {
        "id": phrase.id, "situation": phrase.situation, "hanzi": phrase.hanzi,
        "pinyin": entry.pinyin, "english": phrase.english,
        "words": [list(pair) for pair in phrase.words], "register": phrase.register,
        "speaker": phrase.speaker, "when": phrase.when, "answer": phrase.answer,
        "answer_english": phrase.answer_english, "mistake": phrase.mistake,
    }
