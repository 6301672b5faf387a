"""A session: five minutes, due and new mixed, never the same answer pattern twice in a row."""

from __future__ import annotations

import itertools
import random
from datetime import timedelta

import pytest
from fsrs import State

from helper.errors import NotFound
from helper.practice import Answer, store
from helper.practice.exercises import Form, Skill, kinds


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


def test_never_asking_one_card_leaves_the_phrase_in_practice(lite, clock):
    learner = lite.new_learner()
    lite.change_settings(learner, new_per_day=1)
    practice = lite.start(5)
    first = lite.next_question(learner, practice)
    lite.suspend(learner, first.question.item, first.question.skill)
    second = lite.next_question(learner, practice)
    assert second.question.item == first.question.item
    assert second.question.skill != first.question.skill
    assert second.fresh


def cards_due(service, learner, items, skill, due):
    """Cards as answers would have left them, without giving the answers."""
    with service.database.writing() as session:
        store.lock_learner(session, learner, due)
        for item in items:
            card = store.add_card(session, learner, item, skill, due)
            card.reps, card.state, card.step = 1, State.Review, None
            card.stability = card.difficulty = 5.0


@pytest.mark.parametrize("setting", [True, False])
def test_cards_that_need_sound_hide_no_others_without_it(lite, clock, setting):
    learner = lite.new_learner()
    lite.change_settings(learner, new_per_day=0, sound=not setting)
    practice = lite.start(5, silent=True)
    before = clock.now - timedelta(days=2)
    cards_due(lite, learner, lite.deck.ids[:210], Skill.LISTENING, before)
    cards_due(lite, learner, lite.deck.ids[:1], Skill.MEANING, before + timedelta(days=1))
    found = lite.next_question(learner, practice)
    assert (found.question.item, found.question.skill) == (lite.deck.ids[0], Skill.MEANING)
    assert lite.summary(learner, practice).due == 1
    assert lite.summary(learner).due == lite.progress(learner).forecast[0][1] == (
        1 if setting else 211
    )


def test_a_listening_card_that_is_not_learnt_holds_nothing_up_without_sound(lite, clock):
    learner, ident = lite.new_learner(), lite.deck.ids[0]
    lite.change_settings(learner, new_per_day=0, sound=False)
    cards_due(lite, learner, [ident], Skill.MEANING, clock.now)
    lite.answer(learner, Answer("key-00000001", ident, "listen-choose", 1))
    clock.pass_(hours=1)
    lite.answer(learner, Answer("key-00000002", ident, "choose-meaning", 1, (ident,)))
    assert lite.next_question(learner, lite.start(5, silent=True)).question.skill == Skill.HANZI
    assert lite.summary(learner).due == 0
    assert lite.summary(learner).next_due > clock.now + timedelta(hours=1)


def test_new_phrases_of_yesterday_do_not_count_when_they_arrive_today(lite, clock):
    learner = lite.new_learner()
    lite.change_settings(learner, new_per_day=3)
    yesterday = clock.now
    asked = [found.question for found in lite.download(learner, lite.start(60), 3)]
    clock.pass_(days=1)
    for n, question in enumerate(asked):
        lite.answer(learner, Answer(
            f"offline-{n}", question.item, question.kind, question.seed, question.expected,
            answered_at=yesterday,
        ))
    today = play(lite, learner, clock, lite.start(5), random.Random(1), seconds=5)
    fresh = {found.question.item for found in today} - {question.item for question in asked}
    assert len(fresh) == 3


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
