"""Reading and writing a learner's rows: every write is one transaction, every answer counts once.

A function here takes the open session of its caller; the service decides where a transaction
begins and ends.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec
from fsrs import Rating, State
from sqlalchemy import Insert, case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from helper.errors import N_, InvalidInput, NotFound
from helper.practice.calendar import Day, local_day, zone
from helper.practice.exercises import Question
from helper.practice.models import CardRow, Learner, OwnWord, ReviewRow
from helper.practice.notes import Verdict
from helper.practice.scheduling import replay, reset, review

MAX_GOAL = 500


@dataclass(frozen=True)
class Answer:
    """An answer on its way in.

    Attributes:
        key: idempotency key, chosen where the question was shown; a retry repeats it.
        item, kind, seed: which question was asked.
        values: what was answered, as the exercise's ``grade`` takes it.
        session: id of the practice session, "" for none.
        duration_ms: how long it took, in milliseconds, if known.
        answered_at: when, for answers given without a network; None means now.
    """

    key: str
    item: str
    kind: str
    seed: int
    values: tuple[str, ...] = ()
    session: str = ""
    duration_ms: int | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What an answer led to.

    Attributes:
        key, item, kind, seed, session: as in Answer.
        verdict: right or not, and why.
        due: when the card is asked again, in UTC.
        skill: which card it was.
        undone: whether the answer has been taken back since.
        repeated: whether this key had been answered before (then nothing was counted again).
    """

    key: str
    item: str
    kind: str
    seed: int
    skill: str
    verdict: Verdict
    due: datetime
    session: str = ""
    undone: bool = False
    repeated: bool = False


def new_learner_id() -> str:
    """A random, unguessable learner id."""
    return secrets.token_urlsafe(18)


def get_learner(session: Session, ident: str, *, lock: bool = False) -> Learner | None:
    """The learner's row, if anything of the learner has been stored.

    Args:
        lock: let nobody else write for the learner until the transaction ends.
    """
    return session.get(Learner, ident, with_for_update=lock)


def lock_learner(session: Session, ident: str, now: datetime) -> Learner:
    """The learner's row, made if need be, locked until the transaction ends."""
    if not ident or len(ident) > 64:
        raise InvalidInput(N_("That is not a learner id."))
    query = select(Learner).where(Learner.id == ident).with_for_update()
    known = session.scalars(query).first()
    if known:
        return known
    session.execute(_insert_missing(session, _defaults(ident, now)))
    return session.scalars(query).one()


def newcomer(ident: str, now: datetime) -> Learner:
    """The row that somebody of whom nothing is stored would have."""
    return Learner(**_defaults(ident, now))


def _defaults(ident: str, now: datetime) -> dict[str, object]:
    return {
        "id": ident, "goal": 20, "new_per_day": 10, "zone": "UTC", "sound": True,
        "created_at": now,
    }


def _insert_missing(session: Session, values: dict[str, object]) -> Insert:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(Learner).values(values).on_conflict_do_nothing()
    return sqlite.insert(Learner).values(values).on_conflict_do_nothing()


def find_review(session: Session, learner: str, key: str) -> tuple[ReviewRow, CardRow] | None:
    """The review that was stored under ``key``."""
    row = session.execute(
        select(ReviewRow, CardRow).join(CardRow, CardRow.id == ReviewRow.card_id)
        .where(ReviewRow.learner_id == learner, ReviewRow.key == key)
    ).first()
    return (row[0], row[1]) if row else None


def outcome_of(row: ReviewRow, card: CardRow, repeated: bool) -> Outcome:
    """The outcome as it was first given."""
    verdict = msgspec.json.decode(row.outcome, type=Verdict) if row.outcome else Verdict(
        row.right, row.rating
    )
    return Outcome(
        row.key, card.item, row.kind, row.seed, card.skill, verdict, card.due, row.session,
        row.undone_at is not None, repeated,
    )


def get_card(session: Session, learner: str, item: str, skill: str) -> CardRow | None:
    """One card, if it exists."""
    return session.scalars(
        select(CardRow).where(
            CardRow.learner_id == learner, CardRow.item == item, CardRow.skill == skill
        )
    ).first()


def add_card(
    session: Session, learner: str, item: str, skill: str, now: datetime
) -> CardRow:
    """The card, made (queued, never asked) if it does not exist."""
    card = get_card(session, learner, item, skill)
    if card is None:
        card = CardRow(
            learner_id=learner, item=item, skill=skill, suspended=False, created_at=now
        )
        reset(card, now)
        session.add(card)
        session.flush()
    return card


