"""Searching by what the label itself shows: hanzi, or letters and signs ("yyds", "666")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import regex

from helper.lookup.entry import Entry
from helper.lookup.hits import Best

_PUNCTUATION = regex.compile(r"[\s\p{P}\p{S}]+")


def bare(text: str) -> str:
    """``text`` without punctuation and case; a text of signs alone stays as it is."""
    return _PUNCTUATION.sub("", text).casefold() or text.strip()


class HanziIndex:
    """Labels whole and by character."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.labels: list[str] = []
        self._by_label: dict[str, list[int]] = defaultdict(list)
        self._characters: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(entries):
            plain = bare(entry.hanzi)
            self.labels.append(plain)
            self._by_label[plain].append(number)
            for character in set(plain):
                self._characters[character].add(number)

    def search_label(self, wanted: str, best: Best) -> None:
        """Note labels that are no hanzi and just what was typed."""
        for number in self._by_label.get(wanted, ()):
            best.offer(number, 104, "the whole label")

    def search(self, wanted: str, best: Best) -> None:
        """Note labels that are, begin with, contain or resemble ``wanted`` (see ``bare``)."""
        for number in self._by_label.get(wanted, ()):
            best.offer(number, 105, "the whole label")
        postings = [self._characters.get(character, set()) for character in set(wanted)]
        for number in set.intersection(*postings) if postings else ():
            label = self.labels[number]
            if label == wanted:
                continue
            share = len(wanted) / len(label)
            if label.startswith(wanted):
                best.offer(number, 70 + 25 * share, f"begins with {wanted}")
            elif wanted in label:
                best.offer(number, 62 + 25 * share, f"contains {wanted}")
            else:
                best.offer(number, 35 + 20 * share, "the same characters")
        counts: dict[int, int] = defaultdict(int)
        for held in postings:
            for number in held:
                counts[number] += 1
        distinct = len(set(wanted))
        for number, count in counts.items():
            label = self.labels[number]
            if len(label) > 1 and label in wanted:
                best.offer(number, 45 + 40 * len(label) / len(wanted), f"{label} is in it")
            elif distinct > 2 and count >= distinct - 1 and len(label) <= len(wanted) + 2:
                share = count / max(len(label), len(wanted))
                best.offer(number, 30 + 25 * share, "one character off")
            elif count and distinct <= 2:
                share = count / max(len(label), len(wanted))
                best.offer(number, 8 + 10 * share, "shares a character")
