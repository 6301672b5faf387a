"""The package file: an .argosmodel is a zip with one folder, read here as if an enemy made it."""

from __future__ import annotations

import contextlib
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helper.errors import N_, PackageError

#: Largest unpacked package that is accepted, in bytes.
MAX_SIZE = 2_000_000_000
#: How many times its file's size a package may unpack to. Weights hardly shrink in a zip, the
#: vocabulary by five; a zip bomb grows a thousandfold.
MAX_RATIO = 20
#: Unpacked bytes that are always accepted, whatever the ratio.
_SMALL = 10_000_000
_MAX_METADATA = 1_000_000
_MAX_ENTRIES = 2_000
_CHUNK = 1 << 20
#: What zipfile raises for a broken, encrypted or unknown kind of entry.
_BROKEN = (
    OSError, zipfile.BadZipFile, EOFError, ValueError, KeyError, RuntimeError, zlib.error,
)  # NotImplementedError and RecursionError are RuntimeErrors


def read_metadata(path: Path) -> dict[str, Any]:
    """metadata.json of a package file.

    Raises:
        PackageError: no zip file, no readable metadata.json, or one that names no languages.
    """
    error: Exception | None = None
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.filename.count("/") == 1 and entry.filename.endswith("/metadata.json"):
                    with archive.open(entry) as stream:
                        return parse_metadata(stream.read(_MAX_METADATA), path.name)
    except FileNotFoundError as missing:
        raise PackageError(N_("There is no file “%(file)s”."), file=str(path)) from missing
    except _BROKEN as broken:
        error = broken
    raise PackageError(
        N_("“%(file)s” is no Argos package (a zip file with metadata.json)."), file=path.name
    ) from error


def parse_metadata(raw: bytes, name: str) -> dict[str, Any]:
    """What a metadata.json says, once it is sure that it names two languages and a version.

    Args:
        raw: the file's bytes.
        name: the package's name, for the message.

    Raises:
        PackageError: no JSON object, or a language or the version is missing.
    """
    error: Exception | None = None
    try:
        found = json.loads(raw)
        keys = ("from_code", "to_code", "package_version")
        if isinstance(found, dict) and all(isinstance(found.get(key), str) for key in keys):
            return found
    except (ValueError, RecursionError) as broken:
        error = broken
    raise PackageError(
        N_("metadata.json of “%(file)s” cannot be read or names no languages."), file=name
    ) from error


def scores(metadata: dict[str, Any]) -> tuple[float | None, float | None]:
    """chrF and BLEU as the metadata states them: ``"scores": {"chrf": 34.3, "bleu": 13.0}``.

    None for what is no number from 0 to 100.
    """
    stated = metadata.get("scores")
    found = [stated.get(key) if isinstance(stated, dict) else None for key in ("chrf", "bleu")]
    chrf, bleu = map(_score, found)
    return chrf, bleu


def _score(stated: object) -> float | None:
    if isinstance(stated, int | float) and not isinstance(stated, bool) and 0 <= stated <= 100:
        return float(stated)
    return None


def fingerprint(path: Path) -> str:
    """Eight hex digits that differ between packages, from the zip's directory alone (fast)."""
    with _opened(path) as archive:
        value = 0
        for entry in archive.infolist():
            text = f"{entry.filename}\0{entry.file_size}\0{entry.CRC}\n"
            value = zlib.crc32(text.encode("utf-8", "replace"), value)
    return f"{value:08x}"


def unpack(path: Path, into: Path) -> Path:
    """Unpack a package file under ``into`` and return its one folder.

    Bytes are counted while they are unpacked, whatever the zip's directory claims.

    Raises:
        PackageError: no zip file, a link or an entry outside the package's folder, absurd
            sizes, or damaged contents; what was unpacked so far stays under ``into``.
    """
    read_metadata(path)
    with _opened(path) as archive:
        entries = archive.infolist()
        root = _check_names(path, entries)
        room = min(MAX_SIZE, max(_SMALL, MAX_RATIO * path.stat().st_size))
        if len(entries) > _MAX_ENTRIES or _claimed(entries) > room:
            raise _too_large(path)
        for entry in entries:
            place = into.joinpath(*entry.filename.rstrip("/").split("/"))
            if entry.is_dir():
                place.mkdir(parents=True, exist_ok=True)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as source, place.open("xb") as target:
                while chunk := source.read(_CHUNK):
                    room -= len(chunk)
                    if room < 0:
                        raise _too_large(path)
                    target.write(chunk)
    return into / root


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise PackageError(N_("There is no file “%(file)s”."), file=str(path)) from error
    except OSError as error:
        if error.errno is None:  # zipfile's own, about the contents
            raise _damaged(path) from error
        raise PackageError(
            N_("“%(file)s” was not installed: %(reason)s."), file=path.name,
            reason=error.strerror or str(error),
        ) from error
    except _BROKEN as error:
        raise _damaged(path) from error


def _claimed(entries: list[zipfile.ZipInfo]) -> int:
    """The unpacked size in bytes that the zip's directory claims."""
    return sum(entry.file_size for entry in entries)


def _damaged(path: Path) -> PackageError:
    return PackageError(N_("“%(file)s” is damaged and was not installed."), file=path.name)


def _too_large(path: Path) -> PackageError:
    return PackageError(
        N_("“%(file)s” was refused: it unpacks to far more than a translation package needs."),
        file=path.name,
    )


def _check_names(path: Path, entries: list[zipfile.ZipInfo]) -> str:
    """The one folder that every entry lies in; PackageError if one does not, or is a link."""
    roots = {entry.filename.split("/")[0] for entry in entries}
    names = [entry.filename.rstrip("/").casefold() for entry in entries]
    if len(roots) != 1 or len(set(names)) != len(names) or not all(map(_inside, entries)):
        raise PackageError(
            N_("“%(file)s” was refused: it holds links or files outside its own folder."),
            file=path.name,
        )
    return roots.pop()


def _inside(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a plain file or folder with an ordinary name inside one folder."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    # the name as it stands in the zip: zipfile itself cuts names at a NUL
    name = entry.orig_filename
    parts = entry.filename.rstrip("/").split("/")
    return (
        kind in (0, stat.S_IFREG, stat.S_IFDIR)
        and (len(parts) > 1 or entry.is_dir())
        and all(part and part == part.strip().rstrip(".") for part in parts)
        and not any(mark in name for mark in "\\:\0")
        and all(character >= " " for character in name)
    )
