""""Check this one": reasons that a reader can act on, and silence where all is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from helper.captions import figures
from helper.captions.post import REASONS
from helper.captions.similarity import chrf
from helper.captions.strays import Checker, Reason
from helper.translation import Origin, Sentence
from helper.translation.checks import denies_chinese, numbers_kept
from helper.translation.result import Warning
from phrasebook import phrasebook

ROWS = [
    line.split("\t") for line in
    Path(__file__).with_name("strays.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def checker():
    return Checker(phrasebook().names, frozenset({"they", "think"}))


@pytest.mark.parametrize(("english", "chinese", "back", "reason"), ROWS)
def test_reason(english, chinese, back, reason):
    found = Checker(phrasebook().names).edited(english, chinese, back)
    if reason:
        assert reason in found.reasons
    else:
        assert found.reasons == ()


def test_an_unknown_word_that_did_not_come_back_was_guessed(checker):
    found = checker.edited("they flomble", "他们很累", "They are tired")
    assert Reason.GUESSED in found.reasons
    assert found.guessed == ("flomble",)


def test_in_a_title_a_capital_makes_no_name():
    checker = Checker(phrasebook().names, frozenset({"first", "snow"}))
    assert checker.unnamed("My First Snow Day!", "我的第一个下雪天！", "My first snowy day!") == ()
    assert checker.unnamed("A Snow Day With Sheila", "下雪天", "A snowy day") == ("Sheila",)
    assert checker.unnamed("Snow day with Sheila and Max", "下雪天", "A snowy day") == (
        "Sheila", "Max",
    )


def test_a_name_at_the_beginning_is_a_name():
    checker = Checker(phrasebook().names, frozenset({"snowing"}))
    lost = checker.unnamed("Mercer Street is fun", "帕克街很好玩", "Park Street is fun")
    assert lost == ("Mercer",)
    assert checker.unnamed("Sheila is here", "希拉来了", "Sheela is here") == ()
    assert checker.unnamed("Snowing again", "又下雪了", "It's snowing again") == ()


def test_where_somebody_begins_to_speak_a_capital_makes_no_name():
    checker = Checker(phrasebook().names, frozenset({"thank", "where"}))
    assert checker.unnamed('He said "Thank you"', "他说“谢谢”", 'He said "thanks"') == ()
    assert checker.unnamed('He said "Sheila is here"', "他说她来了", "He said she is here") == (
        "Sheila",
    )


def test_a_known_word_in_another_form_is_known(checker):
    assert checker.guessed("they thinks", "他们", "x") == ()


def test_warnings_of_the_translation_become_reasons(checker):
    sentence = Sentence("Hello there", "Hello there", Origin.ENGINE, 0.1,
                        warnings=(Warning.ECHO, Warning.LOW))
    assert Reason.BROKEN in checker.check(sentence, "Hello there").reasons


def test_what_people_translated_is_not_doubted(checker):
    sentence = Sentence("I have 3 cats", "猫三只", Origin.MEMORY, 0.98)
    assert not checker.check(sentence, "nothing alike").flagged


def test_every_reason_has_a_sentence():
    assert set(REASONS) == set(Reason)


def test_chrf_is_one_for_the_same_and_none_for_the_other():
    assert chrf("Hello, World!", "hello world") == 1.0
    assert chrf("abc", "xyz") == 0.0
    assert chrf("", "") == 1.0
    assert 0.3 < chrf("I like my cat", "I like the cat") < 1.0


@pytest.mark.parametrize(("english", "chinese"), [
    ("I updated to iOS 17.4.1 today", "我今天更新到了iOS 17.4.1"),
    ("Born 05.12.1999", "1999年12月5日出生"),
    ("My router is 192.168.0.1", "我的路由器是192.168.0.1"),
    ("It takes 4.50 and 10:30", "需要4.50和10:30"),
    ("I have 0 regrets", "我没有遗憾"),
    ("9" * 320 + " thousand", "9" * 320 + "千"),
    ("9" * 4999, "9" * 4999),
])
def test_versions_dates_and_endless_digits_are_compared(english, chinese):
    assert figures.lost(english, chinese) == []
    assert figures.added(english, chinese) == []


def test_a_part_of_a_version_that_changed_is_named():
    assert figures.lost("iOS 17.4.2 is out", "iOS 17.4.3发布了") == [2]


def test_endless_digits_are_compared_while_translating_too():
    digits = "9" * 4999
    assert numbers_kept(f"{digits} cats", f"{digits}只猫", "en")
    assert not numbers_kept(f"1.{digits}k cats", "几只猫", "en")


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("千万别相信他。", []), ("万圣节快乐！", []), ("万一下雨呢？", []),
        ("体育场里有三万人。", [30_000]), ("一千万元", [10_000_000]),
    ],
)
def test_words_with_a_numeral_in_them_count_nothing(text, counted):
    assert list(figures.chinese(text)) == counted


def test_a_cry_of_no_is_no_denial():
    assert not denies_chinese("哦，不，又晒伤了。", "plainly")
    assert denies_chinese("我不去。", "plainly")
