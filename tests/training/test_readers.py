"""Parallel text in the forms in which it is published."""

from __future__ import annotations

import bz2
import gzip
import zipfile
from pathlib import Path

import pytest

from training.readers import Line, read_any, read_own


def test_our_own_files_in_order_of_name(tmp_path: Path) -> None:
    (tmp_path / "x2.tsv").write_text("b\t二\n\n", "utf-8")
    (tmp_path / "x1.tsv").write_text("a\t一\n", "utf-8")
    assert list(read_own(tmp_path)) == [Line("own", "a", "一"), Line("own", "b", "二")]
    (tmp_path / "x3.tsv").write_text("no tab\n", "utf-8")
    with pytest.raises(ValueError, match=r"x3\.tsv:1"):
        list(read_own(tmp_path))


def test_three_columns_name_their_source(tmp_path: Path) -> None:
    path = tmp_path / "external.tsv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write("msctd\tHello.\t你好。\n")
    assert list(read_any(path)) == [Line("msctd", "Hello.", "你好。")]


def test_manythings_attribution_column(tmp_path: Path) -> None:
    path = tmp_path / "cmn.txt"
    path.write_text("Hi.\t嗨。\tCC-BY 2.0 (France) Attribution: tatoeba.org\n", "utf-8")
    assert list(read_any(path)) == [Line("cmn", "Hi.", "嗨。")]


def test_opus_moses_zip(tmp_path: Path) -> None:
    path = tmp_path / "en-zh.txt.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("README", "about")
        out.writestr("TED2020.en-zh_cn.en", "One\nTwo\n")
        out.writestr("TED2020.en-zh_cn.zh_cn", "一\n二\n")
    assert list(read_any(path)) == [Line("ted2020", "One", "一"), Line("ted2020", "Two", "二")]


def test_a_zip_with_one_language_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("a.en", "One\n")
    with pytest.raises(ValueError, match=r"half\.zip"):
        list(read_any(path))


def test_tatoeba_exports_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "eng_sentences.tsv").write_text("1\teng\tHello.\n2\teng\tBye.\n", "utf-8")
    with bz2.open(tmp_path / "cmn_sentences.tsv.bz2", "wt", encoding="utf-8") as out:
        out.write("9\tcmn\t你好。\n")
    (tmp_path / "eng-cmn_links.tsv").write_text("1\t9\n2\t7\n", "utf-8")
    assert list(read_any(tmp_path)) == [Line("tatoeba", "Hello.", "你好。")]


def test_a_folder_is_read_but_never_its_test_sets(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("One\t一\n", "utf-8")
    (tmp_path / "msctd-test.tsv").write_text("Two\t二\n", "utf-8")
    (tmp_path / "notes.md").write_text("Three\t三\n", "utf-8")
    assert [line.english for line in read_any(tmp_path)] == ["One"]


def test_an_unknown_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"pairs\.xml"):
        list(read_any(tmp_path / "pairs.xml"))
