"""What is asked next: due and new cards mixed, never the same answer pattern twice in a row."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fsrs import State
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from helper.practice.calendar import day_start, local_day
from helper.practice.deck import Deck, Item
from helper.practice.exercises import Exercise, Form, Question, Skill, askable, kinds
from helper.practice.models import CardRow, ReviewRow

NEW_EVERY = 3
"""With cards due, every third question opens something new."""
FIRST_SKILLS = (Skill.MEANING, Skill.LISTENING, Skill.HANZI)
_SEEDS = 12


@dataclass(frozen=True)
class PracticeSession:
    """A stretch of practice; its answers carry its id.

    Attributes:
        id: random.
        started_at: when it began; minutes: how long it lasts.
        situation: only new phrases of this situation, "" for all.
        silent: no exercise that needs sound.
        more: new phrases allowed beyond the day's limit.
        terminal: only exercises that a plain terminal can ask.
    """

    id: str
    started_at: datetime
    minutes: float = 5.0
    situation: str = ""
    silent: bool = False
    more: int = 0
    terminal: bool = False

    @property
    def ends_at(self) -> datetime:
        """When no further question is asked."""
        return self.started_at + timedelta(minutes=self.minutes)

    @property
    def skills(self) -> frozenset[str]:
        """The skills whose cards it can ask."""
        return askable(silent=self.silent, terminal=self.terminal)


@dataclass(frozen=True)
class Asked:
    """A question on its way to the learner.

    Attributes:
        question: what is asked.
        fresh: whether the learner has never been asked about this item: show it first.
        number: how many answers the session had before.
    """

    question: Question
    fresh: bool
    number: int


@dataclass(frozen=True)
class Previous:
    """The question before: kind, item and place of its right option."""

    kind: str = ""
    item: str = ""
    position: int = -1


@dataclass(frozen=True)
class Candidate:
    """A card that could be asked; ``fresh`` if nothing of its item was ever asked."""

    item: str
    skill: Skill
    fresh: bool = False


class Picker:
    """Chooses questions for one learner at one moment.

    Args:
        session: open database session.
        learner: learner id; zone: their time zone; new_per_day: their limit.
        find: the item of an id (phrase or own word), None if it is gone.
    """

    def __init__(
        self, session: Session, deck: Deck, learner: str, zone: str, new_per_day: int,
        find: Callable[[str], Item | None], now: datetime,
    ) -> None:
        self._session, self._deck, self._learner = session, deck, learner
        self._find, self._now = find, now
        self._today = day_start(local_day(now, zone), zone)
        self._new_per_day = new_per_day

    def next(self, practice: PracticeSession) -> Asked | None:
        """The next question of ``practice``; None when there is nothing to ask."""
        number, previous = self._so_far(practice)
        candidates = self._mixed(practice, number)
        return pick(candidates, self._deck, self._find, practice, number, previous)

    def ahead(self, practice: PracticeSession, count: int) -> list[Asked]:
        """Up to ``count`` questions in a row, to be answered without a network."""
        number, previous = self._so_far(practice)
        waiting = list(self._mixed(practice, number))
        asked: list[Asked] = []
        while waiting and len(asked) < count:
            found = pick(waiting, self._deck, self._find, practice, number, previous)
            if found is None:
                break
            question = found.question
            waiting = [
                c for c in waiting if (c.item, c.skill) != (question.item, question.skill)
            ]
            asked.append(found)
            number += 1
            previous = Previous(question.kind, question.item, question.position)
        return asked

    def _so_far(self, practice: PracticeSession) -> tuple[int, Previous]:
        mine = (ReviewRow.learner_id == self._learner, ReviewRow.session == practice.id)
        number = self._session.scalar(select(func.count()).where(*mine)) or 0
        row = self._session.execute(
            select(ReviewRow.kind, CardRow.item, ReviewRow.position)
            .join(CardRow, CardRow.id == ReviewRow.card_id)
            .where(*mine, ReviewRow.undone_at.is_(None))
            .order_by(ReviewRow.id.desc()).limit(1)
        ).first()
        return number, Previous(*row) if row else Previous()

    def _mixed(self, practice: PracticeSession, number: int) -> Iterator[Candidate]:
        due, new = self._cards(practice, CardRow.due <= self._now), self._new(practice, number)
        first, second = (new, due) if number % NEW_EVERY == NEW_EVERY - 1 else (due, new)
        yield from first
        yield from second
        # cards still being learnt that come due before the session ends may come early
        yield from self._cards(
            practice, CardRow.due > self._now, CardRow.due <= practice.ends_at,
            CardRow.state != int(State.Review),
        )

    def _cards(
        self, practice: PracticeSession, *conditions: ColumnElement[bool]
    ) -> Iterator[Candidate]:
        rows = self._session.execute(
            select(CardRow.item, CardRow.skill)
            .where(
                CardRow.learner_id == self._learner, CardRow.suspended.is_(False),
                CardRow.reps > 0, CardRow.skill.in_(practice.skills), *conditions,
            )
            .order_by(CardRow.due, CardRow.id).limit(200)
        ).all()
        for item, skill in rows:
            yield Candidate(item, Skill(skill))

    def _new(self, practice: PracticeSession, number: int) -> Iterator[Candidate]:
        rows = self._session.execute(
            select(
                CardRow.item, CardRow.skill, CardRow.reps, CardRow.state, CardRow.step,
                CardRow.suspended, CardRow.created_at,
            )
            .where(CardRow.learner_id == self._learner).order_by(CardRow.id)
        ).all()
        begun: dict[str, set[str]] = {}
        unlearnt: dict[str, int] = {}
        introduced: set[str] = set()
        skills = practice.skills
        for row in rows:
            if row.item not in begun and row.created_at >= self._today:
                introduced.add(row.item)
            begun.setdefault(row.item, set()).add(row.skill)
            learnt = row.state == State.Review or (row.step or 0) > 0
            waits = not learnt and not row.suspended and row.skill in skills
            unlearnt[row.item] = unlearnt.get(row.item, 0) + waits
        asked = {row.item for row in rows if row.reps > 0}
        for row in rows:
            if row.reps == 0 and not row.suspended:
                yield Candidate(row.item, Skill(row.skill), row.item not in asked)
        # one skill at a time may stay hard; the others go on
        ready = (i for i, n in unlearnt.items() if n == 0 or (n == 1 and len(begun[i]) > 2))
        opened = _next_skills(ready, begun, asked)
        allowed = self._new_per_day + practice.more - len(introduced)
        phrases = self._unknown(practice.situation, begun, max(0, allowed))
        order = (phrases, opened) if number % 2 == 0 else (opened, phrases)
        for group in order:
            yield from group

    def _unknown(
        self, situation: str, begun: dict[str, set[str]], allowed: int
    ) -> Iterator[Candidate]:
        found = 0
        for ident in self._deck.of_situation(situation):
            if found >= allowed:
                return
            if ident not in begun:
                found += 1
                for skill in FIRST_SKILLS:
                    yield Candidate(ident, skill, fresh=True)


def _next_skills(
    items: Iterable[str], begun: dict[str, set[str]], asked: set[str]
) -> Iterator[Candidate]:
    """What can be opened next: the first skills in order, the later ones in turn, by item.

    An item whose only cards were suspended unasked is still fresh.
    """
    later = [skill for skill in Skill if skill not in FIRST_SKILLS]
    for item in items:
        turn = zlib.crc32(item.encode()) % len(later)
        for skill in (*FIRST_SKILLS, *later[turn:], *later[:turn]):
            if skill.value not in begun[item]:
                yield Candidate(item, skill, item not in asked)


def pick(
    candidates: Iterable[Candidate], deck: Deck, find: Callable[[str], Item | None],
    practice: PracticeSession, number: int, previous: Previous,
) -> Asked | None:
    """The first candidate that can be asked without repeating the previous pattern.

    Another kind about another item is best, then another kind about the same item, then the
    same kind with the right option elsewhere. None when only repetitions are left.
    """
    waiting = _Once(candidates)
    wishes: tuple[Callable[[Candidate, Exercise], bool], ...] = (
        lambda c, e: e.kind != previous.kind and c.item != previous.item,
        lambda c, e: e.kind != previous.kind,
        lambda c, e: e.form == Form.CHOICE and c.item != previous.item,
    )
    start = _seed(practice.id, number)
    for wish in wishes:
        for candidate in waiting:
            item = find(candidate.item)
            if item is None:
                continue
            exercises = _possible(candidate, item, practice)
            for n in range(len(exercises)):
                exercise = exercises[(n + number) % len(exercises)]
                if not wish(candidate, exercise):
                    continue
                question = _ask(exercise, item, deck, start, previous)
                if question:
                    return Asked(question, candidate.fresh, number)
    return None


class _Once:
    """Candidates that are looked for only as far as they are needed, and then kept."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._rest, self._kept = iter(candidates), list[Candidate]()

    def __iter__(self) -> Iterator[Candidate]:
        yield from self._kept
        for candidate in self._rest:
            self._kept.append(candidate)
            yield candidate


def _possible(
    candidate: Candidate, item: Item, practice: PracticeSession
) -> tuple[Exercise, ...]:
    return tuple(
        exercise for exercise in kinds(silent=practice.silent, terminal=practice.terminal)
        if exercise.skill == candidate.skill and exercise.fits(item)
    )


def _ask(
    exercise: Exercise, item: Item, deck: Deck, start: int, previous: Previous
) -> Question | None:
    for seed in range(start, start + _SEEDS):
        question = exercise.ask(item, deck, seed)
        if question.position < 0 or question.position != previous.position:
            return question
    return None


def _seed(session: str, number: int) -> int:
    """A seed that a reload of the page finds again."""
    digest = hashlib.sha256(f"{session}/{number}".encode()).digest()
    return int.from_bytes(digest[:3], "big")
