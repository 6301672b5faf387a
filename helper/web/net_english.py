"""Net English as the pages show it: which pieces there are, and what a searched one means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app

from helper.web import services
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


def meaning(query: str) -> list[Piece]:
    """What ``query`` means if it is a piece and nothing else; marks behind it do not count."""
    forms = _forms()
    return pieces(forms.get(_key(query)) or forms.get(_key(_END.sub("", query))) or ())


def _forms() -> Mapping[str, list[NetSpeak]]:
    """Every spelling with what it may be; made on first use and kept by the app."""
    held: dict[str, list[NetSpeak]] = current_app.extensions.get("net-english", {})
    if not held:
        for entry in services().book.netspeak:
            for key in dict.fromkeys(map(_key, (entry.form, *entry.also))):
                held.setdefault(key, []).append(entry)
        current_app.extensions["net-english"] = held
    return held


def _key(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
