"""Tones as they are spoken: third tones, 一 and 不."""

import pytest

from helper.mandarin.pinyin import pinyin, typed_letters

SPOKEN = [
    ("一样", "yí yàng"),
    ("不一样", "bù yí yàng"),
    ("我们不一样。", "wǒ men bù yí yàng."),
    ("一起", "yì qǐ"),
    ("一天", "yì tiān"),
    ("第一", "dì yī"),
    ("星期一", "xīng qī yī"),
    ("一月一号", "yī yuè yī hào"),
    ("统一", "tǒng yī"),
    ("看一看", "kàn yi kàn"),
    ("不是", "bú shì"),
    ("不好", "bù hǎo"),
    ("好不好", "hǎo bu hǎo"),
    ("不", "bù"),
    ("你好", "ní hǎo"),
    ("我很好", "wó hén hǎo"),
    ("你好，我也好", "ní hǎo, wó yé hǎo"),
]


@pytest.mark.parametrize(("hanzi", "spoken"), SPOKEN)
def test_tones_change_as_they_are_spoken(hanzi: str, spoken: str) -> None:
    assert pinyin(hanzi, spoken=True) == spoken


def test_an_override_is_spoken_too() -> None:
    assert pinyin("一个", "yī ge", spoken=True) == "yí ge"
    assert pinyin("一个", "yī ge") == "yī ge"


def test_letters_keep_their_tones_whether_marked_or_numbered() -> None:
    assert typed_letters("nǐ") == (("n", ""), ("i", "3"))
    assert typed_letters("lü4") == typed_letters("lv4") == typed_letters("lu:4")
    assert typed_letters("你") is None
