"""What the index needs of every entry, worked out once and kept in a file."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import msgspec

from helper.lookup.entry import Entry, entries
from helper.lookup.text import stems, words
from helper.mandarin.pinyin import readings
from helper.mandarin.script import has_hanzi
from phrasebook import Phrasebook
from phrasebook.cache import replace_file
from phrasebook.types import Shown

_HERE = Path(__file__).resolve().parent


class Prepared(msgspec.Struct, frozen=True, array_like=True):
    """One entry ready to be indexed.

    Attributes:
        entry: the entry.
        syllables: (letters, tone) of its pinyin; () where it has none.
        shapes: for every English name its stems that matter.
        spellings: for every English name its words.
        text: stems of the rest that may be searched; place: stems of its screen's name.
    """

    entry: Entry
    syllables: tuple[tuple[str, int], ...]
    shapes: tuple[tuple[str, ...], ...]
    spellings: tuple[tuple[str, ...], ...]
    text: tuple[str, ...]
    place: tuple[str, ...]


def prepare(book: Phrasebook) -> list[Prepared]:
    """Every entry of the content, prepared."""
    shown: list[Shown] = [*book.terms, *book.slang, *book.hashtags, *book.phrases]
    overrides = {item.id: item.pinyin for item in shown if item.pinyin}
    found = []
    for entry in entries(book):
        read = entry.spoken or entry.hanzi
        syllables = tuple(
            (reading.syllable.letters, reading.syllable.tone)
            for reading in readings(read, overrides.get(entry.id, "")) if reading.syllable
        ) if has_hanzi(read) else ()
        found.append(Prepared(
            entry, syllables, tuple(stems(name) for name in entry.names),
            tuple(tuple(words(name)) for name in entry.names), tuple(set(stems(entry.text))),
            tuple(set(stems(entry.place))),
        ))
    return found


def prepare_cached(book: Phrasebook, folder: Path) -> list[Prepared]:
    """``prepare``, from ``folder`` if it was worked out there for the same content and code."""
    digest = hashlib.blake2b(digest_size=12)
    for part in (book.terms, book.slang, book.hashtags, book.phrases, book.howtos, book.screens,
                 book.situations):
        digest.update(msgspec.msgpack.encode(part))
    for source in sorted([*_HERE.glob("*.py"), *(_HERE.parent / "mandarin").glob("*.*")]):
        digest.update(source.read_bytes())
    path = folder / f"entries-{digest.hexdigest()}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode(path.read_bytes(), type=list[Prepared])
    found = prepare(book)
    replace_file(path, msgspec.msgpack.encode(found), "entries-*.msgpack")
    return found
