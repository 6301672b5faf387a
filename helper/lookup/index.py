"""The index: from whatever the newcomer typed to the entries, best first."""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex

from helper.lookup.entry import KINDS, Entry
from helper.lookup.prepared import Prepared, prepare, prepare_cached
from helper.lookup.text import (
    Spellings,
    Vocabulary,
    content_words,
    remainder,
    stem,
    words,
)
from helper.mandarin.pinyin import Typed, typed_syllables
from helper.mandarin.script import has_hanzi, to_simplified
from helper.mandarin.words import Dictionary, Sense
from phrasebook import Phrasebook

_PRIOR = {"term": 6.0, "slang": 4.0, "hashtag": 2.5, "phrase": 2.0, "howto": 1.5, "word": 0.0}
_PUNCTUATION = regex.compile(r"[\s\p{P}\p{S}]+")


@dataclass(frozen=True)
class Hit:
    """A found entry.

    Attributes:
        score: orders the hits; about 100 is exact, under 30 is only the nearest there is.
        matched: in words, what matched.
        same: entries with the same label elsewhere in the app.
    """

    entry: Entry
    score: float
    matched: str
    same: tuple[Entry, ...] = ()

    def to_dict(self) -> dict:
        """The form of the JSON output; ``also`` lists the same label's other places."""
        entry = self.entry
        return {
            "id": entry.id, "kind": entry.kind, "hanzi": entry.hanzi, "pinyin": entry.pinyin,
            "english": entry.english, "screen": entry.place or entry.screen,
            "matched": self.matched,
            "also": [{"id": e.id, "screen": e.place, "english": e.english} for e in self.same],
        }


@dataclass(frozen=True)
class Results:
    """Hits, best first; ``nearest`` is True when nothing fitted and these are only close."""

    query: str
    hits: tuple[Hit, ...]
    nearest: bool = False

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {
            "query": self.query, "nearest": self.nearest,
            "results": [hit.to_dict() for hit in self.hits],
        }


