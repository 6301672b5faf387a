"""Answers count once; undo, suspend, goals and streaks; on SQLite and on PostgreSQL."""

from __future__ import annotations

import zoneinfo
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from helper.errors import InvalidInput, NotFound
from helper.practice import Answer
from helper.practice.calendar import Day, forgiven, is_zone, streak
from helper.practice.exercises import Skill

ITEM = "first-hello.everyone"


def give(service, learner, key, item=ITEM, right=True, kind="choose-meaning", **more):
    values = (item,) if right else ()
    return service.answer(learner, Answer(f"key-{key:0>8}", item, kind, 7, values, **more))


def test_a_retried_key_returns_the_first_outcome_and_counts_once(service, clock):
    learner = service.new_learner()
    first = give(service, learner, "a")
    clock.pass_(days=3)
    again = give(service, learner, "a", right=False)
    assert again.verdict == first.verdict
    assert again.due == first.due
    assert again.repeated
    assert not first.repeated
    assert service.summary(learner).today == 0
    clock.pass_(days=-3)
    assert service.summary(learner).today == 1


def test_the_same_key_from_many_threads_counts_once(service):
    learner = service.new_learner()
    service.summary(learner)
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda n: give(service, learner, "same"), range(24)))
    assert sum(not outcome.repeated for outcome in outcomes) == 1
    assert len({outcome.due for outcome in outcomes}) == 1
    assert service.summary(learner).today == 1


