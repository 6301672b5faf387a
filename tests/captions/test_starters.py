"""Ready-made posts: every starter is whole, blanks become Chinese."""

from __future__ import annotations

import pytest
import regex

from helper.errors import NotFound
from phrasebook import phrasebook

IDS = [starter.id for starter in phrasebook().starters]


@pytest.fixture(scope="module")
def starters(parts):
    return parts.composer.starters


def test_there_are_enough():
    assert len(IDS) >= 30


@pytest.mark.parametrize("id", IDS)
def test_examples_fill_every_blank(starters, id):
    filled = starters.fill(id, {})
    for text in (filled.title, filled.title_english, filled.text, filled.english):
        assert not regex.search(r"\{\w+\}", text)
    assert filled.text.strip()
    assert not any(limit.over for limit in filled.limits)
    assert all(tag.startswith("#") and not tag.startswith("##") for tag in filled.tags)


def test_blanks_become_chinese(starters):
    filled = starters.fill("starter.first-post", {
        "name": "Zoe", "age": "thirty-one", "place": "Chicago", "hobby": "hiking",
    })
    assert "Zoe" in filled.text
    assert "31岁" in filled.text
    assert "芝加哥" in filled.text
    assert "徒步" in filled.text
    assert all(item.sure for item in filled.blanks)


def test_a_word_that_no_table_knows_is_translated_and_said_so(starters):
    filled = starters.fill("starter.first-post", {"hobby": "watching my neighbors"})
    (hobby,) = [item for item in filled.blanks if item.blank.slot == "hobby"]
    assert not hobby.sure
    assert regex.search(r"\p{Han}", hobby.chinese)


def test_chinese_in_a_blank_stays(starters):
    assert "成都" in starters.fill("starter.first-post", {"place": "成都"}).text


def test_unknown_starter_is_an_error(starters):
    with pytest.raises(NotFound):
        starters.fill("starter.nothing", {})