def record(
    session: Session, learner_id: str, answer: Answer, question: Question, verdict: Verdict,
    now: datetime,
) -> Outcome:
    """Store one answer and move its card on; a known key returns its first outcome instead.

    The moment of an answer given offline is kept, but never lies in the future.
    """
    learner = lock_learner(session, learner_id, now)
    found = find_review(session, learner_id, answer.key)
    if found:
        return outcome_of(*found, repeated=True)
    moment = min(answer.answered_at.astimezone(UTC), now) if answer.answered_at else now
    card = add_card(session, learner_id, answer.item, question.skill.value, moment)
    learnt = card.state == State.Review
    review(card, Rating(verdict.rating), moment)
    row = ReviewRow(
        learner_id=learner_id, card_id=card.id, key=answer.key, kind=answer.kind,
        seed=answer.seed, position=question.position,
        answer=msgspec.json.encode(answer.values).decode(), rating=verdict.rating,
        right=verdict.right, reviewed_at=card.last_review or moment,
        day=local_day(moment, learner.zone), goal=learner.goal,
        duration_ms=answer.duration_ms, session=answer.session, learnt_before=learnt,
        outcome=msgspec.json.encode(verdict).decode(),
    )
    session.add(row)
    session.flush()
    return outcome_of(row, card, repeated=False)


def replay_card(session: Session, card: CardRow) -> None:
    """Schedule a card anew from the reviews that count."""
    rows = session.execute(
        select(ReviewRow.rating, ReviewRow.reviewed_at)
        .where(ReviewRow.card_id == card.id, ReviewRow.undone_at.is_(None))
        .order_by(ReviewRow.reviewed_at, ReviewRow.id)
    )
    replay(card, [(Rating(rating), moment) for rating, moment in rows])


def undo_last(
    session: Session, learner: str, now: datetime, key: str = ""
) -> Outcome | None:
    """Take the newest counting answer back; None if there is none, or if it has another key."""
    if session.get(Learner, learner) is None:
        return None
    lock_learner(session, learner, now)
    row = session.scalars(
        select(ReviewRow)
        .where(ReviewRow.learner_id == learner, ReviewRow.undone_at.is_(None))
        .order_by(ReviewRow.id.desc()).limit(1)
    ).first()
    if row is None or (key and row.key != key):
        return None
    row.undone_at = now
    session.flush()
    card = session.get_one(CardRow, row.card_id)
    replay_card(session, card)
    return outcome_of(row, card, repeated=False)


def suspend(session: Session, learner: str, item: str, skill: str, on: bool) -> None:
    """Suspend or resume one card, or with skill "" all cards of an item; NotFound if none."""
    query = select(CardRow).where(CardRow.learner_id == learner, CardRow.item == item)
    if skill:
        query = query.where(CardRow.skill == skill)
    cards = session.scalars(query).all()
    if not cards:
        raise NotFound(N_("There is no such card."))
    for card in cards:
        card.suspended = on


def change_settings(learner: Learner, changes: dict[str, object]) -> None:
    """Change goal, new_per_day, zone or sound; raises InvalidInput for an impossible value."""
    for name, lowest in (("goal", 1), ("new_per_day", 0)):
        number = changes.get(name, lowest)
        if not isinstance(number, int) or not lowest <= number <= MAX_GOAL:
            raise InvalidInput(
                N_("Choose a number from %(lowest)s to %(highest)s."),
                lowest=lowest, highest=MAX_GOAL,
            )
    if "zone" in changes:
        zone(str(changes["zone"]))
    for name in ("goal", "new_per_day", "zone", "sound"):
        if name in changes:
            setattr(learner, name, changes[name])


def days(session: Session, learner: str, since: date | None = None) -> dict[date, Day]:
    """What was done on each day, undone answers aside."""
    query = (
        select(
            ReviewRow.day, func.count(), func.sum(case((ReviewRow.right, 1), else_=0)),
            func.min(ReviewRow.goal),
        )
        .where(ReviewRow.learner_id == learner, ReviewRow.undone_at.is_(None))
        .group_by(ReviewRow.day)
    )
    if since:
        query = query.where(ReviewRow.day >= since)
    return {
        day: Day(answers, int(right), goal) for day, answers, right, goal in
        session.execute(query)
    }


def own_words(session: Session, learner: str) -> list[OwnWord]:
    """The learner's own words, oldest first."""
    return list(session.scalars(
        select(OwnWord).where(OwnWord.learner_id == learner).order_by(OwnWord.id)
    ))
