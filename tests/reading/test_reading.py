"""Explaining Chinese text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helper.errors import InvalidInput


def test_words_slang_and_translation(parts):
    explained = parts.reader.explain("宝子们，这家店绝绝子！😍 yyds #探店")
    words = {word.text: word for s in explained.sentences for word in s.words}
    assert words["绝绝子"].kind == "slang"
    assert words["yyds"].kind == "slang"
    assert {"绝绝子", "yyds"} <= {slang.hanzi for slang in explained.slang}
    assert any(word.pinyin == "diàn" for word in words.values())
    assert explained.translation.target == "en"


def test_dictionary_words_have_short_glosses(parts):
    (word,) = parts.glosser.words("蝴蝶")
    assert "butterfly" in word.gloss
    assert word.pinyin == "hú dié"


@pytest.mark.parametrize(
    ("word", "gloss"),
    [
        ("狗子", "dog"), ("漂漂亮亮", "pretty"), ("开开心心", "to feel happy"),
        ("尝尝", "to taste a little"), ("笑一笑", "to laugh a little"), ("软乎乎", "soft"),
        ("玩雪", "play + snow"), ("更好", "more + good"), ("倒水", "pour + water"),
        ("撒盐", "sprinkle + salt"), ("占座", "take (up) + seat"), ("六点", "six o'clock"),
        ("三只", "three (counter for animals)"), ("十分钟", "ten + minute"),
    ],
)
def test_a_word_that_no_dictionary_has_is_explained_by_how_it_is_made(parts, word, gloss):
    assert parts.glosser.word(word).gloss == gloss


def test_the_measure_word_is_no_meaning(parts):
    assert parts.glosser.word("雪").gloss == "snow"


@pytest.mark.parametrize("text", [
    "99元", "88块钱", "6点", "6个人", "2岁", "1月1日", "1.2万", "1. 洗脸", "10+1", "2.1w粉丝",
])
def test_an_ordinary_number_is_no_slang(parts, text):
    assert all(word.kind != "slang" for word in parts.glosser.words(text))


@pytest.mark.parametrize("text", ["太6了", "666", "祝你们99", "我先睡了，88", "+1", "扣1"])
def test_a_number_that_is_said_for_its_sound_is_slang(parts, text):
    assert any(word.kind == "slang" for word in parts.glosser.words(text))


@pytest.mark.parametrize(
    ("text", "word", "pinyin", "gloss"),
    [
        ("便宜", "便宜", "pián yi", "cheap"), ("8号", "号", "hào", "day of the month; number"),
        ("1月1日", "日", "rì", "day of the month"), ("打8折", "折", "zhé", "tenths of the price"),
        ("打得好", "打得", "dǎ de", "hit + (how well; so that)"),
        ("比我高", "比", "bǐ", "than, compared to"), ("满了", "满", "mǎn", "full"),
        ("大夫", "大夫", "dài fu", "doctor; physician"),
        ("我得走了", "得", "děi", "must, have to"), ("我还得上班", "得", "děi", "must, have to"),
        ("得了奖", "得", "de", "(how well; so that)"),
        ("头发长得快", "长得", "zhǎng de", "to look"),
        ("6只猫", "只", "zhī", "(counter for animals)"), ("我只吃", "只", "zhǐ", "only"),
        ("肚子疼", "肚子疼", "dù zi téng", "belly + hurts"),
        ("沙发", "沙发", "shā fā", "sofa; as slang: first!"),
        ("好的", "好的", "hǎo de", "OK, sure"),
    ],
)
def test_a_word_is_explained_in_the_reading_shown(parts, text, word, pinyin, gloss):
    found = next(item for item in parts.glosser.words(text) if item.text == word)
    assert (found.pinyin, found.gloss) == (pinyin, gloss)


def test_an_emoji_with_a_reading_of_its_own(parts):
    words = parts.glosser.words("好的🙂")
    assert any(word.text == "🙂" and word.kind == "slang" for word in words)


def test_a_question_mark_is_slang_only_when_it_is_alone(parts):
    assert all(word.kind != "slang" for word in parts.glosser.words("你是哪里人？"))
    (word,) = parts.glosser.words("？？？")
    assert word.kind == "slang"


def test_a_word_is_not_taken_for_a_variant_of_slang(parts):
    (word,) = parts.glosser.words("可爱")
    assert (word.gloss, word.kind) == ("cute", "word")


def test_english_is_sent_to_compose(parts):
    with pytest.raises(InvalidInput, match="Compose"):
        parts.reader.explain("Hello my friend")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_words_lose_nothing(parts, text):
    assert "".join(word.text for word in parts.glosser.words(text)) == text