@dataclass
class _Best:
    """The best score so far for each entry and what gave it."""

    scores: dict[int, tuple[float, str]]

    def offer(self, number: int, score: float, matched: str) -> None:
        held = self.scores.get(number)
        if held is None or held[0] < score:
            self.scores[number] = (score, matched)


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
        # the screens that people meet first come first in the content
        self._prior = np.array([
            _PRIOR[entry.kind] - 0.03 * order.get(entry.screen, 0) for entry in self.entries
        ])
        self._index_english(prepared)
        self._index_hanzi()
        self._index_pinyin(prepared)

    # — building —

    def _index_english(self, prepared: list[Prepared]) -> None:
        postings: dict[str, dict[int, float]] = defaultdict(dict)
        spelled: set[str] = set()
        self._names: list[list[tuple[tuple[str, ...], str, frozenset[str]]]] = []
        self._exact: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, item in enumerate(prepared):
            shapes = []
            for rank, (name, shape, spelling) in enumerate(
                zip(item.entry.names, item.shapes, item.spellings, strict=True)
            ):
                weight = 1.0 if rank == 0 else 0.93
                shapes.append((shape, name, frozenset(spelling)))
                spelled.update(spelling)
                self._exact[" ".join(spelling)].append((number, weight))
                for token in shape:
                    held = postings[token]
                    held[number] = max(held.get(number, 0.0), weight)
            self._names.append(shapes)
            for token in item.text:
                postings[token].setdefault(number, 0.3)
            for token in item.place:
                postings[token].setdefault(number, 0.4)
        total = len(self.entries) or 1
        self._idf = {
            token: math.log(1 + total / len(held)) for token, held in postings.items()
        }
        self._postings = {
            token: (
                np.fromiter(held.keys(), dtype=np.int32, count=len(held)),
                np.fromiter(held.values(), dtype=np.float64, count=len(held)),
            )
            for token, held in postings.items()
        }
        self._vocabulary = Vocabulary(spelled)

    def _index_hanzi(self) -> None:
        self._hanzi: list[str] = []
        self._by_hanzi: dict[str, list[int]] = defaultdict(list)
        self._characters: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self.entries):
            plain = _bare(entry.hanzi)
            self._hanzi.append(plain)
            self._by_hanzi[plain].append(number)
            for character in set(plain):
                self._characters[character].add(number)

    def _index_pinyin(self, prepared: list[Prepared]) -> None:
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_initials: dict[str, list[int]] = defaultdict(list)
        self._syllables: list[tuple[Typed, ...]] = []
        self._keys: list[str] = []
        for number, item in enumerate(prepared):
            typed = tuple(Typed(letters, tone) for letters, tone in item.syllables)
            self._syllables.append(typed)
            key = _key(typed)
            self._keys.append(key)
            if typed:
                self._by_key[key].append(number)
                if len(typed) > 1:
                    self._by_initials["".join(s.letters[0] for s in typed)].append(number)
        self._sorted_keys = sorted(self._by_key)
        self._near_keys = Spellings(self._sorted_keys)
        self._grams: dict[str, set[int]] = defaultdict(set)
        for number, typed in enumerate(self._syllables):
            for syllable in typed:
                self._grams[_key((syllable,))].add(number)

    # — searching —

    def search(self, query: str, limit: int = 10, *, words_too: bool = True) -> Results:
        """Entries for ``query``, best first, at most ``limit``.

        Args:
            query: English, hanzi, pinyin in any form, or initials.
            words_too: whether dictionary words fill what the content leaves.
        """
        query = query.strip()[:200]
        best = _Best({})
        if not query:
            return Results(query, ())
        bare = _bare(to_simplified(query))
        if has_hanzi(bare):
            self._search_hanzi(bare, best)
        else:
            self._search_label(bare, best)
            self._search_english(query, best)
            self._search_pinyin(query, best)
        good = {n: held for n, held in best.scores.items() if held[0] >= 30}
        nearest = not good
        chosen = good or best.scores
        ranked = sorted(
            chosen.items(),
            key=lambda item: (
                -round(item[1][0] + self._prior[item[0]], 3), len(self._hanzi[item[0]]), item[0]
            ),
        )
        hits = self._grouped(ranked, limit)
        exact = bool(hits) and hits[0].score >= 92
        if words_too and self._dictionary is not None and len(hits) < limit and (
            not exact or has_hanzi(bare)
        ):
            found = self._words(query, bare, limit, nearest or not hits)
            known = {hit.entry.hanzi for hit in hits}
            extra = [hit for hit in found if hit.entry.hanzi not in known]
            if extra and nearest:
                hits, nearest = [], False
            hits = sorted(
                [*hits, *extra], key=lambda hit: -(hit.score + _PRIOR[hit.entry.kind])
            )[:limit]
        return Results(query, tuple(hits), nearest and bool(hits))

    def phrases(self, query: str, limit: int = 10) -> tuple[Entry, ...]:
        """Phrases that fit ``query``, best first."""
        best = _Best({})
        bare = _bare(to_simplified(query.strip()[:200]))
        if has_hanzi(bare):
            self._search_hanzi(bare, best)
        else:
            self._search_english(query[:200], best)
            self._search_pinyin(query[:200], best)
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
            key = (entry.kind, self._hanzi[item[0]])
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

    def _search_label(self, bare: str, best: _Best) -> None:
        """Labels that are not hanzi: "yyds", "666", "TikTok"."""
        for number in self._by_hanzi.get(bare, ()):
            best.offer(number, 104, f"{self.entries[number].hanzi}")

    def _search_hanzi(self, bare: str, best: _Best) -> None:
        for number in self._by_hanzi.get(bare, ()):
            best.offer(number, 105, "the whole label")
        postings = [self._characters.get(character, set()) for character in set(bare)]
        for number in set.intersection(*postings) if postings else ():
            label = self._hanzi[number]
            if label == bare:
                continue
            share = len(bare) / len(label)
            if label.startswith(bare):
                best.offer(number, 70 + 25 * share, f"begins with {bare}")
            elif bare in label:
                best.offer(number, 62 + 25 * share, f"contains {bare}")
            else:
                best.offer(number, 35 + 20 * share, "the same characters")
        counts: dict[int, int] = defaultdict(int)
        for held in postings:
            for number in held:
                counts[number] += 1
        distinct = len(set(bare))
        for number, count in counts.items():
            label = self._hanzi[number]
            if len(label) > 1 and label in bare:
                best.offer(number, 45 + 40 * len(label) / len(bare), f"{label} is in it")
            elif distinct > 2 and count >= distinct - 1 and len(label) <= len(bare) + 2:
                best.offer(number, 30 + 25 * count / max(len(label), len(bare)), "one character off")
            elif count and distinct <= 2:
                best.offer(number, 8 + 10 * count / max(len(label), len(bare)), "shares a character")

    def _search_english(self, query: str, best: _Best) -> None:
        spelled = words(query)
        for number, weight in self._exact.get(" ".join(spelled), ()):
            best.offer(number, 100 if weight == 1 else 97, query.lower())
        asked = remainder(spelled)
        if asked != spelled:
            for number, weight in self._exact.get(" ".join(asked), ()):
                best.offer(number, 96.5 if weight == 1 else 95.5, " ".join(asked))
        written = {stem(word): word for word in content_words(query)}
        tokens = list(written)
        if not tokens:
            return
        last = stem(spelled[-1]) if query[-1:].isalnum() else ""
        scores = np.zeros(len(self.entries))
        total = 0.0
        matched: dict[str, list[tuple[str, float]]] = {}
        for token in tokens:
            options = self._options(token, written[token], token == last)
            matched[token] = options
            idf = max((self._idf[o] for o, _ in options), default=6.5)
            total += idf
            if not options:
                continue
            column = np.zeros(len(self.entries))
            for option, weight in options:
                numbers, weights = self._postings[option]
                column[numbers] = np.maximum(column[numbers], weights * weight)
            scores += idf * column
        scores = scores / total
        top = np.argpartition(-(scores + 0.004 * self._prior), min(40, len(scores) - 1))[:40]
        typed_words = set(spelled)
        equivalent = {
            option: token for token, options in matched.items() for option, _ in options
        }
        discount = {
            option: weight for options in matched.values() for option, weight in options
        }
        for number in top:
            coverage = float(scores[number])
            if coverage <= 0.05:
                continue
            name, spelling, shape_fit = self._best_name(int(number), tokens, equivalent, discount)
            # of two that fit alike, the one in the very words that were typed
            literal = len(typed_words & spelling) / len(typed_words)
            best.offer(int(number), 58 * coverage + 35.5 * shape_fit + literal, name)

    def _options(self, token: str, written: str, last: bool) -> list[tuple[str, float]]:
        """Indexed stems that a query word may mean, with a weight each."""
        options: list[tuple[str, float]] = []
        if token in self._postings:
            options.append((token, 1.0))
        if last and len(written) > 1:
            options += [
                (word, 0.75) for word in self._vocabulary.completions(written)
                if word != token and word in self._postings
            ]
        if token not in self._vocabulary and len(written) > 3 and written.isalpha():
            held = {option for option, _ in options}
            options += [
                (word, 0.85 if distance == 1 else 0.68)
                for word, distance in self._vocabulary.near(written)
                if word not in held and word in self._postings
            ]
        return options

    def _best_name(
        self, number: int, tokens: list[str], equivalent: dict[str, str],
        discount: dict[str, float],
    ) -> tuple[str, frozenset[str], float]:
        """The entry's English name that fits the query best, its words, the fit from 0 to 1."""
        wanted = set(tokens)
        _, best_name, best_words = self._names[number][0]
        best_fit = 0.0
        weights = {
            token: max((self._idf.get(o, 1.0) for o, t in equivalent.items() if t == token),
                       default=6.5)
            for token in wanted
        }
        for rank, (shape, name, spelling) in enumerate(self._names[number]):
            found, worth = set(), 0.0
            for token in shape:
                origin = equivalent.get(token)
                if origin is not None and origin not in found:
                    found.add(origin)
                    worth += self._idf.get(token, 1.0) * discount[token]
            if not found:
                continue
            size = sum(self._idf.get(t, 1.0) for t in shape)
            missing = sum(weights[token] for token in wanted - found)
            fit = worth / (size + missing) - 0.015 * min(rank, 3)
            if fit > best_fit:
                best_name, best_words, best_fit = name, spelling, fit
        return best_name, best_words, best_fit

    def _search_pinyin(self, query: str, best: _Best) -> None:
        lowered = query.lower().strip()
        compact = regex.sub(r"[\s'’·-]+", "", lowered)
        if compact.isascii() and compact.isalpha() and 2 <= len(compact) <= 8:
            for number in self._by_initials.get(compact, ()):
                best.offer(number, 78 - 4 * (len(compact) == 2), f"initials {compact}")
        typed = typed_syllables(lowered)
        if typed is None:
            return self._near_pinyin(compact, best)
        english = all(word in self._vocabulary for word in map(stem, words(query)))
        key = _key(typed)
        toned = [t for t in typed if t.tone is not None]
        for number in self._by_key.get(key, ()):
            agree = self._tones_agree(typed, self._syllables[number])
            full = 101.0 if toned else (94.0 if english else 99.0)
            best.offer(number, full if agree else 86, f"pinyin {key}")
        if len(key) >= 2 and not toned:
            start = bisect.bisect_left(self._sorted_keys, key)
            for other in self._sorted_keys[start: start + 30]:
                if not other.startswith(key):
                    break
                if other != key:
                    for number in self._by_key[other]:
                        best.offer(
                            number, 60 + 22 * len(key) / len(other) - (12 if english else 0),
                            f"pinyin begins with {key}",
                        )
        groups = [self._grams.get(_key((t,)), set()) for t in typed]
        for number in set.intersection(*groups) if groups else ():
            place = _within(typed, self._syllables[number])
            if place is not None and self._keys[number] != key:
                share = len(typed) / len(self._syllables[number])
                score = 50 + 30 * share + (2 if place == 0 else 0) - (15 if english else 0)
                if toned and not self._tones_agree(
                    typed, self._syllables[number][place: place + len(typed)]
                ):
                    score -= 12
                best.offer(number, score, f"pinyin has {key}")
        if key not in self._by_key and len(key) > 3:
            self._near_pinyin(key, best)
        return None

    def _near_pinyin(self, compact: str, best: _Best) -> None:
        letters = regex.sub(r"\d", "", compact).replace("ü", "v")
        if not letters.isascii() or len(letters) < 4 or not letters.isalpha():
            return
        for distance, key in self._near_keys.near(letters, 1 if len(letters) < 7 else 2):
            for number in self._by_key[key]:
                fit = 78 - 12 * distance + 0.5 * min(len(letters), 16)
                best.offer(number, fit, f"pinyin {key}, nearly")

    @staticmethod
    def _tones_agree(typed: tuple[Typed, ...], entry: tuple[Typed, ...]) -> bool:
        return all(
            t.tone is None or t.tone == e.tone for t, e in zip(typed, entry, strict=False)
        )

    # — dictionary —

    def _words(self, query: str, bare: str, limit: int, nothing: bool) -> list[Hit]:
        assert self._dictionary is not None
        found: list[tuple[Sense, float, str]] = []
        if has_hanzi(bare):
            found += [(s, 66 - i, "a dictionary word") for i, s in
                      enumerate(self._dictionary.define(bare))]
            if 1 < len(bare) < 6:
                found += [(s, 40 - i, f"begins with {bare}") for i, s in
                          enumerate(self._dictionary.by_prefix(bare, 6))]
        else:
            typed = typed_syllables(query.lower())
            if typed:
                found += [(s, 66 - i, f"pinyin {_key(typed)}") for i, s in
                          enumerate(self._dictionary.by_pinyin(_key(typed), limit))]
            found += [(s, 84 - i, "a dictionary word") for i, s in
                      enumerate(self._dictionary.by_gloss(query, limit))]
            tokens = [w for w in words(query) if w.isascii()]
            if not found and tokens and nothing:
                match = " ".join(f'"{token}"' for token in tokens)
                found += [(s, 50 - i, "in the dictionary's gloss") for i, s in
                          enumerate(self._dictionary.search(match, limit))]
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


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text).casefold() or text.strip()


def _key(typed: Iterable[Typed]) -> str:
    return "".join(t.letters.replace("ü", "v") for t in typed)


def _within(part: tuple[Typed, ...], whole: tuple[Typed, ...]) -> int | None:
    """Where the syllables ``part`` stand together in ``whole``, letters only; None if nowhere."""
    letters = [t.letters for t in part]
    for start in range(len(whole) - len(part) + 1):
        if [t.letters for t in whole[start: start + len(part)]] == letters:
            return start
    return None


assert set(_PRIOR) == set(KINDS)
