"""Searching by English: exact names, then words weighted by rarity, completed or misspelt."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from helper.lookup.hits import Best
from helper.lookup.prepared import Prepared
from helper.lookup.text import Vocabulary, canonical, content_words, remainder, stem, words


class EnglishIndex:
    """Stems of every name and explanation, with the entries they stand in.

    Args:
        prepared: the entries in order.
        prior: what each entry is worth before anything matched; breaks ties.
    """

    def __init__(self, prepared: Sequence[Prepared], prior: np.ndarray) -> None:
        self._prior = prior
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
                self._exact[canonical(spelling)].append((number, _worth(shape, item.shapes[0])))
                for token in shape:
                    held = postings[token]
                    held[number] = max(held.get(number, 0.0), weight)
            self._names.append(shapes)
            for token in item.text:
                postings[token].setdefault(number, 0.3)
            for token in item.place:
                postings[token].setdefault(number, 0.4)
        total = len(prepared) or 1
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

    def __contains__(self, word: str) -> bool:
        return stem(word) in self._vocabulary

    def search(self, query: str, best: Best) -> None:
        """Note every entry that ``query`` (English words or a question) may mean."""
        spelled = words(query)
        for number, worth in self._exact.get(canonical(spelled), ()):
            best.offer(number, worth, query.lower())
        asked = remainder(spelled)
        if asked != spelled:
            for number, worth in self._exact.get(canonical(asked), ()):
                best.offer(number, min(worth, 96.5) - 1.5, " ".join(asked))
        written = {stem(word): word for word in content_words(query)}
        tokens = list(written)
        if not tokens:
            return
        last = stem(spelled[-1]) if query[-1:].isalnum() else ""
        scores = np.zeros(len(self._prior))
        total = 0.0
        matched: dict[str, list[tuple[str, float]]] = {}
        for token in tokens:
            options = self._options(token, written[token], token == last)
            matched[token] = options
            idf = max((self._idf[o] for o, _ in options), default=6.5)
            total += idf
            if not options:
                continue
            column = np.zeros(len(self._prior))
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


def _worth(shape: tuple[str, ...], label: tuple[str, ...]) -> float:
    """What a name is worth that is just what was asked: the label's own words before a wording
    that shares some of them ("thank you" for "Thanks!"), and that before one that shares none."""
    if set(shape) == set(label):
        return 100
    return 97 if set(shape) & set(label) else 95
