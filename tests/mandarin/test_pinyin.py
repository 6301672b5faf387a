"""Pinyin and scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helper.mandarin import pinyin, script
from helper.mandarin.pinyin import Syllable


@pytest.mark.parametrize(
    ("hanzi", "expected"),
    [
        ("收藏", "shōu cáng"),
        ("谢谢你", "xiè xie nǐ"),
        ("朋友", "péng you"),
        ("旅行", "lǚ xíng"),
        ("长按", "cháng àn"),
        ("重试", "chóng shì"),
        ("一直", "yī zhí"),
        ("不会", "bù huì"),
        ("我用TikTok", "wǒ yòng TikTok"),
        ("你好，世界！", "nǐ hǎo, shì jiè!"),
    ],
)
def test_reading(hanzi, expected):
    assert pinyin.pinyin(hanzi) == expected


def test_overrides():
    assert pinyin.pinyin("行长", "háng zhǎng") == "háng zhǎng"
    with pytest.raises(ValueError, match="1 syllables for 2 hanzi"):
        pinyin.readings("行长", "háng")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("shou1cang2", [("shou", 1), ("cang", 2)]),
        ("shōucáng", [("shou", 1), ("cang", 2)]),
        ("shou cang", [("shou", None), ("cang", None)]),
        ("lv4", [("lü", 4)]),
        ("lu:4", [("lü", 4)]),
        ("lǜ", [("lü", 4)]),
        ("xi'an", [("xi", None), ("an", None)]),
        ("xian", [("xian", None)]),
        ("xie4xie5", [("xie", 4), ("xie", 5)]),
        ("XIE4 XIE0", [("xie", 4), ("xie", 5)]),
    ],
)
def test_typed_pinyin(typed, expected):
    found = pinyin.typed_syllables(typed)
    assert found is not None
    assert [(s.letters, s.tone) for s in found] == expected


@pytest.mark.parametrize("text", ["hello", "qqq", "", "收藏", "shou9", "123"])
def test_what_is_no_pinyin(text):
    assert pinyin.typed_syllables(text) is None


def test_every_legal_syllable_is_written_and_read_back():
    for letters in pinyin.legal_syllables():
        for tone in range(1, 6):
            syllable = Syllable(letters, tone)
            assert pinyin.syllable(syllable.marked) == syllable or not any(
                c in letters for c in "aeiouü"
            )
            assert pinyin.syllable(syllable.numbered) == syllable


@given(st.text(max_size=60))
def test_readings_lose_nothing(text):
    assert "".join(r.text for r in pinyin.readings(text)) == text


@given(st.text(max_size=60))
def test_readings_as_spoken_lose_nothing(text):
    assert "".join(r.text for r in pinyin.readings(text, spoken=True)) == text


def test_scripts():
    assert script.detect("hello there") == "en"
    assert script.detect("你好 ok") == "zh"
    assert script.detect("👋") == "en"
    assert script.to_simplified("點讚與評論") == "点赞与评论"
    assert script.clean("a\u200bb\ud800c\x00d\r\ne👨‍👩‍👧") == "abcd\ne👨‍👩‍👧"


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(text):
    once = script.clean(text)
    assert script.clean(once) == once
