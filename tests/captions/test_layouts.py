"""Layouts of both languages."""

from __future__ import annotations

from helper.captions.layouts import LAYOUTS, Layout, Line, arrange

LINES = [
    Line("body", "Hi all!", "大家好！", "", " "), Line("body", "I'm new.", "我是新来的。"),
    Line("body", "", "", "\n\n", ""), Line("body", "🐱", "🐱"),
]
CHINESE = "大家好！我是新来的。\n\n🐱"


def test_every_layout_is_registered():
    assert set(LAYOUTS) == set(Layout)


def test_chinese_only():
    assert arrange(Layout.CHINESE, LINES, CHINESE) == CHINESE


def test_chinese_then_english():
    assert arrange(Layout.BOTH, LINES, CHINESE) == CHINESE + "\n\nHi all! I'm new.\n\n🐱"


def test_line_by_line_says_an_emoji_once():
    assert arrange(Layout.LINES, LINES, CHINESE) == (
        "大家好！\nHi all!\n我是新来的。\nI'm new.\n\n🐱"
    )


def test_text_without_words_is_not_doubled():
    lines = [Line("body", "🐱", "🐱")]
    assert arrange(Layout.BOTH, lines, "🐱") == "🐱"
