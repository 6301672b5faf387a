"""Where unpacked packages stand: one folder each, never overwritten under a reader.

A folder is named after direction, version and contents. It is unpacked beside its place,
checked, and moved there in one rename; a replaced one is marked and removed a minute later.
``en-zh.use`` names the folder that the user chose. A file lock keeps processes apart.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from helper.errors import N_, PackageError
from helper.translation.archive import fingerprint, read_metadata, unpack
from helper.translation.record import Origin, Record, make_record, read_record
from helper.translation.trial import check_direction, check_folder

#: Seconds that a process waits for another one that installs.
LOCK_WAIT = 120
#: Seconds that a replaced package stays on disk, for readers that are just opening it.
GRACE = 60
_STALE = ".stale"
_NAME = re.compile(r"translate-([a-z]+)_([a-z]+)-([0-9A-Za-z.+-]+)-[0-9a-f]{8}")
#: How many characters of a version count.
_VERSION = 40
#: Starts of the names of folders that are being made or removed.
_PASSING = (".new-", ".old-")


class Shelf:
    """The unpacked packages of one data directory; see the module.

    Methods that say "locked" are called inside ``with shelf.locked()``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def folders(self, source: str = "", target: str = "") -> list[Path]:
        """The unpacked packages (of a direction), without those that were replaced."""
        with contextlib.suppress(FileNotFoundError):
            return [
                folder for folder in sorted(self.folder.iterdir())
                if _NAME.fullmatch(folder.name) and not stale(folder)
                and (not source or direction(folder) == (source, target))
            ]
        return []

    def place_of(self, path: Path) -> Path:
        """The folder that a package file is unpacked to; PackageError if it is no package."""
        metadata = read_metadata(path)
        version = re.sub(r"[^0-9A-Za-z.+]", "-", metadata["package_version"])[:_VERSION] or "0"
        codes = (re.sub(r"[^a-z]", "-", metadata[key])[:20] for key in ("from_code", "to_code"))
        return self.folder / f"translate-{'_'.join(codes)}-{version}-{fingerprint(path)}"

    def choice(self, source: str, target: str) -> str | None:
        """The name of the folder that the user chose; None for the app's own package."""
        try:
            with open(self._pointer(source, target), encoding="utf-8") as file:  # noqa: PTH123 (faster; on every request)
                name = file.read(300).strip()
        except (OSError, ValueError):
            return None
        return name if _NAME.fullmatch(name) else None

    def choices(self) -> list[str]:
        """The names of the folders that were chosen, for all directions."""
        pointers = self.folder.glob("*-*.use")
        names = [self.choice(*pointer.stem.split("-", 1)) for pointer in pointers]
        return [name for name in names if name]

    def _pointer(self, source: str, target: str) -> str:
        return f"{self.folder}/{source}-{target}.use"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process and thread at a time changes the folder; not reentrant.

        Raises:
            PackageError: the wait was too long, or the disk refuses.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock", timeout=LOCK_WAIT):
                yield
        except Timeout as error:
            raise PackageError(
                N_("Another process has been installing a package for %(seconds)d seconds; try"
                   " again when it has finished."), seconds=LOCK_WAIT,
            ) from error
        except OSError as error:
            raise PackageError(
                N_("The folder %(folder)s cannot be changed: %(reason)s."),
                folder=str(self.folder), reason=error.strerror or str(error),
            ) from error

    def place(self, path: Path, origin: Origin, link: str = "") -> Path:
        """Locked: unpack and check a package file into its folder, unless it is there already.

        Raises:
            PackageError: the file is no usable package; nothing was changed.
        """
        check_direction(read_metadata(path), path.name)
        final = self.place_of(path)
        if sound(final):
            (final / _STALE).unlink(missing_ok=True)
            return final
        staging = Path(tempfile.mkdtemp(prefix=_PASSING[0], dir=self.folder))
        try:
            unpacked = unpack(path, staging)
            check_folder(unpacked)
            make_record(unpacked, origin, link)
            if final.exists():
                self.discard(final)
            unpacked.rename(final)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        return final

    def choose(self, source: str, target: str, folder: Path | None) -> None:
        """Locked: name the folder that a direction uses from now on; None: the app's own."""
        pointer = Path(self._pointer(source, target))
        if folder is None:
            pointer.unlink(missing_ok=True)
            return
        partial = self.folder / f".{source}-{target}.tmp"
        partial.write_text(folder.name, encoding="utf-8")
        partial.replace(pointer)

    def retire(self, folder: Path) -> None:
        """Locked: mark a package as replaced; it is removed when readers have had their time."""
        (folder / _STALE).touch()

    def sweep(self) -> None:
        """Locked: remove packages replaced a while ago, and what a killed process left."""
        for path in self.folder.iterdir():
            if path.name.startswith(_PASSING):
                shutil.rmtree(path, ignore_errors=True)
            elif _NAME.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    if time.time() - (path / _STALE).stat().st_mtime > GRACE:
                        self.discard(path)

    def discard(self, folder: Path) -> None:
        """Locked: remove a folder so that nobody sees it half removed."""
        old = Path(tempfile.mkdtemp(prefix=_PASSING[1], dir=self.folder))
        folder.rename(old / folder.name)
        shutil.rmtree(old, ignore_errors=True)


def sound(folder: Path) -> Record | None:
    """The papers of an unpacked package, if its files are as they were installed."""
    record = read_record(folder)
    return record if record is not None and not record.differing(folder) else None


def stale(folder: Path) -> bool:
    """Whether the package was replaced and waits for its removal."""
    return (folder / _STALE).exists()


def direction(folder: Path) -> tuple[str, str]:
    """The language codes in the folder's name."""
    source, target, _ = _parts(folder)
    return source, target


def version(folder: Path) -> str:
    """The version in the folder's name."""
    return _parts(folder)[2]


def version_key(text: str) -> tuple[tuple[int, str], ...]:
    """For ordering versions: numbers by value, letters before numbers (1.0b < 1.0.1).

    Only so much of a version counts as stands in a folder's name.
    """
    return tuple(
        (int(number), "") if number else (-1, letters)
        for number, letters in re.findall(r"([0-9]+)|([A-Za-z]+)", text[:_VERSION])
    )


def _parts(folder: Path) -> tuple[str, ...]:
    match = _NAME.fullmatch(folder.name)
    assert match is not None, folder
    return match.groups()
