"""Hashtags by meaning, and the user's own ones."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from helper.captions.tags import MOST, Tags, inside, line, taken_off
from phrasebook import phrasebook

CASES = tomllib.loads(Path(__file__).with_name("tags.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tags():
    return Tags(phrasebook().hashtags)


@pytest.mark.parametrize("case", CASES["draft"], ids=lambda case: case["text"][:20])
def test_suggestions(tags, case):
    found = [suggestion.tag.hanzi for suggestion in tags.suggest(case["text"])]
    assert set(case["tags"]) <= set(found)
    assert len(found) <= MOST
    assert len(found) == len(set(found))


def test_nothing_is_suggested_for_nothing(tags):
    assert tags.suggest("We did it and it was good.") == ()
    assert tags.suggest("") == ()


def test_never_more_than_eight(tags):
    everything = " ".join(word for tag in phrasebook().hashtags[:200] for word in tag.also)
    assert len(tags.suggest(everything)) == MOST


def test_tags_of_the_post_are_not_suggested_again(tags):
    found = tags.suggest("my cat tax", taken=["#猫税"])
    assert "猫税" not in [suggestion.tag.hanzi for suggestion in found]


@pytest.mark.parametrize(("written", "shown"), CASES["own"].items())
def test_own_tags(tags, written, shown):
    assert tags.own(written).text == shown


def test_only_the_tags_at_the_end_are_taken_off():
    assert taken_off("My #cat is here! #cats #new \n") == ("My #cat is here! ", ("#cats", "#new"))
    assert taken_off("#cats") == ("", ("#cats",))
    assert taken_off("no tags ") == ("no tags ", ())


def test_digits_alone_are_a_tag_only_behind_another():
    assert taken_off("My mom is #1") == ("My mom is #1", ())
    assert taken_off("I live in apt #12 ") == ("I live in apt #12 ", ())
    assert taken_off("My mom is #1 #blessed #520") == ("My mom is #1", ("#blessed", "#520"))
    assert taken_off("#1 #cats") == ("#1", ("#cats",))
    assert inside("We are #1 #cats #4ever") == ("#cats", "#4ever")


def test_a_line_has_each_tag_once():
    assert line(["#a", "#b", "#a"]) == "#a #b"
