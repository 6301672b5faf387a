""""Check this one" finds what is wrong and seldom cries wolf (bench/quality.py, whole dev part)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "quality.py"


@pytest.fixture(scope="module")
def quality():
    spec = importlib.util.spec_from_file_location("quality_bench", BENCH)
    module = importlib.util.module_from_spec(spec)

    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_marks_meet_their_goal(quality, parts):
    result = quality.summary(quality.run(list(quality.held_out("dev")), parts))
    assert result["of the bad, flagged"] >= 0.9
    assert result["of the good, flagged"] <= 0.15


@pytest.mark.parametrize(("english", "reference", "chinese", "faults"), [
    ("I have 13 cats.", "我有13只猫。", "我有13只猫。", []),
    ("I have 13 cats.", "我有13只猫。", "我有30只猫。", ["number"]),
    ("I don't like it.", "我不喜欢。", "我喜欢。", ["negation"]),
    ("I like it.", "我喜欢。", "我不喜欢。", ["negation"]),
    ("He lives in Chicago.", "他住在芝加哥。", "他住在这里。", ["name"]),
    ("Last night Anna phoned.", "昨晚安娜打电话来了。", "昨晚打电话来了。", ["name"]),
    ("Last night Anna phoned.", "昨晚安娜打电话来了。", "昨晚安纳打电话来了。", []),
    ("I like the soup that you made.", "我喜欢你做的那个汤。", "汤。", ["length"]),
])
def test_stricter_check(quality, book, english, reference, chinese, faults):
    assert quality.Strict(book.names).faults(english, reference, chinese) == faults


def test_pages_lose_nothing(quality):
    pairs = [(f"sentence {n}", "句子") for n in range(50)]
    pages = list(quality.pages(pairs, 100))
    assert [pair for page in pages for pair in page] == pairs
    assert all(sum(len(en) + 1 for en, _ in page) <= 110 for page in pages)
