"""The content compiled to one file, so that a start does not parse a megabyte of TOML."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from phrasebook.loader import ROOT, Phrasebook, load

_FIELDS = [f for f in msgspec.structs.fields(Phrasebook) if f.name != "by_id"]
_Stored: Any = msgspec.defstruct("_Stored", [(f.name, f.type) for f in _FIELDS], frozen=True)


def signature(root: Path = ROOT) -> str:
    """A digest that changes when any content file or the content's types change."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted([*root.glob("*/*.toml"), *root.glob("*.py")]):
        stat = path.stat()
        digest.update(f"{path.relative_to(root)}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_cached(folder: Path, root: Path = ROOT) -> Phrasebook:
    """The content, from ``folder`` if it was compiled there from the very same files.

    Raises ContentError as ``load`` does. A file that cannot be read or written is passed over.
    """
    path = folder / f"content-{signature(root)}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        stored = msgspec.msgpack.decode(path.read_bytes(), type=_Stored)
        values = {f.name: getattr(stored, f.name) for f in _FIELDS}
        identified = itertools.chain.from_iterable(
            values[name] for name in (
                "terms", "slang", "hashtags", "phrases", "starters", "howtos", "rules"
            )
        )
        return Phrasebook(
            **values, by_id=MappingProxyType({entry.id: entry for entry in identified})
        )
    book = load(root)
    values = {f.name: getattr(book, f.name) for f in _FIELDS}
    replace_file(path, msgspec.msgpack.encode(_Stored(**values)), f"{path.stem[:7]}-*.msgpack")
    return book


def replace_file(path: Path, data: bytes, older: str) -> None:
    """Write ``data`` to ``path`` in one step and remove what matches ``older`` beside it."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.tmp")
        partial.write_bytes(data)
        partial.replace(path)
        for other in path.parent.glob(older):
            if other != path:
                other.unlink(missing_ok=True)
