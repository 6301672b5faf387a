"""How far a learner has come: what is due, what is known, what was remembered, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fsrs import State
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from helper.practice.calendar import Day, day_start, forgiven, local_day, streak
from helper.practice.deck import Item
from helper.practice.exercises import Skill
from helper.practice.models import CardRow, ReviewRow
from helper.practice.scheduling import KNOWN_DAYS
from helper.practice.store import days

FORECAST_DAYS = 14
HEAT_WEEKS = 26
RETENTION_DAYS = 30


@dataclass(frozen=True)
class Summary:
    """What the practice home page shows.

    Attributes:
        due: cards to be asked now; begun: items that were ever asked.
        today: answers given today; goal: answers wanted.
        streak: days in a row; forgiven: whether it hangs on the forgiven day.
        next_due: when the next card comes, None if none waits.
    """

    due: int
    begun: int
    today: int
    goal: int
    streak: int
    forgiven: bool
    next_due: datetime | None

    @property
    def reached(self) -> bool:
        """Whether today's goal is reached."""
        return self.today >= self.goal


@dataclass(frozen=True)
class SkillCount:
    """Cards of one skill: still being learnt, and known."""

    skill: Skill
    learning: int
    known: int


@dataclass(frozen=True)
class Progress:
    """What the progress page draws.

    Attributes:
        summary: as on the home page.
        forecast: (day, cards due), from today on; what is overdue counts today.
        retention: share of learnt cards remembered in the last 30 days, 0 to 1; None if none
            was asked; asked: how many were.
        items_known: phrases known; words_known: different words in them.
        skills: cards by skill.
        heat: answers by day for 26 weeks, oldest first, beginning on a Monday.
        answers: answers ever given; right: known among them.
        seconds: time spent on answers, where it was measured.
    """

    summary: Summary
    forecast: tuple[tuple[date, int], ...]
    retention: float | None
    asked: int
    items_known: int
    words_known: int
    skills: tuple[SkillCount, ...]
    heat: tuple[tuple[date, int], ...]
    answers: int
    right: int
    seconds: int


@dataclass(frozen=True)
class SessionReport:
    """One session: answers given, right ones, and the ids of items that were not known."""

    answers: int
    right: int
    missed: tuple[str, ...]


def session_report(session: Session, learner: str, session_id: str) -> SessionReport:
    """How one session went, undone answers aside."""
    rows = session.execute(
        select(ReviewRow.right, CardRow.item).join(CardRow, CardRow.id == ReviewRow.card_id)
        .where(
            ReviewRow.learner_id == learner, ReviewRow.session == session_id,
            ReviewRow.undone_at.is_(None),
        ).order_by(ReviewRow.id)
    ).all()
    missed = dict.fromkeys(item for right, item in rows if not right)
    return SessionReport(len(rows), sum(right for right, _ in rows), tuple(missed))


def summary(
    session: Session, learner: str, zone: str, goal: int, now: datetime,
    find: Callable[[str], Item | None], skills: Set[str],
    known_days: dict[date, Day] | None = None,
) -> Summary:
    """Count what the home page shows.

    Cards of phrases that the book has lost are not due, nor are those of other ``skills``.
    """
    today = local_day(now, zone)
    done = days(session, learner) if known_days is None else known_days
    mine = (
        CardRow.learner_id == learner, CardRow.suspended.is_(False), CardRow.reps > 0,
        CardRow.skill.in_(skills),
    )
    waiting = session.execute(
        select(CardRow.item, func.count())
        .where(*mine, CardRow.due <= now).group_by(CardRow.item)
    )
    due = sum(count for item, count in waiting if find(item))
    next_due = session.scalar(
        select(func.min(CardRow.due)).where(*mine, CardRow.due > now)
    )
    begun = session.scalar(
        select(func.count(CardRow.item.distinct()))
        .where(CardRow.learner_id == learner, CardRow.reps > 0)
    )
    return Summary(
        due, begun or 0, done[today].answers if today in done else 0, goal,
        streak(done, today), forgiven(done, today), next_due,
    )


def progress(
    session: Session, learner: str, zone: str, goal: int, now: datetime,
    find: Callable[[str], Item | None], skills: Set[str],
) -> Progress:
    """Count everything the progress page draws; only cards of ``skills`` are ever due."""
    today = local_day(now, zone)
    done = days(session, learner)
    rows = session.execute(
        select(CardRow.item, CardRow.skill, CardRow.state, CardRow.stability, CardRow.due,
               CardRow.suspended, CardRow.reps)
        .where(CardRow.learner_id == learner)
    )
    cards = [row for row in rows if find(row.item)]
    due = Counter(
        max(today, local_day(card.due, zone)) for card in cards
        if card.reps and not card.suspended and card.skill in skills
    )
    known = [
        card for card in cards
        if card.state == State.Review and (card.stability or 0) >= KNOWN_DAYS
    ]
    known_items = {card.item for card in known}
    words = {
        word for item in map(find, known_items) if item for word, _ in item.words
    }
    asked, remembered = session.execute(
        select(func.count(), func.sum(case((ReviewRow.rating > 1, 1), else_=0))).where(
            ReviewRow.learner_id == learner, ReviewRow.undone_at.is_(None),
            ReviewRow.learnt_before.is_(True),
            ReviewRow.reviewed_at >= day_start(today - timedelta(RETENTION_DAYS), zone),
        )
    ).one()
    spent = session.scalar(
        select(func.sum(ReviewRow.duration_ms))
        .where(ReviewRow.learner_id == learner, ReviewRow.undone_at.is_(None))
    )
    first = today - timedelta(days=today.weekday(), weeks=HEAT_WEEKS - 1)
    return Progress(
        summary=summary(session, learner, zone, goal, now, find, skills, done),
        forecast=tuple(
            (day, due[day]) for day in (today + timedelta(n) for n in range(FORECAST_DAYS))
        ),
        retention=int(remembered) / asked if asked else None,
        asked=asked,
        items_known=len(known_items),
        words_known=len(words),
        skills=tuple(
            SkillCount(
                skill, sum(1 for c in cards if c.skill == skill and c.reps) - (
                    count := sum(1 for c in known if c.skill == skill)
                ), count,
            )
            for skill in Skill
        ),
        heat=tuple(
            (day, done[day].answers if day in done else 0)
            for day in (first + timedelta(n) for n in range((today - first).days + 1))
        ),
        answers=sum(day.answers for day in done.values()),
        right=sum(day.right for day in done.values()),
        seconds=int(spent or 0) // 1000,
    )
