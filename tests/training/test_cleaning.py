"""Cleaning: uniform typography, and why a pair is dropped."""

from __future__ import annotations

import pytest

from training.cleaning import fault, repair_chinese, repair_english


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Why Don 'T you come?", "Why don't you come?"),
        ("Don 'T go. Don 'T!", "Don't go. Don't!"),
        ("You can 'T take it back.", "You can't take it back."),
        ("Yes, ma 'am, it’s 5 o 'clock.", "Yes, ma'am, it's 5 o'clock."),
        ("We 'Ll see", "We'll see"),
        ("“Well” ,  he said…", '"Well" , he said...'),
        ("Wait. . . what?", "Wait... what?"),
        ("zero\u200bwidth", "zerowidth"),
        ("He lives in Hawai'i.", "He lives in Hawai'i."),
    ],
)
def test_english(raw: str, clean: str) -> None:
    assert repair_english(raw) == clean
    assert repair_english(clean) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("你好,世界!", "你好，世界！"),
        ("带他来这. ..，谨慎地。", "带他来这……，谨慎地。"),
        ("「好」", "“好”"),
        ("我 有 ３ 只猫.", "我有3只猫。"),
        ("用 iPhone 拍的", "用iPhone拍的"),
        ("我用Visual Studio写的", "我用Visual Studio写的"),
        ("汇率是6.9", "汇率是6.9"),
        ('他说"行"', "他说“行”"),
    ],
)
def test_chinese(raw: str, clean: str) -> None:
    assert repair_chinese(raw) == clean
    assert repair_chinese(clean) == clean


@pytest.mark.parametrize(
    ("english", "chinese", "why"),
    [
        ("123", "一二三", "no English"),
        ("I like 茶", "我喜欢茶", "Chinese in the English side"),
        ("Hello", "Hello", "no Chinese"),
        ("Hello there", "こんにちは你好", "another script"),
        ("The committee will meet again in two weeks to decide", "好", "lengths do not match"),
        ("Yes", "我们昨天晚上在那家新开的餐厅里吃了一顿很贵的饭", "lengths do not match"),
        ("See https://x.y now", "现在看https://x.y吧", "markup"),
        ("hahahahahahahaha no", "哈哈哈哈哈哈哈哈哈哈不", "repetition"),
        ("I like tea.", "我喜欢茶。", None),
        ("Thank you.", "谢谢。", None),
    ],
)
def test_faults(english: str, chinese: str, why: str | None) -> None:
    assert fault(english, chinese) == why
