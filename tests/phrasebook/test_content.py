"""The bundled content: no mistakes that can be found by rule, and as much as was promised."""

from __future__ import annotations

import shutil

import pytest

from helper.mandarin.pinyin import readings
from phrasebook import ContentError, load
from phrasebook.cache import load_cached
from phrasebook.check import problems
from phrasebook.loader import ROOT


def test_the_content_has_no_problems(book):
    assert list(problems(book)) == []


def test_there_is_as_much_as_promised(book):
    assert len(book.terms) >= 900
    assert len(book.slang) >= 350
    assert len(book.hashtags) >= 250
    assert len(book.phrases) >= 1000
    assert len(book.situations) >= 40
    assert len(book.pairs) >= 1200
    assert len(book.templates) >= 120
    assert len(book.netspeak) >= 250
    assert len(book.rules) >= 12
    assert sum(len(rule.patterns) for rule in book.rules) >= 300
    assert len(book.starters) >= 30
    assert len(book.howtos) >= 30


def test_places(book):
    names = {name.en for name in book.names if name.kind == "place"}
    assert {"California", "Ohio", "Texas", "Wyoming", "Los Angeles", "Chengdu", "France"} <= names
    assert len(names) >= 50 + 60 + 60 + 40


def test_every_override_fits_its_hanzi(book):
    for item in (*book.terms, *book.phrases, *book.hashtags):
        if item.pinyin:
            readings(item.hanzi, item.pinyin)  # raises if the counts differ


def test_a_wrong_file_is_named(tmp_path):
    root = tmp_path / "phrasebook"
    for folder in ("terms", "slang"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "slang" / "wrong.toml").write_text('[[slang]]\nid = "slang.x"\nhanzy = "x"\n')
    with pytest.raises(ContentError, match=r"slang/wrong\.toml: slang\.x"):
        load(root)


def test_the_compiled_content_is_the_content(tmp_path, book):
    first = load_cached(tmp_path)
    second = load_cached(tmp_path)
    assert first == second == book
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_cache_is_passed_over(tmp_path, book):
    load_cached(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\x00not msgpack")
    assert load_cached(tmp_path) == book
