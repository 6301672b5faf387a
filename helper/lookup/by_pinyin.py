"""Searching by sound: pinyin in any written form, parts of it, initials, near misses."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence

import regex

from helper.lookup.hits import Best
from helper.lookup.prepared import Prepared
from helper.lookup.text import Spellings
from helper.mandarin.pinyin import Typed, typed_syllables


def key_of(typed: Iterable[Typed]) -> str:
    """Syllables joined as they are typed without tones: "lvxing"."""
    return "".join(t.letters.replace("ü", "v") for t in typed)


class PinyinIndex:
    """Readings of every label."""

    def __init__(self, prepared: Sequence[Prepared]) -> None:
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_initials: dict[str, list[int]] = defaultdict(list)
        self._syllables: list[tuple[Typed, ...]] = []
        self._keys: list[str] = []
        for number, item in enumerate(prepared):
            typed = tuple(Typed(letters, tone) for letters, tone in item.syllables)
            self._syllables.append(typed)
            key = key_of(typed)
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
                self._grams[key_of((syllable,))].add(number)

    def search(self, query: str, best: Best, english: bool) -> None:
        """Note labels that sound like ``query``.

        Args:
            english: whether every word of it is English too ("women", "can"): then sound counts
                for less.
        """
        lowered = query.lower().strip()
        compact = regex.sub(r"[\s'’·-]+", "", lowered)
        if compact.isascii() and compact.isalpha() and 2 <= len(compact) <= 8:
            for number in self._by_initials.get(compact, ()):
                best.offer(number, 78 - 4 * (len(compact) == 2), f"initials {compact}")
        typed = typed_syllables(lowered)
        if typed is None:
            return self._near(compact, best)
        key = key_of(typed)
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
        groups = [self._grams.get(key_of((t,)), set()) for t in typed]
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
            self._near(key, best)
        return None

    def _near(self, compact: str, best: Best) -> None:
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


def _within(part: tuple[Typed, ...], whole: tuple[Typed, ...]) -> int | None:
    """Where the syllables ``part`` stand together in ``whole``, letters only; None if nowhere."""
    letters = [t.letters for t in part]
    for start in range(len(whole) - len(part) + 1):
        if [t.letters for t in whole[start: start + len(part)]] == letters:
            return start
    return None
