"""Reads parallel text in the forms in which it is published.

Every reader yields `Line`s: where it came from, English, Chinese, uncleaned. A reader is added by
writing a function and naming it in `READERS`, which :func:`read_any` tries by file name.
"""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple


class Line(NamedTuple):
    """One pair as found.

    Attributes:
        source: A short name of the corpus (``own``, ``msctd``, ``tatoeba`` ...).
        english, chinese: The two sides.
    """

    source: str
    english: str
    chinese: str


def open_text(path: Path) -> IO[str]:
    """Opens a plain, .gz or .bz2 file as UTF-8 text."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    if path.suffix == ".bz2":
        return bz2.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_own(folder: Path) -> Iterator[Line]:
    """Our own corpus: every *.tsv of the folder in order of name, English TAB Chinese."""
    for path in sorted(folder.glob("*.tsv")):
        yield from read_own_file(path)


def read_own_file(path: Path) -> Iterator[Line]:
    """One file of our own corpus; blank lines are passed over.

    Raises:
        ValueError: A line has not exactly one TAB.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 2:
                raise ValueError(f"{path.name}:{number}: needs exactly one TAB")
            yield Line("own", *parts)


def read_pairs(path: Path) -> Iterator[Line]:
    """English TAB Chinese a line (test sets, ManyThings' Anki files with a third column), or
    source TAB English TAB Chinese (our external.tsv.gz)."""
    name = path.name.split(".")[0]
    with open_text(path) as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 2 or (len(parts) >= 3 and parts[2].startswith("CC-BY")):
                yield Line(name, parts[0], parts[1])
            elif len(parts) == 3:
                yield Line(*parts)


def read_moses_zip(path: Path) -> Iterator[Line]:
    """An OPUS download in Moses form: a zip with `NAME.en-zh.en` and `NAME.en-zh.zh` (or zh_cn),
    line by line. The corpus's name is the file's, before the first dot."""
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if not n.endswith(("README", "LICENSE", ".ids"))]
        english = next((n for n in names if n.endswith(".en")), None)
        chinese = next((n for n in names if n.rsplit(".", 1)[-1].lower().startswith("zh")), None)
        if english is None or chinese is None:
            raise ValueError(f"{path.name} holds no English-Chinese pair of files")
        source = Path(english).name.split(".")[0].lower()
        with archive.open(english) as e, archive.open(chinese) as z:
            both = zip(io.TextIOWrapper(e, "utf-8"), io.TextIOWrapper(z, "utf-8"), strict=True)
            for en, zh in both:
                yield Line(source, en.rstrip("\n"), zh.rstrip("\n"))


def read_tatoeba(folder: Path) -> Iterator[Line]:
    """Tatoeba's own weekly exports in a folder: `eng_sentences.tsv`, `cmn_sentences.tsv`
    (id, language, text) and `eng-cmn_links.tsv` (English id, Chinese id); each may be .bz2."""

    def find(stem: str) -> Path:
        for suffix in (".tsv", ".tsv.bz2", ".tsv.gz", ".csv"):
            if (path := folder / f"{stem}{suffix}").exists():
                return path
        raise ValueError(f"{folder} has no {stem}.tsv")

    def sentences(stem: str) -> dict[str, str]:
        with open_text(find(stem)) as lines:
            rows = (line.rstrip("\n").split("\t") for line in lines)
            return {row[0]: row[2] for row in rows if len(row) >= 3}

    english, chinese = sentences("eng_sentences"), sentences("cmn_sentences")
    with open_text(find("eng-cmn_links")) as links:
        for line in links:
            first, second = line.split()[:2]
            if first in english and second in chinese:
                yield Line("tatoeba", english[first], chinese[second])


READERS: tuple[tuple[str, Callable[[Path], Iterator[Line]]], ...] = (
    (".zip", read_moses_zip),
    (".tsv", read_pairs),
    (".tsv.gz", read_pairs),
    (".tsv.bz2", read_pairs),
    (".txt", read_pairs),
)
_TATOEBA = ("eng_sentences", "cmn_sentences", "eng-cmn_links")
#: Test sets that may lie beside training data, and must never be read as such.
_NEVER = ("-test.", "flores", "devtest")


def read_any(path: Path) -> Iterator[Line]:
    """A file by its name, or every known file of a folder in order of name; unknown files and
    test sets are passed over.

    Raises:
        ValueError: A single file was named and its form is not known.
    """
    if path.is_dir():
        if any(path.glob("eng-cmn_links.*")):
            yield from read_tatoeba(path)
        for inside in sorted(path.iterdir()):
            name = inside.name
            passed_over = name.startswith(_TATOEBA) or any(mark in name for mark in _NEVER)
            known = any(name.endswith(end) for end, _ in READERS)
            if inside.is_file() and known and not passed_over:
                yield from read_any(inside)
        return
    for end, reader in READERS:
        if path.name.endswith(end):
            yield from reader(path)
            return
    raise ValueError(f"{path.name}: not a form of parallel text that is known here")
