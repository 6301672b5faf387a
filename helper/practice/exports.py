"""Practice on other tools: an Anki deck, a CSV table, a printable sheet."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import genanki

from helper.practice.deck import Item

# Anki knows a deck and a note type by these numbers; they must never change.
_DECK, _MODEL = 1_729_502_025, 1_729_502_026
_FIELDS = ("Hanzi", "Pinyin", "Spoken", "English", "Literal", "When", "Mistake", "Id")
_BACK = (
    '<div class="hanzi" lang="zh-CN">{{Hanzi}}</div><div class="pinyin">{{Pinyin}}</div>'
    '<div>{{English}}</div>{{#Literal}}<p class="literal">{{Literal}}</p>{{/Literal}}'
    '{{#When}}<p>{{When}}</p>{{/When}}{{#Mistake}}<p>⚠ {{Mistake}}</p>{{/Mistake}}'
    "{{tts zh_CN:Hanzi}}"
)
_CSS = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: center; }"
    ".hanzi { font-size: 36px; } .pinyin { color: #b3202c; } .literal { opacity: .7; }"
)


@dataclass(frozen=True)
class SheetRow:
    """One line of the printable sheet."""

    hanzi: str
    pinyin: str
    english: str
    literal: str


def literal(item: Item) -> str:
    """Word-for-word gloss, words apart by "·"; "" for single words."""
    if len(item.words) < 2:
        return ""
    return " · ".join(f"{word} {gloss}" for word, gloss in item.words)


def anki(items: Iterable[Item]) -> bytes:
    """An ``.apkg`` file; importing it again updates the notes instead of doubling them."""
    model = genanki.Model(
        _MODEL, "RedNote Helper", fields=[{"name": name} for name in _FIELDS], css=_CSS,
        templates=[
            {"name": "Chinese → English",
             "qfmt": '<div class="hanzi" lang="zh-CN">{{Hanzi}}</div>', "afmt": _BACK},
            {"name": "English → Chinese", "qfmt": "{{English}}", "afmt": _BACK},
        ],
    )
    deck = genanki.Deck(_DECK, "RedNote Helper")
    for item in items:
        values = (
            item.hanzi, item.pinyin, item.spoken, item.english, literal(item), item.when,
            item.mistake, item.id,
        )
        deck.add_note(genanki.Note(
            model=model, fields=[escape(value) for value in values], guid=_guid(item.id),
            tags=[item.situation] if item.situation else ["own"],
        ))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        genanki.Package(deck).write_to_file(str(path))
        return path.read_bytes()


def _guid(ident: str) -> str:
    return genanki.guid_for("rednote-helper", hashlib.sha256(ident.encode()).hexdigest())


def table(items: Iterable[Item]) -> str:
    """CSV with a header line, for spreadsheets and other flash-card programs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "hanzi", "pinyin", "english", "literal", "situation"])
    for item in items:
        writer.writerow(map(_safe, (
            item.id, item.hanzi, item.pinyin, item.english, literal(item), item.situation,
        )))
    return out.getvalue()


def _safe(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in "=+-@\t\r" else value


def sheet(items: Sequence[Item]) -> tuple[SheetRow, ...]:
    """The lines of the printable sheet."""
    return tuple(SheetRow(i.hanzi, i.pinyin, i.english, literal(i)) for i in items)
