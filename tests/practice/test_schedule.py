"""Cards are scheduled exactly as py-fsrs does it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from sqlalchemy import select

from helper.practice import Answer, scheduling
from helper.practice.exercises import by_kind
from helper.practice.models import CardRow
from helper.practice.store import add_card, lock_learner, record

CARDS, CHUNK = 250, 500


class Replay:
    """Random reviews at random moments, with py-fsrs's own cards beside ours."""

    def __init__(self, service) -> None:
        self.source = random.Random(20260302)
        self.scheduler = Scheduler(enable_fuzzing=False)
        self.moment = datetime(2026, 3, 2, 8, tzinfo=UTC)
        self.items = service.deck.ids[:CARDS]
        self.cards = {
            item: Card(card_id=n, due=self.moment) for n, item in enumerate(self.items, 1)
        }

    def step(self) -> tuple[str, Rating, datetime]:
        """The next review, done by py-fsrs."""
        self.moment += timedelta(seconds=self.source.expovariate(1 / 4000))
        item, rating = self.source.choice(self.items), self.source.choice(list(Rating))
        self.cards[item], _ = self.scheduler.review_card(self.cards[item], rating, self.moment)
        return item, rating, self.moment

    def compare(self, service, learner: str, reviews: int) -> None:
        """Every stored card equals py-fsrs's, to the last bit."""
        service.database.close()
        with service.database.reading() as session:
            rows = session.scalars(select(CardRow).where(CardRow.learner_id == learner)).all()
        assert sum(row.reps for row in rows) == reviews
        for row in rows:
            card = self.cards[row.item]
            assert (
                row.state, row.step, row.stability, row.difficulty, row.due, row.last_review
            ) == (
                int(card.state), card.step, card.stability, card.difficulty, card.due,
                card.last_review,
            )


def test_a_replay_of_10000_random_reviews_equals_py_fsrs(lite, clock):
    learner, replay = lite.new_learner(), Replay(lite)
    with lite.database.writing() as session:
        lock_learner(session, learner, clock.now)
        for item in replay.items:
            add_card(session, learner, item, "speaking", clock.now)
    for _ in range(10_000 // CHUNK):  # read from the database and written back, twenty times
        with lite.database.writing() as session:
            rows = {
                row.item: row for row in
                session.scalars(select(CardRow).where(CardRow.learner_id == learner))
            }
            for _ in range(CHUNK):
                item, rating, moment = replay.step()
                scheduling.review(rows[item], rating, moment)
    replay.compare(lite, learner, 10_000)


@pytest.mark.parametrize("reviews", [1000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_answers_through_the_store_equal_py_fsrs(service, reviews):
    exercise, deck = by_kind("recall"), service.deck
    learner, replay = service.new_learner(), Replay(service)
    questions = {i: exercise.ask(deck.item(i), deck, 0) for i in replay.items}
    for start in range(0, reviews, CHUNK):
        with service.database.writing() as session:
            for n in range(start, start + CHUNK):
                item, rating, moment = replay.step()
                verdict = exercise.grade(
                    questions[item], deck.item(item), deck, (str(int(rating)),)
                )
                answer = Answer(f"replay-{n:05}", item, "recall", 0, answered_at=moment)
                record(session, learner, answer, questions[item], verdict, moment)
    replay.compare(service, learner, reviews)