def test_many_learners_at_once_lose_nothing(service):
    learners = [service.new_learner() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(
            lambda n: give(service, learners[n % 6], str(n), service.deck.ids[n // 6]), range(60)
        ))
    assert [service.summary(learner).today for learner in learners] == [10] * 6


def test_keys_of_one_learner_mean_nothing_to_another(service):
    one, other = service.new_learner(), service.new_learner()
    give(service, one, "a")
    assert not give(service, other, "a").repeated
    with pytest.raises(NotFound):
        service.outcome(service.new_learner(), "key-0000000a")


def test_undo_puts_the_card_back_and_frees_the_day(service, clock):
    learner = service.new_learner()
    give(service, learner, "a")
    clock.pass_(minutes=20)
    before = service.outcome(learner, "key-0000000a").due
    give(service, learner, "b", right=False)
    undone = service.undo(learner)
    assert undone is not None
    assert not undone.verdict.right
    assert service.outcome(learner, "key-0000000a").due == before
    assert service.summary(learner).today == 1
    assert give(service, learner, "b").repeated  # a late retry of what was undone counts nothing
    assert service.summary(learner).today == 1
    service.undo(learner)
    assert service.undo(learner) is None
    assert service.summary(learner).begun == 0


def test_a_suspended_card_is_not_asked(service, clock):
    learner = service.new_learner()
    give(service, learner, "a")
    clock.pass_(days=2)
    assert service.summary(learner).due == 1
    service.suspend(learner, ITEM, "meaning")
    assert service.summary(learner).due == 0
    assert [card.skill for card in service.suspended(learner)] == [Skill.MEANING]
    service.suspend(learner, ITEM, "meaning", on=False)
    assert service.summary(learner).due == 1
    for item, skill in (("no.such", "meaning"), (ITEM, "flying"), ("a\x00", ""), (ITEM, "\x00")):
        with pytest.raises(NotFound):
            service.suspend(learner, item, skill)
    with pytest.raises(NotFound):
        service.outcome(learner, "key-\x00-0001")


def test_answers_given_offline_keep_their_time_but_never_lie_in_the_future(service, clock):
    learner = service.new_learner()
    late = give(service, learner, "a", answered_at=clock.now - timedelta(hours=5))
    assert late.due == clock.now - timedelta(hours=5) + timedelta(minutes=10)
    early = give(service, learner, "b", item="first-hello.hi-there",
                 answered_at=clock.now + timedelta(days=5))
    assert early.due == clock.now + timedelta(minutes=10)


def test_a_device_with_a_slow_clock_breaks_nothing(service, clock):
    learner = service.new_learner()
    give(service, learner, "a")
    give(service, learner, "b", answered_at=clock.now - timedelta(days=1))
    assert service.summary(learner).begun == 1


@pytest.mark.parametrize("bad", [
    {"key": "x"}, {"key": "with space"}, {"key": "k" * 200}, {"session": "a\x00"},
    {"session": "s" * 65}, {"duration_ms": -1}, {"duration_ms": 2**40},
    {"values": ("x", "y")}, {"values": ("x" * 600,)},
])
def test_impossible_answers_are_refused(service, bad):
    fields = {"key": "key-00000001", "item": ITEM, "kind": "choose-meaning", "seed": 1, **bad}
    with pytest.raises(InvalidInput):
        service.answer(service.new_learner(), Answer(**fields))


@pytest.mark.parametrize("bad", [
    {"item": "no.such"}, {"item": "own.\x00"}, {"kind": "no-such"}, {"seed": -1}, {"seed": 2**40},
])
def test_unknown_things_are_not_found(service, bad):
    fields = {"key": "key-00000001", "item": ITEM, "kind": "choose-meaning", "seed": 1, **bad}
    with pytest.raises(NotFound):
        service.answer(service.new_learner(), Answer(**fields))


def test_settings_are_kept_and_checked(service):
    learner = service.new_learner()
    service.change_settings(learner, goal=3, zone="Asia/Shanghai", sound=False)
    chosen = service.settings(learner)
    assert (chosen.goal, chosen.zone, chosen.sound) == (3, "Asia/Shanghai", False)
    for bad in ({"goal": 0}, {"goal": 10**6}, {"zone": "Mars/Olympus"}, {"new_per_day": -1},
                {"zone": "../../etc/passwd"}):
        with pytest.raises(InvalidInput):
            service.change_settings(learner, **bad)


def test_a_day_begins_where_the_learner_lives(service, clock):
    learner = service.new_learner()
    service.change_settings(learner, zone="America/Los_Angeles")
    clock.pass_(hours=-2)  # 06:00 UTC is 22:00 of the day before in Los Angeles
    give(service, learner, "a")
    clock.pass_(hours=4)
    assert service.summary(learner).today == 0


def test_time_zones_are_known_where_the_system_has_none():
    """Windows and slim containers: the package tzdata brings them."""
    try:
        zoneinfo.reset_tzpath(to=[])
        zoneinfo.ZoneInfo.clear_cache()
        assert is_zone("America/Los_Angeles")
        assert not is_zone("Etc/Unknown")
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()


def days_of(text: str) -> tuple[dict[date, Day], date]:
    """ "x" a day that reached its goal, "." one that did not; the last is today."""
    today = date(2026, 3, 20)
    first = today - timedelta(len(text) - 1)
    return {
        first + timedelta(n): Day(20, 18, 20) for n, kept in enumerate(text) if kept == "x"
    }, today


@pytest.mark.parametrize(("week", "length"), [
    ("", 0), (".", 0), ("x", 1), ("xx", 2), ("xx.", 2), ("xx..", 2), ("xx...", 0),
    ("xx.x", 3), ("xx..x", 1), ("x.x.x", 3), ("xxx.xx.", 5),
])
def test_the_streak_forgives_one_day(week, length):
    days, today = days_of(week)
    assert streak(days, today) == length


def test_a_streak_that_hangs_on_the_forgiven_day_says_so():
    assert forgiven(*days_of("xx.."))
    assert not forgiven(*days_of("xx."))
    assert not forgiven(*days_of("xx.x"))


def test_deleting_everything_leaves_nothing(service):
    learner = service.new_learner()
    give(service, learner, "a")
    service.add(learner, "猫咪", english="kitty")
    service.move_code(learner)
    service.delete(learner)
    summary = service.summary(learner)
    assert (summary.begun, summary.due, summary.today) == (0, 0, 0)
    assert service.items(learner, begun=True) == []
    with pytest.raises(NotFound):
        service.outcome(learner, "key-0000000a")


def test_cards_of_phrases_that_the_book_has_lost_wait_in_silence(service, clock):
    from helper.practice.store import add_card, lock_learner

    learner = service.new_learner()
    give(service, learner, "a")
    with service.database.writing() as session:
        lock_learner(session, learner, clock.now)
        add_card(session, learner, "gone.phrase", "meaning", clock.now).reps = 1
    clock.pass_(days=1)
    assert service.summary(learner).due == 1
    assert service.progress(learner).forecast[0][1] == 1
    assert service.next_question(learner, service.start(5)).question.item != "gone.phrase"
