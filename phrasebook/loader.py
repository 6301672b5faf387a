"""Reads the TOML content once and hands it out as one immutable Phrasebook."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from phrasebook.drawing import Drawing
from phrasebook.types import (
    Content,
    Hashtag,
    Howto,
    Identified,
    Name,
    NetSpeak,
    Pair,
    Phrase,
    Rule,
    Screen,
    Situation,
    Slang,
    Starter,
    Template,
    Term,
)

ROOT = Path(__file__).resolve().parent
C = TypeVar("C", bound=Content)


class ContentError(ValueError):
    """A content file that cannot be read; the message names the file and the entry."""


class Phrasebook(msgspec.Struct, frozen=True, kw_only=True):
    """All content, in file order. ``by_id`` finds anything that has an id of its own."""

    screens: tuple[Screen, ...]
    terms: tuple[Term, ...]
    slang: tuple[Slang, ...]
    hashtags: tuple[Hashtag, ...]
    situations: tuple[Situation, ...]
    phrases: tuple[Phrase, ...]
    pairs: tuple[Pair, ...]
    templates: tuple[Template, ...]
    names: tuple[Name, ...]
    netspeak: tuple[NetSpeak, ...]
    rules: tuple[Rule, ...]
    starters: tuple[Starter, ...]
    howtos: tuple[Howto, ...]
    drawings: tuple[Drawing, ...] = ()
    by_id: Mapping[str, Identified]


def _convert(table: Mapping[str, Any], kind: type[C], path: Path) -> C:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        label = table.get("id") or table.get("en") or table.get("form") or "?"
        raise ContentError(f"{path.parent.name}/{path.name}: {label}: {error}") from error


def _files(root: Path, folder: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((root / folder).glob("*.toml")):
        try:
            yield path, tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ContentError(f"{folder}/{path.name}: {error}") from error


def _tables(root: Path, folder: str, key: str, kind: type[C]) -> tuple[C, ...]:
    return tuple(
        _convert(table, kind, path)
        for path, data in _files(root, folder)
        for table in data.get(key, ())
    )


def _grouped(
    root: Path, folder: str, header: str, key: str, group: type[Screen] | type[Situation],
    kind: type[C],
) -> tuple[list[Any], list[C]]:
    """Files with one header table and many entries; the entry learns its header's id."""
    groups, entries = [], []
    for path, data in _files(root, folder):
        head = _convert(data[header], group, path)
        groups.append(head)
        entries += [
            _convert({**table, header: head.id}, kind, path) for table in data.get(key, ())
        ]
    groups.sort(key=lambda head: head.order)
    return groups, entries


def load(root: Path = ROOT) -> Phrasebook:
    """Read every content file under ``root``; raise ContentError naming the file and entry."""
    screens, terms = _grouped(root, "terms", "screen", "term", Screen, Term)
    situations, phrases = _grouped(root, "phrases", "situation", "phrase", Situation, Phrase)
    names = tuple(
        _convert(
            {"region": data.get("region", False), **table, "kind": data["kind"]}, Name, path
        )
        for path, data in _files(root, "names")
        for table in data["name"]
    )
    slang = _tables(root, "slang", "slang", Slang)
    hashtags = _tables(root, "hashtags", "hashtag", Hashtag)
    rules = tuple(_convert(data, Rule, path) for path, data in _files(root, "rules"))
    starters = _tables(root, "starters", "starter", Starter)
    howtos = _tables(root, "howtos", "howto", Howto)
    drawings = [_convert(data, Drawing, path) for path, data in _files(root, "screens")]
    identified: list[Identified] = [*terms, *slang, *hashtags, *phrases, *starters, *howtos, *rules]
    return Phrasebook(
        screens=tuple(screens),
        terms=tuple(terms),
        slang=slang,
        hashtags=hashtags,
        situations=tuple(situations),
        phrases=tuple(phrases),
        pairs=_tables(root, "sentences", "pair", Pair),
        templates=_tables(root, "templates", "template", Template),
        names=names,
        netspeak=_tables(root, "netspeak", "netspeak", NetSpeak),
        rules=rules,
        starters=starters,
        howtos=howtos,
        drawings=tuple(sorted(drawings, key=lambda drawing: drawing.order)),
        by_id=MappingProxyType({entry.id: entry for entry in identified}),
    )


@functools.cache
def phrasebook() -> Phrasebook:
    """The bundled content, read on first use and kept for the life of the process."""
    return load()
