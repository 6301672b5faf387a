"""The tone trainer: twenty drills that can be heard, told apart and drawn."""

from __future__ import annotations

import pytest

from helper.errors import InvalidInput, NotFound
from helper.practice import tones


def test_there_are_twenty_drills_easiest_first():
    drills = tones.drills()
    assert [drill.level for drill in drills] == list(range(1, 21))
    assert len({drill.id for drill in drills}) == 20
    for wanted in ("neutral", "third-third", "yi", "bu", "j-q-x", "zh-ch-sh", "z-c-s",
                   "u-umlaut", "n-ng"):
        assert tones.drill(wanted)


@pytest.mark.parametrize("drill", tones.drills(), ids=lambda d: d.id)
def test_the_samples_of_a_round_differ_in_sound_and_are_drawn(drill):
    assert drill.about
    assert drill.mouth
    assert len(drill.rounds) >= 4
    for row in drill.rounds:
        assert 2 <= len(row) <= 4
        assert len({sample.spoken for sample in row}) == len(row)
        assert len({sample.hanzi for sample in row}) == len(row)
        for sample in row:
            assert len(sample.tones) == len(sample.hanzi)
            assert all(tone in tones.CONTOURS for tone in sample.tones)
            assert sample.english


@pytest.mark.parametrize(("drill", "hanzi", "spoken"), [
    ("third-third", "你好", "ní hǎo"), ("bu", "不是", "bú shì"), ("yi", "一样", "yí yàng"),
    ("yi", "一天", "yì tiān"), ("yi", "第一", "dì yī"), ("half-third", "老师", "lǎo shī"),
])
def test_samples_are_spoken_as_the_rules_say(drill, hanzi, spoken):
    samples = {s.hanzi: s for row in tones.drill(drill).rounds for s in row}
    assert samples[hanzi].spoken == spoken


def test_a_run_plays_every_row_once_and_grades_what_was_heard():
    drill = tones.drill("second-third")
    rounds = [tones.ask(drill.id, 5, n) for n in range(len(drill.rounds))]
    assert {heard.samples for heard in rounds} == set(drill.rounds)
    heard = rounds[0]
    assert heard == tones.ask(drill.id, 5, 0)
    assert tones.grade(heard, heard.answer).right
    wrong = tones.grade(heard, 1 - heard.answer)
    assert not wrong.right
    assert wrong.notes
    with pytest.raises(InvalidInput):
        tones.grade(heard, 7)
    with pytest.raises(NotFound):
        tones.drill("no-such")
