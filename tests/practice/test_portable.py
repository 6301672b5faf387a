"""Taking progress along: file and code; nothing lost, nothing counted twice."""

from __future__ import annotations

import gzip
import random
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from sqlalchemy import text

from helper.errors import InvalidInput, NotFound
from helper.practice import Answer, PracticeService, store
from helper.practice.notes import Verdict
from tests.practice.conftest import new_postgres_database
from tests.practice.test_session import play
from tests.practice.test_store import give


def cards(service, learner):
    from sqlalchemy import select

    from helper.practice.models import CardRow

    with service.database.reading() as session:
        return {
            (row.item, row.skill): (row.state, row.stability, row.due, row.reps, row.lapses)
            for row in session.scalars(select(CardRow).where(CardRow.learner_id == learner))
        }


def test_a_file_brings_everything_and_a_second_import_adds_nothing(service, clock):
    learner = service.new_learner()
    service.change_settings(learner, goal=7, zone="Europe/Berlin")
    service.add(learner, "加油站", "jiā yóu zhàn", "petrol station")
    for _ in range(3):
        play(service, learner, clock, service.start(1), random.Random(1))
        clock.pass_(days=1)
    service.suspend(learner, "first-hello.everyone", "meaning")
    data = service.save(learner)
    twin = service.new_learner()
    assert service.load(twin, data) == service.progress(learner).answers > 10
    assert service.load(twin, data) == 0
    assert cards(service, twin) == cards(service, learner)
    assert service.settings(twin) == service.settings(learner)
    assert service.progress(twin) == service.progress(learner)
    assert len(service.suspended(twin)) == 1


def test_two_devices_merge_to_the_same_cards_whichever_comes_first(service, clock):
    phone, laptop = service.new_learner(), service.new_learner()
    for n in range(8):
        give(service, phone, f"p{n}", service.deck.ids[n % 3], right=n % 3 > 0)
        clock.pass_(hours=7)
        give(service, laptop, f"l{n}", service.deck.ids[n % 4], right=n % 4 > 0)
        clock.pass_(hours=9)
    from_phone, from_laptop = service.save(phone), service.save(laptop)
    assert service.load(phone, from_laptop) == service.load(laptop, from_phone) == 8
    assert cards(service, phone) == cards(service, laptop)


def test_a_code_works_once_and_merges_what_was_there(service, clock):
    old, new = service.new_learner(), service.new_learner()
    give(service, old, "a")
    give(service, new, "b", "first-hello.hi-there")
    code = service.move_code(old)
    assert service.redeem(code.lower().replace("-", " "), new) == old
    assert service.summary(old).today == 2
    assert service.summary(new).today == 0
    with pytest.raises(NotFound):
        service.redeem(code)


def test_an_answer_under_way_while_its_code_is_redeemed_is_not_lost(content, postgres_url, clock):
    service = PracticeService(content, new_postgres_database(postgres_url), clock=clock)
    old, new = service.new_learner(), service.new_learner()
    give(service, old, "a")
    give(service, new, "b", "first-hello.hi-there")
    code = service.move_code(old)
    late = Answer("key-0000000c", "first-hello.new-here", "recall", 1, ("3",))
    question = service.question(new, late.item, late.kind, late.seed)
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                   " AND datname = current_database()")
    with ThreadPoolExecutor(1) as pool:
        with service.database.writing() as session:
            store.record(session, new, late, question, Verdict(True, 3), clock.now)
            redeemed = pool.submit(service.redeem, code, new)
            with service.database.engine.connect() as watching:
                while not watching.scalar(waiting) and not redeemed.done():
                    watching.rollback()
        assert redeemed.result() == old
    assert service.summary(old).today == 3
    service.database.close()


def test_a_code_dies_after_a_day_and_when_a_new_one_is_made(service, clock):
    learner = service.new_learner()
    give(service, learner, "a")
    first = service.move_code(learner)
    second = service.move_code(learner)
    with pytest.raises(NotFound):
        service.redeem(first)
    clock.pass_(hours=25)
    with pytest.raises(NotFound):
        service.redeem(second)


def test_one_key_can_never_stand_for_two_learners_reviews_after_a_merge(service):
    one, other = service.new_learner(), service.new_learner()
    give(service, one, "same")
    give(service, other, "same")
    assert service.load(one, service.save(other)) == 0
    assert service.summary(one).today == 1


@pytest.mark.parametrize("data", [
    b"", b"hello", b"\x1f\x8bbroken", gzip.compress(b"{}"), b"\xff\xfe\x00",
    gzip.compress(b"0" * 1000), msgspec.json.encode({"format": "rednote-helper progress"}),
])
def test_other_files_are_refused(lite, data):
    with pytest.raises(InvalidInput):
        lite.load(lite.new_learner(), data)


def test_a_tampered_file_is_refused(lite, clock):
    learner = lite.new_learner()
    lite.answer(learner, Answer("key-00000001", "first-hello.everyone", "recall", 1, ("3",)))
    good = msgspec.json.decode(gzip.decompress(lite.save(learner)))
    for change in (
        lambda d: d["cards"][0]["reviews"][0].__setitem__(4, 9),
        lambda d: d["cards"][0]["reviews"][0].__setitem__(0, "k" * 100),
        lambda d: d["cards"][0].__setitem__("item", "i" * 200),
        lambda d: d["cards"][0].__setitem__("item", "a\x00"),
        lambda d: d["cards"][0]["reviews"][0].__setitem__(2, 2**40),
        lambda d: d["cards"][0]["reviews"][0].__setitem__(8, 0),
        lambda d: d["words"].append({"ident": "own.x", "hanzi": "no hanzi", "pinyin": "",
                                     "english": "", "created_at": "2026-01-01T00:00:00Z"}),
        lambda d: d["cards"][0].__setitem__("skill", "flying"),
        lambda d: d.__setitem__("goal", -4),
        lambda d: d.__setitem__("zone", "Mars/Olympus"),
    ):
        bad = msgspec.json.decode(msgspec.json.encode(good))
        change(bad)
        with pytest.raises(InvalidInput):
            lite.load(lite.new_learner(), msgspec.json.encode(bad))
