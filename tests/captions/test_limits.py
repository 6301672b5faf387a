"""Limits are counted as the app counts."""

from __future__ import annotations

import pytest

from helper.captions import limits


@pytest.mark.parametrize(("text", "count"), [
    ("", 0), ("你好", 2), ("Hi 5", 4), ("😊", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🇺🇸", 2),
    ("1️⃣", 2), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
    ("❤️", 2), ("é", 1), ("e\u0301", 1), ("你好！\n", 4), ("#猫税", 3), ("©", 1), ("1#*", 3),
])
def test_count(text, count):
    assert limits.count(text) == count


def test_limit_is_shown_before_it_is_broken():
    assert not limits.title("猫" * 18).near
    assert limits.title("猫" * 19).near
    full, over = limits.title("猫" * 20), limits.title("猫" * 19 + "🐱")
    assert (full.left, full.near, full.over) == (0, True, False)
    assert (over.left, over.near, over.over) == (-1, False, True)
    assert limits.body("好" * 1001).over
