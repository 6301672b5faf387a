"""The index in the small form that a page keeps: what is shown and what can be searched.

Explanations stay on the server. The readings of hanzi are said once for every character, so an
entry carries its pinyin only where it differs; traditional forms are those of its characters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import regex

from helper.lookup.entry import Entry
from helper.lookup.text import IRREGULAR, STOP
from helper.mandarin.pinyin import joined, readings
from helper.mandarin.script import is_hanzi, to_simplified

_CJK = range(0x4E00, 0xA000)


def compact(entries: Iterable[Entry], order: Mapping[str, int]) -> dict[str, Any]:
    """``entries`` as plain values for JSON, read by static/js/index-search.js.

    Args:
        entries: what the page shall find, in search order.
        order: screen id to its position in the app; entries of no screen count as 0.

    Returns:
        ``chars`` and ``readings`` (a reading for each character), ``trad`` (pairs of a
        traditional and a simplified character), ``stop`` and ``irregular`` words, and
        ``groups``: [kind, id prefix, place, order, ids, hanzi, pinyin, english, names], the last
        five with a line for each entry, further names of one entry apart by tabs.
    """
    held = list(entries)
    common = _readings(held)
    groups = []
    for (kind, screen, place), group in groupby(held, key=lambda e: (e.kind, e.screen, e.place)):
        members = list(group)
        prefix = f"{screen}." if all(e.id.startswith(f"{screen}.") for e in members) else ""
        columns = (
            [e.id.removeprefix(prefix) for e in members],
            [e.hanzi for e in members],
            ["" if derived(e.hanzi, common) == e.pinyin else e.pinyin for e in members],
            [e.english for e in members],
            ["\t".join(e.names[1:]) for e in members],
        )
        groups.append([kind, prefix, place, order.get(screen, 0), *map("\n".join, columns)])
    return {
        "chars": "".join(common), "readings": " ".join(common.values()),
        "trad": "".join(
            chr(code) + simple for code in _CJK
            if (simple := to_simplified(chr(code))) != chr(code) and simple in common
        ),
        "stop": sorted(STOP), "irregular": IRREGULAR, "groups": groups,
    }


def _readings(entries: list[Entry]) -> dict[str, str]:
    """Every hanzi of the labels with the reading that it has most often there."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        syllables = regex.findall(r"[\p{Latin}\p{M}]+", entry.pinyin)
        if len(syllables) == len(entry.hanzi) and all(map(is_hanzi, entry.hanzi)):
            for character, syllable in zip(entry.hanzi, syllables, strict=True):
                counts[character][syllable] += 1
    for entry in entries:
        for character in filter(is_hanzi, entry.hanzi):
            if character not in counts:
                found = readings(character)[0].syllable
                counts[character][found.marked if found else character] += 1
    return {character: counts[character].most_common(1)[0][0] for character in sorted(counts)}


def derived(text: str, common: Mapping[str, str]) -> str:
    """The pinyin of ``text`` by the table alone, written as ``mandarin.pinyin.pinyin`` does."""
    if not any(map(is_hanzi, text)):
        return ""
    parts: list[str] = []
    for piece in regex.findall(r"[\p{Han}〇]|[^\p{Han}〇]+", text):
        part = common.get(piece) or piece.strip()
        if part:
            parts.append(part)
    return joined(parts)
