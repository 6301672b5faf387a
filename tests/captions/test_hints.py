"""Measures and money in China's units."""

from __future__ import annotations

from pathlib import Path

import pytest

from helper.captions.hints import hints

ROWS = [
    line.split("\t") for line in
    Path(__file__).with_name("hints.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("english", "chinese", "said", "applied"), ROWS)
def test_hint(english, chinese, said, applied):
    found = hints(english, chinese)
    assert [hint.english for hint in found] == ([said] if said else [])
    assert [hint.applied for hint in found] == ([applied] if said else [])
