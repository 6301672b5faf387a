"""Taking progress along: as a file, or by a short code that another browser redeems once."""

from __future__ import annotations

import gzip
import hashlib
import secrets
import zlib
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from helper.errors import N_, InvalidInput, NotFound
from helper.mandarin.script import has_hanzi
from helper.practice.exercises import Skill
from helper.practice.models import CardRow, Learner, MoveCode, OwnWord, ReviewRow
from helper.practice.store import MAX_GOAL, add_card, change_settings, replay_card
from helper.practice.wordlist import MAX_HANZI, marked_pinyin

MAX_BYTES = 50_000_000
CODE_LIFE = timedelta(hours=24)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class SavedReview(msgspec.Struct, frozen=True, array_like=True):
    """One counting review; fields as in ReviewRow."""

    key: str
    kind: str
    seed: int
    position: int
    rating: int
    right: bool
    reviewed_at: datetime
    day: str
    goal: int
    duration_ms: int | None
    session: str
    learnt_before: bool


class SavedCard(msgspec.Struct, frozen=True):
    """One card with its whole history."""

    item: str
    skill: Skill
    suspended: bool
    created_at: datetime
    reviews: list[SavedReview]


class SavedWord(msgspec.Struct, frozen=True):
    """One of the learner's own words."""

    ident: str
    hanzi: str
    pinyin: str
    english: str
    created_at: datetime


class SavedProgress(msgspec.Struct, frozen=True):
    """The content of a progress file."""

    format: Literal["rednote-helper progress"]
    version: Literal[1]
    goal: int
    new_per_day: int
    zone: str
    sound: bool
    words: list[SavedWord]
    cards: list[SavedCard]


def save(session: Session, learner: Learner) -> bytes:
    """Everything about a learner as a compressed file."""
    reviews: dict[int, list[SavedReview]] = {}
    for row in session.scalars(
        select(ReviewRow)
        .where(ReviewRow.learner_id == learner.id, ReviewRow.undone_at.is_(None))
        .order_by(ReviewRow.id)
    ):
        reviews.setdefault(row.card_id, []).append(SavedReview(
            row.key, row.kind, row.seed, row.position, row.rating, row.right, row.reviewed_at,
            row.day.isoformat(), row.goal, row.duration_ms, row.session, row.learnt_before,
        ))
    cards = session.scalars(
        select(CardRow).where(CardRow.learner_id == learner.id).order_by(CardRow.id)
    )
    words = session.scalars(
        select(OwnWord).where(OwnWord.learner_id == learner.id).order_by(OwnWord.id)
    )
    saved = SavedProgress(
        "rednote-helper progress", 1,
        learner.goal, learner.new_per_day, learner.zone, learner.sound,
        [SavedWord(w.ident, w.hanzi, w.pinyin, w.english, w.created_at) for w in words],
        [
            SavedCard(c.item, Skill(c.skill), c.suspended, c.created_at, reviews.get(c.id, []))
            for c in cards
        ],
    )
    return gzip.compress(msgspec.json.encode(saved), mtime=0)


def read(data: bytes) -> SavedProgress:
    """Understand a progress file; raises InvalidInput for anything else."""
    problem = InvalidInput(N_("That is not a progress file of RedNote Helper."))
    try:
        unpacker = zlib.decompressobj(wbits=31)
        text = unpacker.decompress(data, MAX_BYTES) if data[:2] == b"\x1f\x8b" else data
        saved = msgspec.json.decode(text, type=SavedProgress)
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError):
        raise problem from None
    if rb"\u0000" in text:  # PostgreSQL keeps no such character
        raise problem
    for word in saved.words:
        if not (0 < len(word.hanzi) <= MAX_HANZI and 0 < len(word.ident) <= 64) or (
            not has_hanzi(word.hanzi) or word.created_at.tzinfo is None
        ):
            raise problem
    for card in saved.cards:
        if len(card.item) > 120 or card.created_at.tzinfo is None:
            raise problem
        if not all(map(_plausible, card.reviews)):
            raise problem
    return saved


