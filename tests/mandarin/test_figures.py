"""Digits in Chinese text: an ordinary number or a word."""

from __future__ import annotations

import pytest
import regex

from helper.mandarin.figures import is_number


def told(text: str) -> list[bool]:
    return [is_number(text, *m.span()) for m in regex.finditer(r"\d+", text)]


@pytest.mark.parametrize("text", [
    "99元", "88块钱", "6点", "6个人", "2岁", "1月1日", "1.2万", "1. 洗脸", "1、洗脸", "¥99",
    "$ 6", "第6", "8号 6楼", "No. 6", "iPhone 6", "6:30", "6-8点", "99%", "99+", "6kg",
    "250 ml", "520元", "666人已买", "只要99", "原价520", "现在才88", "考了88", "1+1=2", "5 6 7",
    "1、2、6", "1 洗脸\n2 刷牙", "1️⃣", "(1)洗脸", "买1送1", "周6", "答案是6", "99包邮",
    "Day 1", "6多斤", "2个", "2 袋", "6寸蛋糕", "88折", "2次", "99分", "2024.6.18", "6/18",
    "250g面粉", "尾号520", "6人", "99天", "520万", "6月", "2室1厅", "今天是520", "1杯", "6 块钱",
])
def test_an_ordinary_number(text):
    assert all(told(text)), told(text)


@pytest.mark.parametrize("text", [
    "6", "666", "太6了", "牛6", "6啊", "666，你太厉害了", "520，我的猫", "520快乐",
    "祝你们1314", "我去睡觉了，88", "晚安88", "88！", "99", "祝99", "祝福！99", "把盐当糖放，6",
    "你的狗在干什么23333", "他每天996，没时间", "985毕业", "985名校", "211本科", "404页面",
    "996的公司", "6 6 6", "扣1", "1", "你好2啊", "618大促", "555我好难过", "555人家不要",
    "233笑死", "666家人们", "同意的扣1", "好6", "6 太强了", "6得飞起", "这波操作6", "250",
    "你是250吧", "我爱你520", "转账520", "88啦", "6😂", "666点赞", "love 520", "😂6",
])
def test_a_word(text):
    assert not any(told(text)), told(text)


@pytest.mark.parametrize(
    ("text", "part", "number"),
    [("+1", "+1", False), ("我+1", "+1", False), ("+10", "+1", True), ("10+1", "+1", True),
     ("1w", "1w", False), ("2.1w粉丝", "1w", True), ("1w粉丝", "1w", False)],
)
def test_digits_with_a_sign_or_letter(text, part, number):
    start = text.index(part)
    assert is_number(text, start, start + len(part)) is number
