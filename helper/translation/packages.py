"""Argos packages: the bundled ones, and those that the user installs.

``PackageStore`` answers two questions: which packages are there, and which folder do
translations use now. A package that the user chose (``install``, ``use``) stays in use until
the user chooses another; otherwise it is the app's own, in whatever version the app brings.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from helper.errors import N_, EngineUnavailable, HelperError, PackageError, UnknownLanguage
from helper.translation import trial
from helper.translation.archive import parse_metadata, read_metadata, scores, unpack
from helper.translation.record import Origin, Record, Stamp, read_record, state_of
from helper.translation.shelf import Shelf, direction, sound, stale, version, version_key
from helper.translation.trial import LANGUAGES, check_folder

__all__ = [
    "BUNDLED", "LANGUAGES", "Check", "PackageInfo", "PackageStore", "check_folder",
    "read_metadata", "unpack",
]

log = logging.getLogger(__name__)

BUNDLED = Path(__file__).resolve().parent.parent / "models"


@dataclass(frozen=True)
class PackageInfo:
    """A package as ``models list`` shows it.

    Attributes:
        source, target: language codes.
        version: the package's version.
        size: bytes on disk; None if unknown (a package that is not here yet).
        state: "bundled", "installed", "damaged" (installed, but its files were changed on disk)
            or "available".
        path: the .argosmodel file or the installed folder; None if it is not here yet.
        active: whether translations use it now.
        chrf, bleu: its scores (0 to 100) where its metadata states them under ``scores``.
    """

    source: str
    target: str
    version: str
    size: int | None
    state: str
    path: Path | None = None
    active: bool = False
    chrf: float | None = None
    bleu: float | None = None


@dataclass(frozen=True)
class Check:
    """What ``verify`` found of one package.

    Attributes:
        name: of the file or folder.
        problem: what is wrong; None if it is sound.
    """

    name: str
    problem: HelperError | None


@dataclass(frozen=True)
class _Held:
    """The answer to ``current``, and what it hangs on: the user's choice, and the state of the
    chosen folder when that was found damaged and the app's own stands in for it."""

    choice: str | None
    rejected: Stamp | None
    folder: Path
    record: Record
    stamp: Stamp
    placeholders: int


