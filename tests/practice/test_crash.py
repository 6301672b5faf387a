"""kill -9 between the answer and the reply: no review is lost, none is doubled.

Each round, a process of its own takes an answer and is killed at a random moment around its
commit, before or after it has replied. Then the client does what it must: it sends the same
answer again. In the end every answer stands exactly once, and every card has moved exactly as
often as it was answered.
"""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from fsrs import Card, Rating, Scheduler
from sqlalchemy import func, select

from helper.practice import Answer, PracticeService
from helper.practice.models import CardRow, ReviewRow


def _child(content, url, learner, answer, ready: int) -> None:
    """Answer, and reply by a byte on the pipe; runs in a forked process and never returns."""
    try:
        service = PracticeService(content, url)
        service.database.engine  # noqa: B018  opened and migrated before the race begins
        os.write(ready, b"r")
        service.answer(learner, answer)
        os.write(ready, b"k")
    finally:
        os._exit(0)


def _round(content, url, learner, answer, wait: float | None) -> tuple[bool, float]:
    """One attempt; killed after ``wait`` seconds, or left alone if None. (replied, seconds)"""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _child(content, url, learner, answer, writing)
    os.close(writing)
    assert os.read(reading, 1) == b"r"
    started = time.perf_counter()
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    replied = os.read(reading, 1) == b"k"
    took = time.perf_counter() - started
    os.close(reading)
    os.waitpid(child, 0)
    return replied, took


def _crash(content, url: str, rounds: int) -> None:
    source = random.Random(9)
    service = PracticeService(content, url)
    learner, items = service.new_learner(), service.deck.ids[:5]
    for item in items:
        service.item(learner, item)  # the children inherit a warm deck
    answers = [
        Answer(f"crash-{n:05}", items[n % 5], "recall", n, (source.choice("1234"),))
        for n in range(rounds)
    ]
    _, usual = _round(content, url, learner, Answer("warm-up-0", items[0], "recall", 1), None)
    killed = unanswered = 0
    for answer in answers:
        replied, _ = _round(content, url, learner, answer, source.uniform(0, 1.4 * usual))
        killed += 1
        if not replied:
            unanswered += 1
            again, _ = _round(content, url, learner, answer, None)
            assert again, "the retry must be answered"
    with service.database.reading() as session:
        rows = session.execute(
            select(ReviewRow.key, ReviewRow.rating, ReviewRow.reviewed_at, CardRow.item)
            .join(CardRow, CardRow.id == ReviewRow.card_id)
            .where(ReviewRow.learner_id == learner).order_by(ReviewRow.id)
        ).all()
        cards = session.scalars(select(CardRow).where(CardRow.learner_id == learner)).all()
        total = session.scalar(select(func.count()).select_from(ReviewRow))
    service.database.close()
    assert [row.key for row in rows] == ["warm-up-0", *(answer.key for answer in answers)]
    assert total == rounds + 1
    scheduler = Scheduler(enable_fuzzing=False)
    replayed = {item: Card(card_id=1) for item in items}
    for row in rows:
        replayed[row.item], _ = scheduler.review_card(
            replayed[row.item], Rating(row.rating), row.reviewed_at
        )
    for card in cards:
        assert card.reps == sum(row.item == card.item for row in rows)
        assert (card.stability, card.due) == (
            replayed[card.item].stability, replayed[card.item].due
        )
    assert 0 < unanswered < killed + 1, "the kill never came before the reply"
    print(f"{killed} kills, {unanswered} of them before the reply")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("rounds", [25, pytest.param(200, marks=pytest.mark.slow)])
def test_kill_9_between_answer_and_reply(content, database_url, rounds):
    _crash(content, database_url, rounds)
