"""The index: from whatever the newcomer typed to the entries, best first."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from helper.lookup.by_dictionary import dictionary_hits
from helper.lookup.by_english import EnglishIndex
from helper.lookup.by_hanzi import HanziIndex, bare
from helper.lookup.by_pinyin import PinyinIndex
from helper.lookup.entry import KINDS, Entry
from helper.lookup.hits import Best, Hit, Results
from helper.lookup.prepared import prepare, prepare_cached
from helper.lookup.text import words
from helper.mandarin.script import has_hanzi, to_simplified
from helper.mandarin.words import Dictionary
from phrasebook import Phrasebook

#: What each kind is worth when everything else is equal.
_PRIOR = dict(zip(KINDS, (6.0, 4.0, 2.5, 2.0, 1.5, 0.0), strict=True))
#: From this score on a hit really fits; below it is only the nearest there is.
FITS = 30
#: From this score on a hit is what was asked for.
EXACT = 95


class Index:
    """Searches the content by English, hanzi, pinyin and initials, typos included.

    Args:
        book: the content.
        dictionary: CC-CEDICT, asked for words that the content has not; None for none.
        cache: folder where what is worked out from the content is kept; None keeps nothing.
    """

    def __init__(
        self, book: Phrasebook, dictionary: Dictionary | None = None, cache: Path | None = None
    ) -> None:
        prepared = prepare_cached(book, cache) if cache else prepare(book)
        self.entries: tuple[Entry, ...] = tuple(item.entry for item in prepared)
        self.by_id: dict[str, Entry] = {entry.id: entry for entry in self.entries}
        self._dictionary = dictionary
        order = {screen.id: screen.order for screen in book.screens}
        # the screens that people meet first come first; a word comes before an emoji that says it
        self._prior = np.array([
            _PRIOR[entry.kind]
            - 0.03 * order.get(entry.screen, 0)
            - 1.2 * (entry.kind == "slang" and not any(c.isalnum() for c in entry.hanzi))
            for entry in self.entries
        ])
        self._english = EnglishIndex(prepared, self._prior)
        self._hanzi = HanziIndex(self.entries)
        self._sounds = PinyinIndex(prepared)

    def search(self, query: str, limit: int = 10, *, words_too: bool = True) -> Results:
        """Entries for ``query``, best first, at most ``limit``.

        Args:
            query: English, hanzi, pinyin in any form, or initials.
            words_too: whether dictionary words are asked for too.
        """
        query = query.strip()[:200]
        if not query:
            return Results(query, ())
        wanted, best = self._found(query)
        good = {n: held for n, held in best.scores.items() if held[0] >= FITS}
        nearest = not good
        chosen = good or best.scores
        ranked = sorted(
            chosen.items(),
            key=lambda item: (
                -round(item[1][0] + self._prior[item[0]], 3),
                len(self._hanzi.labels[item[0]]),
                item[0],
            ),
        )
        hits = self._grouped(ranked, limit)
        if words_too and self._dictionary is not None:
            found = dictionary_hits(
                self._dictionary, query, wanted, limit, nearest or not hits,
                english=self._is_english(query), exact=bool(hits) and hits[0].score >= EXACT,
            )
            known = {hit.entry.hanzi for hit in hits}
            extra = [hit for hit in found if hit.entry.hanzi not in known]
            if extra and nearest:
                hits, nearest = [], False
            hits = sorted(
                [*hits, *extra], key=lambda hit: -(hit.score + _PRIOR[hit.entry.kind])
            )[:limit]
        return Results(query, tuple(hits), nearest and bool(hits))

    def _found(self, query: str) -> tuple[str, Best]:
        """The query's bare Simplified form, and what every way of searching noted for it."""
        best = Best()
        wanted = bare(to_simplified(query))
        if has_hanzi(wanted):
            self._hanzi.search(wanted, best)
        else:
            self._hanzi.search_label(wanted, best)
            if not any(character.isalnum() for character in wanted):
                return wanted, best  # an emoji or a sign is only itself
            self._english.search(query, best)
            self._sounds.search(query, best, english=self._is_english(query))
        return wanted, best

    def _is_english(self, query: str) -> bool:
        """Whether every word of it is an English one of the content: "can" is no pinyin first."""
        return all(word in self._english for word in words(query))

    def phrases(self, query: str, limit: int = 10) -> tuple[Entry, ...]:
        """Phrases that fit ``query``, best first."""
        _, best = self._found(query.strip()[:200])
        ranked = sorted(best.scores.items(), key=lambda item: (-item[1][0], item[0]))
        return tuple(
            self.entries[number] for number, (score, _) in ranked
            if self.entries[number].kind == "phrase" and score >= 25
        )[:limit]

    def _grouped(
        self, ranked: list[tuple[int, tuple[float, str]]], limit: int
    ) -> list[Hit]:
        """Hits with every label once; its other places hang on the best of them."""
        groups: dict[tuple[str, str], list[tuple[int, tuple[float, str]]]] = {}
        for item in ranked:
            entry = self.entries[item[0]]
            key = (entry.kind, self._hanzi.labels[item[0]])
            if key not in groups and len(groups) == limit:
                continue
            groups.setdefault(key, []).append(item)
        return [
            Hit(
                self.entries[items[0][0]], round(items[0][1][0], 1), items[0][1][1],
                tuple(self.entries[n] for n, _ in items[1:]),
            )
            for items in groups.values()
        ]
