"""Net English as the pages show it: which pieces there are, and what a searched one means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from phrasebook.types import NetSpeak

_END = re.compile(r"[\s.,!?…~]+$")


@dataclass(frozen=True)
class Piece:
    """A piece of net English: as typed, in plain English ("" if there is none), in Chinese."""

    form: str
    plain: str
    zh: str
    kind: str
    notes: str


def pieces(entries: Iterable[NetSpeak]) -> list[Piece]:
    """What is to be shown; a form that reads alike in several surroundings is shown once."""
    found: dict[tuple[str, str], Piece] = {}
    for entry in entries:
        plain = "" if "\\" in entry.plain else entry.plain.strip(" ,")
        found.setdefault(
            (entry.form, entry.zh),
            Piece(entry.form, plain, entry.zh, entry.kind, entry.notes),
        )
    return list(found.values())


def exactly(query: str, entries: Iterable[NetSpeak]) -> list[Piece]:
    """What ``query`` means if it is a piece and nothing else; marks behind it do not count."""
    entries = list(entries)
    for wanted in dict.fromkeys((_key(query), _key(_END.sub("", query)))):
        found = [e for e in entries if wanted in map(_key, (e.form, *e.also))]
        if found:
            return pieces(found)
    return []


def _key(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
