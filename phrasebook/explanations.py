"""The English sentences that explain entries, which the interface shows in its own language.

An entry's hanzi, English and word-for-word gloss are the same for everybody; what is listed here
is about the entry, and is translated through the catalogue ``content`` like any other string.
"""

from __future__ import annotations

from collections.abc import Iterator

from phrasebook.loader import Phrasebook

#: Which fields of which part of the Phrasebook explain.
FIELDS: dict[str, tuple[str, ...]] = {
    "screens": ("path",),
    "terms": ("explain", "position", "notes", "differs"),
    "slang": ("meaning", "notes", "since"),
    "hashtags": ("posts", "notes"),
    "situations": ("intro",),
    "phrases": ("when", "mistake"),
    "starters": ("when",),
    "netspeak": ("notes",),
}


def explanations(book: Phrasebook) -> Iterator[tuple[str, str]]:
    """(what it belongs to, sentence) of all of them, in file order; a sentence may come twice."""
    for part, fields in FIELDS.items():
        for entry in getattr(book, part):
            label = getattr(entry, "hanzi", "") or getattr(entry, "title_zh", "") or entry.form
            for field in fields:
                if text := getattr(entry, field):
                    yield f"{part}.{field}: {label}", text