class PackageStore:
    """The packages in one data directory."""

    def __init__(self, data_dir: Path, bundled: Path = BUNDLED) -> None:
        self.folder = data_dir / "packages"
        self._shelf = Shelf(self.folder)
        self._bundled = bundled
        self._held: dict[tuple[str, str], _Held] = {}
        self._resolving = threading.Lock()

    def bundled(self) -> list[PackageInfo]:
        """The packages that came with the app; an unreadable one is left out and logged."""
        found = []
        for path in self._archives():
            try:
                metadata = read_metadata(path)
                source, target = metadata["from_code"], metadata["to_code"]
                active = self._in_use(source, target) == self._shelf.place_of(path)
            except PackageError as error:
                log.warning("%s", error)
                continue
            found.append(PackageInfo(
                source, target, metadata["package_version"], path.stat().st_size, "bundled",
                path, active, *scores(metadata),
            ))
        return found

    def installed(self) -> list[PackageInfo]:
        """The packages in the data directory, without the copies of the app's own."""
        own = {self._shelf.place_of(info.path) for info in self.bundled() if info.path}
        return [_describe(folder, self._shelf.choice(*direction(folder)) == folder.name)
                for folder in self._shelf.folders() if folder not in own]

    def _archives(self) -> list[Path]:
        return sorted(self._bundled.glob("*.argosmodel"))

    def _shipped(self, source: str, target: str) -> Path | None:
        """The newest package file of a direction that came with the app."""
        found = []
        for path in self._archives():
            with contextlib.suppress(PackageError):
                metadata = read_metadata(path)
                if (metadata["from_code"], metadata["to_code"]) == (source, target):
                    found.append((version_key(metadata["package_version"]), path))
        return max(found)[1] if found else None

    def _in_use(self, source: str, target: str) -> Path | None:
        """The folder that a direction's translations use, or will, once it is unpacked."""
        choice = self._shelf.choice(source, target)
        if choice is not None and sound(self.folder / choice):
            return self.folder / choice
        shipped = self._shipped(source, target)
        return self._shelf.place_of(shipped) if shipped else None

    def current(self, source: str, target: str) -> tuple[Path, object]:
        """The folder in use for a direction and a stamp that changes when it is replaced.

        Cheap (some tens of microseconds) until something changes on disk. The app's own package
        is unpacked on first use, and stands in for a chosen one that is damaged.

        Raises:
            UnknownLanguage: a code that is neither "en" nor "zh".
            EngineUnavailable: no usable package for the direction.
        """
        held = self._current(source, target)
        return held.folder, held.stamp

    def placeholders(self, source: str, target: str) -> int:
        """How many ⟦n⟧ the current package says it carries through; raises as ``current``."""
        return self._current(source, target).placeholders

    def _current(self, source: str, target: str) -> _Held:
        if source not in LANGUAGES or target not in LANGUAGES or source == target:
            raise UnknownLanguage(
                N_("There is no translation from “%(source)s” to “%(target)s”; use “en” and “zh”."),
                source=source, target=target,
            )
        held = self._held.get((source, target))
        if held is not None and self._fresh(held, source, target):
            return held
        with self._resolving:
            held = self._held.get((source, target))
            if held is None or not self._fresh(held, source, target):
                held = self._held[source, target] = self._resolve(source, target)
            return held

    def _fresh(self, held: _Held, source: str, target: str) -> bool:
        if held.choice != self._shelf.choice(source, target):
            return False
        if held.rejected and held.rejected != state_of(self.folder / (held.choice or "")):
            return False
        try:
            return held.stamp == held.record.stamp(held.folder)
        except OSError:
            return False

    def _resolve(self, source: str, target: str) -> _Held:
        choice, rejected = self._shelf.choice(source, target), None
        if choice is not None:
            rejected = state_of(self.folder / choice)
            held = _open(self.folder / choice, choice)
            if held is not None:
                return held
            log.warning(
                "package %s is damaged; the one that came with the app is used instead: run"
                " “rednote-helper models verify”", choice,
            )
        shipped = self._shipped(source, target)
        if shipped is None:
            raise EngineUnavailable(
                N_("No translation package for %(source)s to %(target)s is installed; run"
                   " “rednote-helper models install %(source)s-%(target)s”."),
                source=source, target=target,
            )
        try:
            return self._open_bundled(shipped, choice, rejected)
        except PackageError as error:
            raise EngineUnavailable(error.message, **error.values) from error

    def _open_bundled(self, path: Path, choice: str | None, rejected: Stamp | None) -> _Held:
        folder = self._shelf.place_of(path)
        held = None if stale(folder) else _open(folder, choice, rejected)
        if held is None:
            if folder.exists() and not stale(folder):
                log.warning("package %s is damaged; it is unpacked anew", folder.name)
            with self._shelf.locked():
                self._shelf.place(path, "bundled")
                self._retire_outdated(folder)
                self._shelf.sweep()
            held = _open(folder, choice, rejected)
        if held is None:
            raise PackageError(
                N_("The translation package %(package)s cannot be kept in %(folder)s: its files"
                   " change as soon as they are written."),
                package=folder.name, folder=str(self.folder),
            )
        return held

    def _retire_outdated(self, folder: Path) -> None:
        """Locked: the app's own packages that an update made obsolete, unless one was chosen."""
        for other in self._shelf.folders(*direction(folder)):
            record = read_record(other)
            if (
                record is not None and record.origin == "bundled"
                and version_key(version(other)) < version_key(version(folder))
                and other.name != self._shelf.choice(*direction(folder))
            ):
                self._shelf.retire(other)

    def install(self, path: Path, origin: Origin = "file", link: str = "") -> Path:
        """Install a .argosmodel file and use it from now on; return its folder.

        It replaces an installed package of the same direction and version.

        Args:
            path: the file.
            origin: where the file is from; ``link`` is its address, if it was downloaded.

        Raises:
            PackageError: the file is no usable package; nothing was changed.
        """
        with self._shelf.locked():
            folder = self._shelf.place(path, origin, link)
            source, target = direction(folder)
            self._shelf.choose(source, target, folder)
            for other in self._shelf.folders(source, target):
                if other != folder and version(other) == version(folder):
                    self._shelf.retire(other)
            self._shelf.sweep()
        return folder

    def use(self, source: str, target: str, wanted: str) -> None:
        """Use an installed version of a direction from now on.

        "bundled" follows the app: its own package, and a newer one when the app is updated. The
        bundled package's version number keeps to that version.

        Raises:
            PackageError: no such package, or it is damaged.
        """
        with self._shelf.locked():
            shipped = self._shipped(source, target)
            if wanted == "bundled" and shipped is not None:
                self._shelf.choose(source, target, None)
                return
            for folder in self._shelf.folders(source, target):
                if version(folder) == wanted and (shipped is None or
                                                  folder != self._shelf.place_of(shipped)):
                    _check_sums(folder)
                    self._shelf.choose(source, target, folder)
                    return
            if shipped is None or read_metadata(shipped)["package_version"] != wanted:
                raise PackageError(
                    N_("No package %(source)s-%(target)s of version %(version)s is installed;"
                       " “rednote-helper models list” shows those that are."),
                    source=source, target=target, version=wanted,
                )
            self._shelf.choose(source, target, self._shelf.place(shipped, "bundled"))

    def remove(self, source: str, target: str, wanted: str = "") -> list[PackageInfo]:
        """Remove the installed packages of a direction (of one version); return them.

        If one was in use, the app's own takes over, or else the newest that is left.

        Raises:
            PackageError: none is installed; the app's own packages cannot be removed.
        """
        with self._shelf.locked():
            gone = [info for info in self.installed() if (info.source, info.target) ==
                    (source, target) and wanted in ("", info.version)]
            if not gone:
                raise PackageError(
                    N_("No such package %(source)s-%(target)s is installed; those that came with"
                       " the app stay."), source=source, target=target,
                )
            paths = {info.path for info in gone if info.path}
            left = [one for one in self._shelf.folders(source, target) if one not in paths]
            if self._shelf.choice(source, target) in {path.name for path in paths}:
                newest = max(left, key=lambda one: version_key(version(one)), default=None)
                own = self._shipped(source, target)
                self._shelf.choose(source, target, None if own else newest)
            for path in paths:
                self._shelf.discard(path)
        return gone

    def has(self, source: str, target: str, wanted: str, link: str) -> bool:
        """Whether this version was downloaded from ``link`` before and its files are intact."""
        for folder in self._shelf.folders(source, target):
            record = sound(folder)
            if version(folder) == wanted and record and record.link == link:
                return True
        return False

    def verify(self) -> list[Check]:
        """Check every package: files, checksums of the unpacked ones, and that they translate."""
        folders = self._shelf.folders()
        return [
            *(Check(path.name, _problem(_check_archive, path)) for path in self._archives()),
            *(Check(folder.name, _problem(_check_installed, folder)) for folder in folders),
            *(Check(name, PackageError(
                N_("The package %(name)s is in use, but gone; install it again."), name=name))
              for name in self._shelf.choices() if self.folder / name not in folders),
        ]


