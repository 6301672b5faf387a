"""The tables of the practice store: learners, their cards, their reviews, their own words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always in UTC and always aware, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite stores the UTC wall clock."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Back to an aware moment in UTC (fsrs insists on ``timezone.utc`` itself)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of the tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)


class Learner(Base):
    """Somebody who practises; there is no account, only a random id.

    Attributes:
        id: random, unguessable; kept in a signed cookie.
        goal: answers a day that the learner wants to give.
        new_per_day: how many phrases are introduced in a day at most.
        zone: IANA time zone in which the learner's days begin.
        sound: whether listening and speaking exercises are asked.
        created_at: when the first thing was stored.
    """

    __tablename__ = "learner"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    goal: Mapped[int] = mapped_column(Integer, default=20)
    new_per_day: Mapped[int] = mapped_column(Integer, default=10)
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    sound: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OwnWord(Base):
    """A word or sentence that the learner added ("add to practice", a pasted list).

    Attributes:
        ident: the item id of its cards, "own.<random>".
        hanzi, pinyin, english: what it says; pinyin has tone marks, syllables apart.
    """

    __tablename__ = "own_word"
    __table_args__ = (
        UniqueConstraint("learner_id", "hanzi", name="uq_own_word_hanzi"),
        UniqueConstraint("learner_id", "ident", name="uq_own_word_ident"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id", ondelete="CASCADE"))
    ident: Mapped[str] = mapped_column(String(64))
    hanzi: Mapped[str] = mapped_column(String(200))
    pinyin: Mapped[str] = mapped_column(Text)
    english: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CardRow(Base):
    """One thing to remember: an item and a skill, with fsrs's state of it.

    Attributes:
        item: phrase id or OwnWord.ident.
        skill: a value of ``helper.practice.exercises.Skill``.
        state: fsrs.State as a number.
        step, stability, difficulty, due, last_review: as in fsrs.Card.
        reps: reviews so far; 0 means queued and never asked.
        lapses: how often it was forgotten after it had been learnt.
        suspended: never asked until resumed.
    """

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("learner_id", "item", "skill", name="uq_card_skill"),
        Index("ix_card_due", "learner_id", "suspended", "due"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(120))
    skill: Mapped[str] = mapped_column(String(20))
    state: Mapped[int] = mapped_column(Integer, default=1)
    step: Mapped[int | None] = mapped_column(Integer)
    stability: Mapped[float | None] = mapped_column(Double)
    difficulty: Mapped[float | None] = mapped_column(Double)
    due: Mapped[datetime] = mapped_column(UtcDateTime)
    last_review: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reps: Mapped[int] = mapped_column(Integer, default=0)
    lapses: Mapped[int] = mapped_column(Integer, default=0)
    suspended: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReviewRow(Base):
    """One answer, once: a retry with the same key finds this row.

    Attributes:
        key: idempotency key, unique for the learner, chosen by whoever asks.
        kind, seed, position: the exercise that was asked; position of the right option or -1.
        answer: what was answered, as JSON.
        rating: fsrs.Rating as a number; right: whether it counted as known.
        reviewed_at: when it was answered; day: the same in the learner's time zone.
        goal: the daily goal in force then.
        duration_ms: how long it took, where known.
        session: the session it belonged to.
        learnt_before: whether the card was in fsrs's Review state when it was asked.
        outcome: the verdict that was shown, as JSON.
        undone_at: when it was taken back; such a row counts for nothing but its key.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("learner_id", "key", name="uq_review_key"),
        Index("ix_review_day", "learner_id", "day"),
        Index("ix_review_card", "card_id"),
        Index("ix_review_session", "learner_id", "session"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id", ondelete="CASCADE"))
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(30))
    seed: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, default=-1)
    answer: Mapped[str] = mapped_column(Text)
    rating: Mapped[int] = mapped_column(Integer)
    right: Mapped[bool] = mapped_column(Boolean)
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date] = mapped_column(Date)
    goal: Mapped[int] = mapped_column(Integer)
    duration_ms: Mapped[int | None] = mapped_column(Integer)
    session: Mapped[str] = mapped_column(String(64), default="")
    learnt_before: Mapped[bool] = mapped_column(Boolean, default=False)
    outcome: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MoveCode(Base):
    """A short code that lets another browser take over a learner's progress, once.

    Attributes:
        digest: SHA-256 of the code; the code itself is not stored.
        expires_at: after this the code is worthless.
    """

    __tablename__ = "move_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
