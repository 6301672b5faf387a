"""Cards are scheduled exactly as py-fsrs does it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler
from sqlalchemy import select

from helper.practice import Answer
from helper.practice.exercises import by_kind
from helper.practice.models import CardRow
from helper.practice.store import record

REVIEWS, CARDS = 10_000, 250


def test_a_replay_of_10000_random_reviews_equals_py_fsrs(lite):
    source = random.Random(20260302)
    scheduler = Scheduler(enable_fuzzing=False)
    exercise, deck = by_kind("recall"), lite.deck
    items = deck.ids[:CARDS]
    questions = {i: exercise.ask(deck.item(i), deck, 0) for i in items}
    cards = {item: Card(card_id=n, due=lite.now()) for n, item in enumerate(items, 1)}
    moment = datetime(2026, 3, 2, 8, tzinfo=UTC)
    learner = lite.new_learner()
    for start in range(0, REVIEWS, 500):
        with lite.database.writing() as session:
            for n in range(start, start + 500):
                moment += timedelta(seconds=source.expovariate(1 / 4000))
                item, rating = source.choice(items), source.choice(list(Rating))
                verdict = exercise.grade(
                    questions[item], deck.item(item), deck, (str(int(rating)),)
                )
                answer = Answer(f"replay-{n:05}", item, "recall", 0, answered_at=moment)
                record(session, learner, answer, questions[item], verdict, moment)
                cards[item], _ = scheduler.review_card(cards[item], rating, moment)
    lite.database.close()
    with lite.database.reading() as session:
        rows = session.scalars(select(CardRow).where(CardRow.learner_id == learner)).all()
    assert sum(row.reps for row in rows) == REVIEWS
    for row in rows:
        card = cards[row.item]
        assert (row.state, row.step, row.stability, row.difficulty, row.due, row.last_review) == (
            int(card.state), card.step, card.stability, card.difficulty, card.due,
            card.last_review,
        )
