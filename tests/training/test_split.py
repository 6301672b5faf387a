"""The split: stable for ever, blind to typography, one line in forty each way."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from training.config import CORPUS
from training.readers import read_own
from training.split import HELD_OUT_EVERY, split_key, split_of


def test_known_lines_keep_their_part() -> None:
    """These were written down once; a change here would leak test lines into training."""
    known = {
        "Where is everyone from?": "train",
        "Audiobooks count, don't let anyone tell you otherwise.": "dev",
        "The driving simulator made me carsick.": "dev",
        "I was moved to tears reading your thank-you post, everything was worth it.": "test",
    }
    assert {english: split_of(english) for english in known} == known


def test_typography_does_not_move_a_line() -> None:
    assert split_key("Don’t  STOP, me now!") == split_key("dont stop me now") == "dont stop me now"
    assert split_key("Ｉt's 5 o’clock") == "its 5 oclock"


def test_one_line_in_forty_is_held_out_each_way() -> None:
    parts = Counter(split_of(f"line number {n}") for n in range(20_000))
    for part in ("dev", "test"):
        assert abs(parts[part] - 20_000 / HELD_OUT_EVERY) < 80


def test_the_real_corpus_has_all_three_parts() -> None:
    parts = Counter(split_of(line.english) for line in read_own(CORPUS))
    assert parts["train"] > 60_000
    for held in ("dev", "test"):
        assert 0.02 < parts[held] / parts.total() < 0.03


def test_it_needs_the_standard_library_alone() -> None:
    """The benchmarks import it where nothing of the training extra is installed."""
    root = Path(__file__).resolve().parents[2]
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); "
        "from training.split import split_of; print(split_of('Hello there'))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == split_of("Hello there")
