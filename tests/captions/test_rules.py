"""Community rules: every kind is found in both languages, everyday sentences are left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from helper.captions.rules import RuleChecker, fold
from phrasebook import phrasebook
from phrasebook.types import Rule, RulePattern

CASES = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker():
    return RuleChecker(phrasebook().rules)


def test_every_rule_has_a_case():
    assert set(CASES["found"]) == {rule.id for rule in phrasebook().rules}


@pytest.mark.parametrize(
    ("rule", "text"), [(r, text) for r, texts in CASES["found"].items() for text in texts]
)
def test_wording_is_found(checker, rule, text):
    notes = {note.rule.id: note for note in checker.check({"body": text})}
    assert rule in notes
    hit = notes[rule].hits[0]
    assert text[hit.start: hit.end] == hit.text


@pytest.mark.parametrize("text", CASES["harmless"]["sentences"])
def test_everyday_sentence_is_left_alone(checker, text):
    assert checker.check({"body": text}) == ()


def rule(*patterns: RulePattern) -> Rule:
    return Rule(id="rule.x", title="X", title_zh="某", why="w", why_zh="w", instead="i",
                instead_zh="i", source="s", source_zh="s", certainty="published",
                patterns=list(patterns))


def test_unless_spares_the_longer_word_only():
    checker = RuleChecker([rule(RulePattern(lang="zh", text="最", unless=["最近"]))])
    (note,) = checker.check({"body": "最近最好"})
    assert [(hit.start, hit.text) for hit in note.hits] == [(2, "最")]


def test_english_is_whole_words_and_chinese_is_not():
    checker = RuleChecker([rule(RulePattern(lang="en", text="gun"),
                                RulePattern(lang="zh", text="枪"))])
    assert checker.check({"body": "It has begun."}) == ()
    assert checker.check({"body": "GUN"})[0].found == ("GUN",)
    assert checker.check({"body": "水枪"})[0].found == ("枪",)


def test_full_width_letters_are_read_in_place():
    assert fold("加ＶＸ１２") == "加VX12"
    checker = RuleChecker([rule(RulePattern(lang="any", regex=r"VX\d+"))])
    (note,) = checker.check({"body": "加ＶＸ１２"})
    assert (note.hits[0].start, note.hits[0].end, note.hits[0].text) == (1, 5, "ＶＸ１２")


def test_parts_are_told_apart(checker):
    notes = checker.check({"title": "加微信", "body": "你好"})
    assert {hit.part for note in notes for hit in note.hits} == {"title"}


def test_a_pattern_that_runs_away_is_given_up():
    checker = RuleChecker([rule(RulePattern(lang="any", regex=r"(a+)+$|(?:a|aa)+b"))])
    assert isinstance(checker.check({"body": "a" * 4000 + "c"}), tuple)
