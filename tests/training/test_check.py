"""`check` names a corpus line's fault; the real corpus has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.check import check, fault_of, faults
from training.config import CORPUS
from training.progress import Reporter


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Fine.\t好的。", None),
        ("No tab", "needs exactly one TAB"),
        ("Two\t二\t2", "needs exactly one TAB"),
        ("12\t十二", "no English"),
        ("Fine\tFine", "no Chinese"),
        ("I like 茶\t我喜欢茶", "Chinese in the English side"),
        ("Well, fine\t嗯,好", "ASCII punctuation next to Chinese"),
        ("See #cats\t看猫", "a hashtag, mention or link"),
        ("Fine. \t好的。", "stray blanks"),
    ],
)
def test_faults(line: str, what: str | None) -> None:
    assert fault_of(line) == what


def test_the_same_english_in_another_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Good night.\t晚安。\n", "utf-8")
    (tmp_path / "b.tsv").write_text("Night.\t晚安。\ngood night.\t睡吧。\n", "utf-8")
    paths = [tmp_path / "a.tsv", tmp_path / "b.tsv"]
    assert [(f.file, f.line, f.what) for f in faults(paths)] == [
        ("b.tsv", 2, "the English of a.tsv:1")
    ]
    assert check(paths, Reporter()) == 1
    assert check(paths[:1], Reporter()) == 0


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.tsv")), ids=lambda path: path.name)
def test_the_real_corpus_is_clean(path: Path) -> None:
    """File by file: `prepare` drops a line that another file has as well."""
    assert list(faults([path])) == []
