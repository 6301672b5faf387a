"""Reads a Chinese text for somebody who reads none: words, pinyin, glosses, translation."""

from __future__ import annotations

from dataclasses import dataclass

from helper.errors import N_, InvalidInput
from helper.lookup.glosses import Glosser, Word
from helper.mandarin import script
from helper.translation import Sentence, Translation, Translator
from phrasebook.types import Slang


@dataclass(frozen=True)
class ExplainedSentence:
    """One sentence with its words and its translation into English."""

    text: str
    words: tuple[Word, ...]
    translation: Sentence


@dataclass(frozen=True)
class Explained:
    """A whole text explained.

    Attributes:
        translation: the text's translation into English.
        sentences: in order.
        slang: net words that were found in it, each once.
    """

    translation: Translation
    sentences: tuple[ExplainedSentence, ...]
    slang: tuple[Slang, ...]

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {
            **self.translation.to_dict(),
            "words": [
                [word.to_dict() for word in sentence.words] for sentence in self.sentences
            ],
            "slang": [
                {"id": s.id, "hanzi": s.hanzi, "english": s.english, "meaning": s.meaning,
                 "tone": s.tone}
                for s in self.slang
            ],
        }


class Reader:
    """Explains Chinese texts."""

    def __init__(self, translator: Translator, glosser: Glosser) -> None:
        self._translator = translator
        self._glosser = glosser

    def explain(self, text: str) -> Explained:
        """Explain ``text`` (Chinese, or mixed with English); raises as Translator.translate."""
        text, _, _ = self._translator.check(text, "en", "zh")
        if not script.has_hanzi(text) and script.has_latin(text) and not any(
            word.kind == "slang" for word in self._glosser.words(text)
        ):
            raise InvalidInput(
                N_("There is no Chinese in this text; Compose puts English into Chinese.")
            )
        translation = self._translator.translate(text, target="en", source="zh")
        sentences = tuple(
            ExplainedSentence(s.source, self._glosser.words(s.source), s)
            for s in translation.sentences if s.source
        )
        found: dict[str, Slang] = {}
        for sentence in sentences:
            for word in sentence.words:
                if word.kind == "slang":
                    slang = self._glosser.by_id[word.entry]
                    found[slang.id] = slang
        return Explained(translation, sentences, tuple(found.values()))
