"""What is written beside an unpacked package: where it came from and its files' checksums."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal

import msgspec

#: The record's name in the package's folder; argostranslate passes over it.
RECORD = ".rednote-helper.json"

#: "bundled" came with the app, "file" from the user's disk, "index" from the package index.
Origin = Literal["bundled", "file", "index"]
#: Changes when a file of the package is replaced or touched.
Stamp = tuple[object, ...]


class Record(msgspec.Struct, frozen=True):
    """An unpacked package's papers.

    Attributes:
        origin: how it came here.
        files: SHA-256 in hex of every file, by its path in the folder.
        link: the address it was downloaded from; empty if it was not.
    """

    origin: Origin
    files: dict[str, str]
    link: str = ""

    def stamp(self, folder: Path) -> Stamp:
        """Sizes and modification times (ns) of the files; cheap.

        Raises:
            OSError: a file is missing.
        """
        base = str(folder)
        found = [os.stat(f"{base}/{name}") for name in self.files]  # noqa: PTH116 (on every request)
        return (folder.name, *((one.st_mtime_ns, one.st_size, one.st_ino) for one in found))

    def differing(self, folder: Path) -> list[str]:
        """The files that are missing or whose bytes are not those that were installed."""
        return [name for name, digest in self.files.items() if _digest(folder / name) != digest]


def make_record(folder: Path, origin: Origin, link: str = "") -> Record:
    """Take the checksums of a freshly unpacked package and write them into its folder."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != RECORD)
    record = Record(
        origin, {file.relative_to(folder).as_posix(): _digest(file) or "" for file in files}, link
    )
    (folder / RECORD).write_bytes(msgspec.json.encode(record))
    return record


def read_record(folder: Path) -> Record | None:
    """The papers of an unpacked package; None if there are none or they cannot be read."""
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=Record)
    except (OSError, msgspec.DecodeError):
        return None


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def state_of(folder: Path) -> Stamp:
    """Like Record.stamp, for a folder that may be damaged or gone: never raises."""
    record = read_record(folder)
    try:
        return record.stamp(folder) if record else ("no record",)
    except OSError:
        return ("incomplete",)
