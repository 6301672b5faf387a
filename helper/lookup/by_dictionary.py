"""Dictionary words (CC-CEDICT) behind the content."""

from __future__ import annotations

from helper.lookup.by_pinyin import key_of
from helper.lookup.entry import Entry
from helper.lookup.hits import Hit
from helper.lookup.text import words
from helper.mandarin.pinyin import typed_syllables
from helper.mandarin.script import has_hanzi
from helper.mandarin.words import Dictionary, Sense


def dictionary_hits(
    dictionary: Dictionary, query: str, wanted: str, limit: int, nothing: bool
) -> list[Hit]:
    """Words for a query, best first.

    Args:
        query: as typed; wanted: its bare, Simplified form.
        nothing: whether the content had nothing, so that words deep in a gloss are welcome too.
    """
    found: list[tuple[Sense, float, str]] = []
    if has_hanzi(wanted):
        found += [(s, 66 - i, "a dictionary word") for i, s in
                  enumerate(dictionary.define(wanted))]
        if 1 < len(wanted) < 6:
            found += [(s, 40 - i, f"begins with {wanted}") for i, s in
                      enumerate(dictionary.by_prefix(wanted, 6))]
    else:
        typed = typed_syllables(query.lower())
        if typed:
            found += [(s, 66 - i, f"pinyin {key_of(typed)}") for i, s in
                      enumerate(dictionary.by_pinyin(key_of(typed), limit))]
        found += [(s, 84 - i, "a dictionary word") for i, s in
                  enumerate(dictionary.by_gloss(query, limit))]
        tokens = [w for w in words(query) if w.isascii()]
        if not found and tokens and nothing:
            match = " ".join(f'"{token}"' for token in tokens)
            found += [(s, 50 - i, "in the dictionary's gloss") for i, s in
                      enumerate(dictionary.search(match, limit))]
    hits: dict[str, Hit] = {}
    for sense, score, matched in found:
        entry = word_entry(sense)
        if entry.id not in hits:
            hits[entry.id] = Hit(entry, score, matched)
    return list(hits.values())


def word_entry(sense: Sense) -> Entry:
    """A dictionary word in the index's shape."""
    english = "; ".join(sense.definitions[:3])
    return Entry(
        f"word.{sense.hanzi}", "word", sense.hanzi, sense.pinyin, english, (english,), "",
        place="Dictionary",
    )
