"""A session: five minutes, due and new mixed, never the same answer pattern twice in a row."""

from __future__ import annotations

import itertools
import random

import pytest

from helper.errors import NotFound
from helper.practice import Answer
from helper.practice.exercises import Form, kinds


def play(service, learner, clock, practice, source, most=100, seconds=10):
    """Answer until the session ends, mostly right; returns what was asked."""
    asked = []
    while len(asked) < most and (found := service.next_question(learner, practice)):
        question = found.question
        right = source.random() < 0.85
        values = ("3",) if question.form == Form.SELF else question.expected if right else ()
        clock.pass_(seconds=seconds)
        service.answer(learner, Answer(
            f"{practice.id}-{len(asked)}", question.item, question.kind, question.seed, values,
            practice.id, seconds * 1000,
        ))
        asked.append(found)
    return asked


def test_twenty_days_of_sessions(lite, clock):
    learner, source = lite.new_learner(), random.Random(4)
    seen = set()
    for day in range(20):
        practice = lite.start(5)
        asked = play(lite, learner, clock, practice, source)
        assert len(asked) >= 25, day
        for before, after in itertools.pairwise(asked):
            one, two = before.question, after.question
            assert one.pattern != two.pattern
            assert two.position == -1 or one.position != two.position
        seen |= {found.question.kind for found in asked}
        if day > 2:
            assert any(found.fresh for found in asked)
            assert not all(found.fresh for found in asked)
        clock.pass_(days=1, minutes=-5)
    assert seen == {exercise.kind for exercise in kinds()} - {"reply"} or seen == {
        exercise.kind for exercise in kinds()
    }
    progress = lite.progress(learner)
    assert progress.summary.streak == 20
    assert progress.items_known > 10
    assert progress.retention is not None
    assert 0.6 < progress.retention <= 1
    assert progress.words_known > 10
    assert sum(count for _, count in progress.heat) == progress.answers
    assert progress.forecast[0][1] >= progress.summary.due


def test_a_session_ends_after_its_minutes(lite, clock):
    learner, practice = lite.new_learner(), lite.start(5)
    assert lite.next_question(learner, practice)
    clock.pass_(minutes=5)
    assert lite.next_question(learner, practice) is None


def test_reloading_shows_the_same_question(lite):
    learner, practice = lite.new_learner(), lite.start(5)
    assert lite.next_question(learner, practice) == lite.next_question(learner, practice)


def test_new_phrases_stop_at_the_daily_limit(lite, clock):
    learner = lite.new_learner()
    lite.change_settings(learner, new_per_day=3)
    asked = play(lite, learner, clock, lite.start(5), random.Random(1), seconds=5)
    assert len({found.question.item for found in asked}) == 3
    more = play(lite, learner, clock, lite.start(5, more=2), random.Random(1), seconds=5)
    assert len({found.question.item for found in [*asked, *more]}) == 5


def test_without_sound_nothing_must_be_heard(lite, clock):
    learner = lite.new_learner()
    for _ in range(6):
        asked = play(lite, learner, clock, lite.start(5, silent=True), random.Random(2))
        sounding = {exercise.kind for exercise in kinds() if exercise.sound}
        assert not sounding & {found.question.kind for found in asked}
        clock.pass_(days=1)


def test_one_situation_alone(lite):
    practice = lite.start(5, "pets-cat-tax")
    found = lite.next_question(lite.new_learner(), practice)
    assert found.question.item.startswith("pets-cat-tax.")
    with pytest.raises(NotFound):
        lite.start(5, "no-such")


def test_a_downloaded_session_keeps_the_rules_and_is_the_same_when_answered(lite, clock):
    learner = lite.new_learner()
    practice = lite.start(60)
    asked = lite.download(learner, practice, 15)
    assert len(asked) == 15
    assert len({(a.question.item, a.question.skill) for a in asked}) == 15
    for before, after in itertools.pairwise(asked):
        assert before.question.pattern != after.question.pattern
    for found in asked:
        q = found.question
        assert lite.question(learner, q.item, q.kind, q.seed) == q


def test_own_words_come_first(lite, clock):
    learner = lite.new_learner()
    ident = lite.add(learner, "加油站", english="petrol station")
    found = lite.next_question(learner, lite.start(5))
    assert found.question.item == ident
    assert found.fresh
    assert len(found.question.options) == 4
