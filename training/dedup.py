"""Finds pairs that say the same thing twice, within training data and across the splits.

Two English lines are *near* each other when they differ in at most one word (put in, left out or
exchanged), typography and capitals aside. That is found by index, not by comparison: two lines
that differ in one exchanged word give the same key when that word is taken out of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from training.cleaning import hanzi
from training.split import split_key

Pair = tuple[str, str]

#: Below so many words, one other word makes another sentence ("I like tea").
SHORTEST_NEAR = 6


def near_keys(english: str) -> Iterator[str]:
    """The keys under which lines that differ in one word meet: the line itself, and the line
    without each of its words in turn (marked where); nothing but the line itself if it is short.
    """
    words = split_key(english).split(" ")
    yield " ".join(words)
    if len(words) < SHORTEST_NEAR:
        return
    for n in range(len(words)):
        yield " ".join([*words[:n], *words[n + 1 :]])
        yield " ".join([*words[:n], "_", *words[n + 1 :]])


def chinese_key(chinese: str) -> str:
    """Letters, digits and hanzi only, case-folded."""
    return "".join(c for c in chinese if c.isalnum()).casefold()


class HeldOut:
    """The lines that no training pair may resemble.

    A pair resembles one of them when its English is near theirs, or its Chinese is the same,
    provided the line is long enough to be somebody's rather than everybody's ("Thank you.").
    """

    #: Common property: English of fewer words, Chinese of fewer characters.
    SHORT_WORDS, SHORT_HANZI = 4, 7

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._near: set[str] = set()
        self._exact: set[Pair] = set()
        self._chinese: set[str] = set()
        for english, chinese in pairs:
            key, zh = split_key(english), chinese_key(chinese)
            self._exact.add((key, zh))
            if len(key.split(" ")) >= self.SHORT_WORDS:
                self._near.update(near_keys(english))
            if hanzi(chinese) >= self.SHORT_HANZI:
                self._chinese.add(zh)

    def resembles(self, english: str, chinese: str) -> bool:
        """Whether the pair equals or is near a held-out one."""
        zh = chinese_key(chinese)
        if zh in self._chinese or (split_key(english), zh) in self._exact:
            return True
        return any(key in self._near for key in near_keys(english))


class Seen:
    """Drops repetitions in a stream of pairs, the first one staying.

    A pair is a repetition when both sides are the same; when one side is the same and has
    already been given ``per_side`` different other sides; or when the Chinese is the same and
    the English differs in one word.
    """

    def __init__(self, per_side: int = 2) -> None:
        self._per_side = per_side
        self._pairs: set[Pair] = set()
        self._english: dict[str, int] = {}
        self._chinese: dict[str, set[str]] = {}
        self._counts: dict[str, int] = {}

    def repeats(self, english: str, chinese: str) -> bool:
        """Whether to drop the pair; remembers it if not."""
        en, zh = split_key(english), chinese_key(chinese)
        if (en, zh) in self._pairs:
            return True
        if self._english.get(en, 0) >= self._per_side or self._counts.get(zh, 0) >= self._per_side:
            return True
        known = self._chinese.setdefault(zh, set())
        keys = set(near_keys(english))
        if known & keys:
            return True
        known |= keys
        self._pairs.add((en, zh))
        self._english[en] = self._english.get(en, 0) + 1
        self._counts[zh] = self._counts.get(zh, 0) + 1
        return False
