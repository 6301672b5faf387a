"""What was written for the app, read as parallel text."""

from __future__ import annotations

import re

from phrasebook.loader import load
from training.app_text import SOURCE, read_app


def test_every_kind_is_there_and_both_sides_are_filled() -> None:
    book = load()
    lines = list(read_app(book))
    assert {line.source for line in lines} == {SOURCE}
    assert all(line.english.strip() and line.chinese.strip() for line in lines)
    pairs = {(line.english, line.chinese) for line in lines}
    phrase, slang, term, name = book.phrases[0], book.slang[0], book.terms[0], book.names[0]
    assert (phrase.english, phrase.hanzi) in pairs
    assert phrase.answer_english in dict(pairs)
    assert slang.example_english in dict(pairs)
    assert (term.english, term.hanzi) in pairs
    assert (name.en, name.zh) in pairs
    explained = dict(pairs)[term.explain]
    assert re.search("[\u4e00-\u9fff]", explained)


def test_a_line_without_a_final_mark_has_none_in_chinese() -> None:
    assert not [x for x in read_app() if x.english[-1].isalnum() and x.chinese[-1] in "。！"]


def test_slots_are_never_learned() -> None:
    assert not [line for line in read_app() if re.search(r"[{}]", line.english + line.chinese)]