def _describe(folder: Path, chosen: bool) -> PackageInfo:
    source, target = direction(folder)
    intact = sound(folder) is not None
    rated: tuple[float | None, float | None] = (None, None)
    with contextlib.suppress(OSError, PackageError):
        rated = scores(parse_metadata((folder / "metadata.json").read_bytes(), folder.name))
    return PackageInfo(
        source, target, version(folder),
        sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        "installed" if intact else "damaged", folder, chosen and intact, *rated,
    )


def _open(folder: Path, choice: str | None, rejected: Stamp | None = None) -> _Held | None:
    """The answer for a folder, or None if it is not as it was installed."""
    stamp = state_of(folder)  # before the files are read: a later change is seen next time
    record = sound(folder)
    if record is None:
        return None
    try:
        metadata = parse_metadata((folder / "metadata.json").read_bytes(), folder.name)
    except (OSError, PackageError):
        return None
    return _Held(choice, rejected, folder, record, stamp, trial.placeholders(folder, metadata))


def _check_archive(path: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        check_folder(unpack(path, Path(scratch)))


def _check_sums(folder: Path) -> None:
    if not sound(folder):
        raise PackageError(
            N_("The package %(name)s is damaged on disk; install it again."), name=folder.name
        )


def _check_installed(folder: Path) -> None:
    _check_sums(folder)
    check_folder(folder)


def _problem(check: Callable[[Path], None], path: Path) -> HelperError | None:
    try:
        check(path)
    except HelperError as error:
        return error
    return None
