"""When a card is asked again: py-fsrs, unchanged and without its random fuzz."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import datetime

from fsrs import Card, Rating, Scheduler, State

from helper.practice.models import CardRow

KNOWN_DAYS = 7.0
"""A card counts as known from this stability on: 90 % sure to be recalled after these days."""


@functools.cache
def scheduler() -> Scheduler:
    """fsrs's scheduler with its default weights, 90 % retention, no fuzz (repeatable)."""
    return Scheduler(enable_fuzzing=False)


def to_fsrs(row: CardRow) -> Card:
    """The row as fsrs sees it."""
    return Card(
        card_id=row.id or 0,
        state=State(row.state),
        step=row.step,
        stability=row.stability,
        difficulty=row.difficulty,
        due=row.due,
        last_review=row.last_review,
    )


def review(row: CardRow, rating: Rating, moment: datetime) -> None:
    """Move ``row`` on by one review, exactly as fsrs computes it.

    A moment before the card's last review (a device whose clock is behind) counts as that
    last review's moment.
    """
    if row.last_review and moment < row.last_review:
        moment = row.last_review
    learnt = row.state == State.Review
    card, _ = scheduler().review_card(to_fsrs(row), rating, moment)
    row.state, row.step = int(card.state), card.step
    row.stability, row.difficulty = card.stability, card.difficulty
    row.due, row.last_review = card.due, card.last_review
    row.reps += 1
    row.lapses += int(learnt and rating == Rating.Again)


def reset(row: CardRow, moment: datetime) -> None:
    """Make ``row`` a card that was never asked, due at ``moment``."""
    row.state, row.step = int(State.Learning), 0
    row.stability = row.difficulty = row.last_review = None
    row.due, row.reps, row.lapses = moment, 0, 0


def retrievability(row: CardRow, moment: datetime) -> float:
    """How likely, from 0 to 1, the card is recalled at ``moment``."""
    return float(scheduler().get_card_retrievability(to_fsrs(row), moment))


def replay(row: CardRow, reviews: Iterable[tuple[Rating, datetime]]) -> None:
    """Schedule ``row`` anew from its whole history, in order."""
    reset(row, row.created_at)
    for rating, moment in reviews:
        review(row, rating, moment)
