"""Argos packages: the bundled ones, and those that the user installs.

Packages live as folders in ``<data_dir>/packages``, one per direction and version. A package is
unpacked beside its final place, checked, and moved there in one rename, so that a reader sees
the old one or the new one and never half of one; a file lock keeps two processes apart.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from filelock import FileLock

from helper.errors import N_, EngineUnavailable, PackageError, UnknownLanguage

BUNDLED = Path(__file__).resolve().parent.parent / "models"
LANGUAGES = ("en", "zh")
#: Largest unpacked package that is accepted, in bytes.
MAX_SIZE = 2_000_000_000
_NEEDED = ("metadata.json", "model/model.bin", "model/config.json")


@dataclass(frozen=True)
class PackageInfo:
    """A package as ``models list`` shows it.

    Attributes:
        source, target: language codes.
        version: the package's version.
        size: bytes on disk.
        state: "bundled" or "installed".
        path: the .argosmodel file or the installed folder.
        active: whether translations use it now.
    """

    source: str
    target: str
    version: str
    size: int
    state: str
    path: Path
    active: bool = False


class PackageStore:
    """The packages in one data directory."""

    def __init__(self, data_dir: Path, bundled: Path = BUNDLED) -> None:
        self.folder = data_dir / "packages"
        self._bundled = bundled

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / ".lock", timeout=120):
            yield

    def bundled(self) -> list[PackageInfo]:
        """The packages that came with the app."""
        found = []
        for path in sorted(self._bundled.glob("*.argosmodel")):
            metadata = read_metadata(path)
            found.append(PackageInfo(
                metadata["from_code"], metadata["to_code"], metadata["package_version"],
                path.stat().st_size, "bundled", path,
            ))
        return found

    def installed(self) -> list[PackageInfo]:
        """The packages in the data directory."""
        found = []
        for folder in sorted(self.folder.glob("*/metadata.json")):
            folder = folder.parent
            metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
            source, target = metadata["from_code"], metadata["to_code"]
            found.append(PackageInfo(
                source, target, metadata["package_version"],
                sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
                "installed", folder, self._chosen(source, target) == folder,
            ))
        return found

    def _pointer(self, source: str, target: str) -> Path:
        return self.folder / f"{source}-{target}.use"

    def _chosen(self, source: str, target: str) -> Path | None:
        try:
            name = self._pointer(source, target).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        folder = self.folder / name
        return folder if (folder / "metadata.json").exists() else None

    def current(self, source: str, target: str) -> tuple[Path, object]:
        """The folder in use for a direction and a stamp that changes when it is replaced.

        The bundled package is installed on first use.

        Raises:
            UnknownLanguage: a code that is neither "en" nor "zh".
            EngineUnavailable: no package for the direction.
        """
        if source not in LANGUAGES or target not in LANGUAGES or source == target:
            raise UnknownLanguage(
                N_("There is no translation from “%(source)s” to “%(target)s”; use “en” and “zh”."),
                source=source, target=target,
            )
        folder = self._chosen(source, target)
        if folder is None:
            folder = self._install_bundled(source, target)
        return folder, (folder.name, (folder / "model" / "model.bin").stat().st_mtime_ns)

    def _install_bundled(self, source: str, target: str) -> Path:
        for info in self.bundled():
            if (info.source, info.target) == (source, target):
                return self.install(info.path)
        raise EngineUnavailable(
            N_("No translation package for %(source)s to %(target)s is installed; run “rednote-helper"
               " models install %(source)s-%(target)s”."), source=source, target=target,
        )

    def install(self, path: Path) -> Path:
        """Install a .argosmodel file and use it from now on; return its folder.

        Raises:
            PackageError: the file is no usable package; nothing was changed.
        """
        with self._locked():
            staging = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder))
            try:
                unpacked = unpack(path, staging)
                metadata = check_folder(unpacked)
                source, target = metadata["from_code"], metadata["to_code"]
                final = self.folder / unpacked.name
                if final.exists():
                    old = staging / ".old"
                    final.rename(old)
                unpacked.rename(final)
                self._use(source, target, final)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        return final

    def _use(self, source: str, target: str, folder: Path) -> None:
        pointer = self._pointer(source, target)
        partial = pointer.with_suffix(f".{os.getpid()}.tmp")
        partial.write_text(folder.name, encoding="utf-8")
        partial.replace(pointer)

    def placeholders(self, source: str, target: str) -> int:
        """How many ⟦n⟧ the current package says it carries through; the bundled ones know 5."""
        folder, _ = self.current(source, target)
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        if "placeholders" in metadata:
            return int(metadata["placeholders"])
        vocabulary = folder / "model" / "shared_vocabulary.json"
        try:
            tokens = set(json.loads(vocabulary.read_text(encoding="utf-8"))[:64])
        except (OSError, ValueError):
            return 0
        return sum(f"⟦{n}⟧" in tokens for n in range(1, 10))


def read_metadata(path: Path) -> dict:
    """metadata.json of a .argosmodel file; PackageError if it has none."""
    try:
        with zipfile.ZipFile(path) as archive:
            name = next(n for n in archive.namelist() if n.count("/") == 1
                        and n.endswith("/metadata.json"))
            return json.loads(archive.read(name))
    except (OSError, zipfile.BadZipFile, StopIteration, ValueError, KeyError) as error:
        raise PackageError(
            N_("“%(file)s” is no Argos package (a zip file with metadata.json)."), file=path.name
        ) from error


def unpack(path: Path, into: Path) -> Path:
    """Unpack a package file under ``into`` and return its one folder.

    Raises:
        PackageError: no zip file, an entry outside the package's folder, or absurd sizes.
    """
    read_metadata(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            roots = {PurePosixPath(entry.filename).parts[0] for entry in entries}
            if len(roots) != 1 or not all(_inside(entry.filename) for entry in entries):
                raise PackageError(
                    N_("“%(file)s” was refused: it holds files outside its own folder."),
                    file=path.name,
                )
            if sum(entry.file_size for entry in entries) > MAX_SIZE:
                raise PackageError(
                    N_("“%(file)s” was refused: it unpacks to more than 2 GB."), file=path.name
                )
            archive.extractall(into, members=entries)
            return into / roots.pop()
    except (OSError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise PackageError(
            N_("“%(file)s” is damaged and was not installed."), file=path.name
        ) from error


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and len(path.parts) >= 2 \
        and "\\" not in name and ":" not in name


def check_folder(folder: Path) -> dict:
    """Check an unpacked package and return its metadata; PackageError says what is missing."""
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if not (folder / "sentencepiece.model").is_file() and not (folder / "bpe.model").is_file():
        missing.append("sentencepiece.model")
    if missing:
        raise PackageError(
            N_("The package %(name)s is incomplete: %(missing)s is missing."),
            name=folder.name, missing=", ".join(missing),
        )
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    if metadata.get("from_code") not in LANGUAGES or metadata.get("to_code") not in LANGUAGES:
        raise PackageError(
            N_("The package %(name)s translates %(source)s to %(target)s; only English and Chinese"
               " are used here."), name=folder.name, source=str(metadata.get("from_code")),
            target=str(metadata.get("to_code")),
        )
    _try_weights(folder)
    return metadata


def _try_weights(folder: Path) -> None:
    """Load the model once; a broken file must be refused before anything is replaced."""
    import ctranslate2
    from argostranslate.package import Package

    try:
        tokens = Package(folder).tokenizer.encode("Hello!")
        translator = ctranslate2.Translator(str(folder / "model"), device="cpu", intra_threads=1)
        translator.translate_batch([tokens], max_decoding_length=8)
    except Exception as error:
        raise PackageError(
            N_("The weights of the package %(name)s are damaged; nothing was changed."),
            name=folder.name,
        ) from error