def _plausible(review: SavedReview) -> bool:
    """Whether every field of a review has a value that practice can have written."""
    return (
        1 <= review.rating <= 4
        and 0 <= review.seed < 2**31
        and 0 <= (review.duration_ms or 0) < 2**31
        and -1 <= review.position < 100
        and 0 < review.goal <= MAX_GOAL
        and 0 < len(review.key) <= 80
        and len(review.kind) <= 30
        and len(review.session) <= 64
        and review.reviewed_at.tzinfo is not None
    )


def merge(session: Session, learner: Learner, saved: SavedProgress, now: datetime) -> int:
    """Add a file's progress to the learner's own; each review counts once.

    Cards that gain reviews are scheduled anew from their joint history, so that the order in
    which devices meet makes no difference.

    Returns:
        How many reviews were new.
    """
    fresh = session.scalar(select(CardRow.id).where(CardRow.learner_id == learner.id)) is None
    if fresh:
        change_settings(learner, {
            "goal": saved.goal, "new_per_day": saved.new_per_day, "zone": saved.zone,
            "sound": saved.sound,
        })
    renamed = _merge_words(session, learner, saved)
    known = set(session.scalars(
        select(ReviewRow.key).where(ReviewRow.learner_id == learner.id)
    ))
    added = 0
    for saved_card in saved.cards:
        item = renamed.get(saved_card.item, saved_card.item)
        card = add_card(session, learner.id, item, saved_card.skill.value, now)
        card.created_at = min(card.created_at, saved_card.created_at)
        card.suspended = card.suspended or saved_card.suspended
        new = [review for review in saved_card.reviews if review.key not in known]
        known.update(review.key for review in new)
        session.add_all(_row(learner.id, card.id, review, now) for review in new)
        if new:
            session.flush()
            replay_card(session, card)
        added += len(new)
    return added


def _merge_words(
    session: Session, learner: Learner, saved: SavedProgress
) -> dict[str, str]:
    """Add the words that are missing; returns what the file's other idents are called here."""
    mine = {
        word.hanzi: word.ident for word in session.scalars(
            select(OwnWord).where(OwnWord.learner_id == learner.id)
        )
    }
    renamed = {}
    for word in saved.words:
        if word.hanzi in mine:
            renamed[word.ident] = mine[word.hanzi]
            continue
        mine[word.hanzi] = word.ident
        session.add(OwnWord(
            learner_id=learner.id, ident=word.ident, hanzi=word.hanzi,
            pinyin=marked_pinyin(word.hanzi, word.pinyin[:400]), english=word.english[:300],
            created_at=word.created_at,
        ))
    session.flush()
    return renamed


def _row(learner: str, card: int, saved: SavedReview, now: datetime) -> ReviewRow:
    try:
        day = datetime.fromisoformat(saved.day).date()
    except ValueError:
        day = saved.reviewed_at.date()
    return ReviewRow(
        learner_id=learner, card_id=card, key=saved.key, kind=saved.kind, seed=saved.seed,
        position=saved.position, answer="[]", rating=saved.rating, right=saved.right,
        reviewed_at=min(saved.reviewed_at, now), day=day, goal=saved.goal,
        duration_ms=saved.duration_ms, session=saved.session,
        learnt_before=saved.learnt_before, outcome="",
    )


def make_code(session: Session, learner: str, now: datetime) -> str:
    """A short code ("7Q4K-M2XD") for this learner, good once within 24 hours."""
    session.execute(delete(MoveCode).where(
        (MoveCode.expires_at < now) | (MoveCode.learner_id == learner)
    ))
    code = "".join(secrets.choice(_LETTERS) for _ in range(8))
    session.add(MoveCode(digest=_digest(code), learner_id=learner, expires_at=now + CODE_LIFE))
    return f"{code[:4]}-{code[4:]}"


def redeem_code(session: Session, code: str, now: datetime) -> str:
    """The learner id behind a code, which is then used up; NotFound for any other code."""
    row = session.get(MoveCode, _digest(code))
    if row is None or row.expires_at < now:
        raise NotFound(N_("That code is unknown or no longer valid; make a new one."))
    session.delete(row)
    return row.learner_id


def _digest(code: str) -> str:
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
