"""Own words: pasted lists as people paste them, and "add to practice"."""

from __future__ import annotations

import pytest

from helper.errors import InvalidInput, NotFound
from helper.practice.wordlist import Word, parse

LINES = [
    ("你好 nǐ hǎo hello", Word("你好", "nǐ hǎo", "hello")),
    ("電腦\tdiànnǎo\tcomputer", Word("电脑", "diàn nǎo", "computer")),
    ("猫咪: kitty", Word("猫咪", "", "kitty")),
    ("苹果 - apple", Word("苹果", "", "apple")),
    ("朋友 (péng you) friend, mate", Word("朋友", "péng you", "friend, mate")),
    ("hello, 你好", Word("你好", "", "hello")),
    ("加油", Word("加油", "", "")),
    ("谢谢,xie4xie5,thanks", Word("谢谢", "xiè xie", "thanks")),
    ("老师 | lao3 shi1 | teacher", Word("老师", "lǎo shī", "teacher")),
    ("吃 to eat", Word("吃", "", "to eat")),
    ("AA制 AA zhì split the bill", Word("AA制", "zhì", "split the bill")),
    ("P图\tto retouch", Word("P图", "", "to retouch")),
    ("K歌 K gē karaoke", Word("K歌", "gē", "karaoke")),
    ("T恤 T-shirt", Word("T恤", "", "T-shirt")),
    ("卡拉OK", Word("卡拉OK", "", "")),
    ("打call: to cheer", Word("打call", "", "to cheer")),
    ("5G手机 5G phone", Word("5G手机", "", "5G phone")),
    ("我是Tom。 I'm Tom.", Word("我是Tom。", "", "I'm Tom.")),
    ("苹果apple", Word("苹果", "", "apple")),
    ("苹果，apple", Word("苹果", "", "apple")),
    ("西安Xi'an", Word("西安", "xī ān", "")),
    ("第1 first", Word("第1", "", "first")),
    ("hello你好", Word("你好", "", "hello")),
    ("你好nǐ hǎo hello", Word("你好", "nǐ hǎo", "hello")),
    ("你好nihao hello", Word("你好", "nǐ hǎo", "hello")),
    ("吃chi1 to eat", Word("吃", "chī", "to eat")),
    ("1. 你好 nǐ hǎo hello", Word("你好", "nǐ hǎo", "hello")),
    ("12) 猫咪 kitty", Word("猫咪", "", "kitty")),
    ("3、加油", Word("加油", "", "")),
    ("1.5米 one and a half metres", Word("1.5米", "", "one and a half metres")),
]


@pytest.mark.parametrize(("line", "word"), LINES)
def test_a_line_is_understood(line, word):
    words, unread = parse(line)
    assert words == (word,)
    assert unread == ()


def test_lines_without_hanzi_are_named():
    words, unread = parse("你好 hello\n\nfoo\n猫 cat\n")
    assert [word.hanzi for word in words] == ["你好", "猫"]
    assert unread == ("foo",)


def test_a_line_without_end_is_named():
    assert parse(f"猫 cat\n好 {'a ' * 50_000}")[1] == (("好 " + "a " * 50_000).strip(),)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\x00\x00", "猫 cat\n" * 501])
def test_empty_and_endless_lists_are_refused(text):
    with pytest.raises(InvalidInput):
        parse(text)


def test_adding_twice_is_adding_once_and_phrases_stay_phrases(service):
    learner = service.new_learner()
    first = service.add(learner, "加油站", "jiā yóu zhàn", "petrol station")
    assert service.add(learner, "加油站", english="something else") == first
    assert service.add(learner, "大家好") == "first-hello.everyone"
    item = service.item(learner, first)
    assert (item.pinyin, item.english) == ("jiā yóu zhàn", "petrol station")
    with pytest.raises(NotFound):
        service.item(service.new_learner(), first)


def test_the_dictionary_says_what_a_word_means(lite, parts):
    ident = lite.add("someone-1", "电脑", dictionary=parts.dictionary)
    assert "computer" in lite.item("someone-1", ident).english
    with pytest.raises(InvalidInput):
        lite.add("someone-1", "囗囗囗囗", dictionary=parts.dictionary)


@pytest.mark.parametrize(("hanzi", "english"), [
    ("", "x"), ("hello", "x"), ("好" * 61, "x"), ("\ud800", "x"), ("\x00", "x"),
])
def test_what_is_no_chinese_word_is_refused(lite, hanzi, english):
    with pytest.raises(InvalidInput):
        lite.add(lite.new_learner(), hanzi, english=english)


def test_a_word_with_latin_letters_is_practised_whole(lite):
    learner = lite.new_learner()
    lite.add_list(learner, "AA制 AA zhì split the bill")
    item, = (item for item in lite.items(learner, begun=True))
    assert (item.hanzi, item.pinyin, item.english) == ("AA制", "AA zhì", "split the bill")


@pytest.mark.parametrize("typed", ["dian", "hello big world", "\x00", "1 2 3", "电 脑 包"])
def test_pinyin_that_does_not_fit_is_dropped(lite, typed):
    learner = lite.new_learner()
    ident = lite.add(learner, "电脑包", typed, "laptop bag")
    assert lite.item(learner, ident).pinyin == "diàn nǎo bāo"


def test_a_phrase_id_can_be_added(lite):
    learner = lite.new_learner()
    assert lite.add_phrase(learner, "first-hello.new-here") == "first-hello.new-here"
    with pytest.raises(NotFound):
        lite.add_phrase(learner, "no.such")
