"""Dictionary words (CC-CEDICT) behind the content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helper.lookup.by_pinyin import key_of
from helper.lookup.entry import Entry
from helper.lookup.glosses import common, told
from helper.lookup.hits import Hit
from helper.lookup.text import content_words, remainder, words
from helper.mandarin.pinyin import Typed, pinyin, syllable, typed_syllables
from helper.mandarin.script import has_hanzi
from helper.mandarin.words import Dictionary, Sense


def dictionary_hits(
    dictionary: Dictionary, query: str, wanted: str, limit: int, nothing: bool,
    *, english: bool = False, exact: bool = False,
) -> list[Hit]:
    """Words for a query, best first: what is just that stands above what is only near it.

    Args:
        query: as typed; wanted: its bare, Simplified form.
        nothing: whether the content had nothing, so that words deep in a gloss are welcome too.
        english: whether every word of it is English too ("can"): then sound counts for less.
        exact: whether the content has just what was typed: then one word more is enough.
    """
    leading = 1 if exact else 3
    found: list[tuple[Sense, float, str]] = []
    if has_hanzi(wanted):
        found += [(s, 91 - i, "a dictionary word") for i, s in
                  enumerate(dictionary.define(wanted))]
        if 1 < len(wanted) < 6:
            found += [(s, 40 - i, f"begins with {wanted}") for i, s in
                      enumerate(dictionary.by_prefix(wanted, 6))]
    else:
        typed = typed_syllables(query.lower())
        if typed:
            key = key_of(typed)
            best = 66 if english else 90
            found += [(s, _falling(best, i, leading), f"pinyin {key}") for i, s in enumerate(
                _everyday_first(_as_toned(dictionary.by_pinyin(key, max(limit, 20)), typed))
            )]
        # a question's frame is no part of the word: "where is the bathroom"
        asked = (query, " ".join(remainder(words(query))), " ".join(content_words(query)))
        for wording in dict.fromkeys(asked):
            found += [(s, _falling(97.9, i, leading), "a dictionary word") for i, s in enumerate(
                _everyday_first(dictionary.by_gloss(wording, max(limit, 20)), wording)
            )]
        tokens = [w for w in words(query) if w.isascii()]
        if not found and tokens and nothing:
            match = " ".join(f'"{token}"' for token in tokens)
            found += [(s, 50 - i, "in the dictionary's gloss") for i, s in
                      enumerate(dictionary.search(match, limit))]
    hits: dict[str, Hit] = {}
    for sense, score, matched in found:
        entry = word_entry(sense)
        if entry.id not in hits or hits[entry.id].score < score:
            hits[entry.id] = Hit(entry, score, matched)
    return list(hits.values())


def _falling(best: float, place: int, leading: int) -> float:
    """The score of the word at ``place``: ``leading`` stand first, the rest behind the content."""
    return best - 2 * place if place < leading else 60 - place


def _everyday_first(senses: Iterable[Sense], meaning: str = "") -> list[Sense]:
    """The commonest words first, if ``meaning`` is what they commonly mean; a character in a rare
    reading (的 dī, "taxi") last, since what makes it common is its other reading, and other
    characters behind words, in which they are mostly met."""
    def key(sense: Sense) -> tuple[bool, bool, bool]:
        usual = any(meaning in gloss for gloss in common().get(sense.hanzi, {}).values())
        alone = len(sense.hanzi) == 1
        return (
            alone and sense.pinyin.lower() != pinyin(sense.hanzi), not usual,
            bool(meaning) and alone and not usual,
        )

    return sorted(senses, key=key)


def _as_toned(senses: Iterable[Sense], typed: Sequence[Typed]) -> list[Sense]:
    """Those of the senses that have the tones that were typed, if any were."""
    tones = [one.tone for one in typed]
    return [
        sense for sense in senses
        if all(
            tone is None or tone == syllable(part).tone
            for tone, part in zip(tones, sense.pinyin.split(), strict=False)
        )
    ]


def word_entry(sense: Sense) -> Entry:
    """A dictionary word in the index's shape."""
    english = "; ".join(told(sense.definitions)[:3])
    return Entry(
        f"word.{sense.hanzi}", "word", sense.hanzi, sense.pinyin, english, (english,), "",
        place="Dictionary",
    )
