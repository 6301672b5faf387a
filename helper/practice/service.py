"""The public face of practice: what the web pages, the API and the terminal call.

A learner is a random id; nothing is stored for it before the first answer or setting.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from helper.errors import N_, InvalidInput, NotFound
from helper.mandarin.pinyin import readings
from helper.mandarin.script import clean, has_hanzi, to_simplified
from helper.mandarin.words import Dictionary
from helper.practice import portable, statistics, store, wordlist
from helper.practice.database import Database
from helper.practice.deck import OWN, Deck, Item, own_item
from helper.practice.exercises import Question, Skill, by_kind
from helper.practice.models import CardRow, Learner, OwnWord
from helper.practice.session import Asked, Picker, PracticeSession
from helper.practice.statistics import Progress, Summary
from helper.practice.store import Answer, Outcome, new_learner_id
from phrasebook import Phrasebook

_KEY = re.compile(r"[A-Za-z0-9_.:-]{8,80}")
_MAX_SEED = 2**31
_MAX_OFFLINE = 100


@dataclass(frozen=True)
class LearnerSettings:
    """What a learner can choose; see the Learner table."""

    goal: int = 20
    new_per_day: int = 10
    zone: str = "UTC"
    sound: bool = True


@dataclass(frozen=True)
class Added:
    """What became of a pasted list: ids added, and lines that could not be read."""

    items: tuple[str, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardInfo:
    """A card as a list shows it."""

    item: Item
    skill: Skill
    due: datetime
    reps: int


class PracticeService:
    """Deck, exercises, scheduling and store for one database.

    Args:
        book: the content.
        database_url: SQLAlchemy URL; SQLite or PostgreSQL.
        dictionary: glosses the learner's own words when no English is given.
        clock: the present moment, aware; for tests.
    """

    def __init__(
        self, book: Phrasebook, database_url: str, dictionary: Dictionary | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.deck = Deck(book)
        self.database = Database(database_url)
        self._dictionary = dictionary
        self.now = clock

    # learners ---------------------------------------------------------------------------

    def new_learner(self) -> str:
        """A new random learner id; nothing is stored yet."""
        return new_learner_id()

    def settings(self, learner: str) -> LearnerSettings:
        """The learner's choices, or the defaults."""
        with self.database.reading() as session:
            return _settings(store.get_learner(session, learner))

    def change_settings(self, learner: str, **changes: object) -> LearnerSettings:
        """Change goal, new_per_day, zone or sound; InvalidInput for an impossible value."""
        with self.database.writing() as session:
            row = store.lock_learner(session, learner, self.now())
            store.change_settings(row, changes)
            return _settings(row)

    def delete(self, learner: str) -> None:
        """Delete the learner with every card, review, word and code."""
        with self.database.writing() as session:
            session.execute(delete(Learner).where(Learner.id == learner))

    # practising -------------------------------------------------------------------------

    def start(
        self, minutes: float = 5, situation: str = "", *, silent: bool = False, more: int = 0,
        terminal: bool = False,
    ) -> PracticeSession:
        """Begin a session; NotFound for an unknown situation."""
        if situation and not self.deck.of_situation(situation):
            raise NotFound(N_("There is no situation “%(id)s”."), id=situation)
        if not 0 < minutes <= 120:
            raise InvalidInput(N_("A session lasts from 1 to 120 minutes."))
        return PracticeSession(
            secrets.token_urlsafe(9), self.now(), minutes, situation, silent, more, terminal
        )

    def next_question(self, learner: str, practice: PracticeSession) -> Asked | None:
        """What to ask now; None when the time is over or nothing is left to ask."""
        if self.now() >= practice.ends_at:
            return None
        with self.database.reading() as session:
            return self._picker(session, learner).next(practice)

    def download(self, learner: str, practice: PracticeSession, count: int) -> list[Asked]:
        """Questions for an hour without a network, at most 100."""
        with self.database.reading() as session:
            return self._picker(session, learner).ahead(practice, min(count, _MAX_OFFLINE))

    def _picker(self, session: Session, learner: str) -> Picker:
        row = store.get_learner(session, learner)
        chosen = _settings(row)
        own = {w.ident: w for w in store.own_words(session, learner)}
        return Picker(
            session, self.deck, learner, chosen.zone, chosen.new_per_day,
            lambda ident: self._item(ident, own), self.now(),
        )

    def question(self, learner: str, item: str, kind: str, seed: int) -> Question:
        """The question of that item, kind and seed; NotFound if it cannot be asked."""
        exercise, found = by_kind(kind), self.item(learner, item)
        if not 0 <= seed < _MAX_SEED or not exercise.fits(found):
            raise NotFound(N_("That question cannot be asked."))
        return exercise.ask(found, self.deck, seed)

    def answer(self, learner: str, answer: Answer) -> Outcome:
        """Grade an answer, store it and move the card on, in one transaction.

        The same key always gives the first outcome; nothing is counted twice.

        Raises:
            InvalidInput: the key or the answer has an impossible form.
            NotFound: the item or exercise does not exist.
        """
        if not _KEY.fullmatch(answer.key):
            raise InvalidInput(N_("An answer needs a key of 8 to 80 letters and digits."))
        if len(answer.session) > 64 or not 0 <= (answer.duration_ms or 0) < _MAX_SEED:
            raise InvalidInput(N_("That answer cannot be read."))
        if answer.answered_at and answer.answered_at.tzinfo is None:
            raise InvalidInput(N_("The time of an answer needs a time zone."))
        question = self.question(learner, answer.item, answer.kind, answer.seed)
        verdict = by_kind(answer.kind).grade(
            question, self.item(learner, answer.item), self.deck, answer.values
        )
        with self.database.writing() as session:
            return store.record(session, learner, answer, question, verdict, self.now())

    def outcome(self, learner: str, key: str) -> Outcome:
        """What the answer with that key led to; NotFound if it never came."""
        with self.database.reading() as session:
            found = store.find_review(session, learner, key)
            if found is None:
                raise NotFound(N_("There is no such answer."))
            return store.outcome_of(*found, repeated=True)

    def undo(self, learner: str) -> Outcome | None:
        """Take the last answer back; None if there is none."""
        with self.database.writing() as session:
            return store.undo_last(session, learner, self.now())

    def suspend(self, learner: str, item: str, skill: str = "", *, on: bool = True) -> None:
        """Suspend or resume a card, or all cards of an item; NotFound if there is none."""
        with self.database.writing() as session:
            store.suspend(session, learner, item, skill, on)

    def suspended(self, learner: str) -> list[CardInfo]:
        """The suspended cards, by item."""
        with self.database.reading() as session:
            own = {w.ident: w for w in store.own_words(session, learner)}
            rows = session.scalars(
                select(CardRow)
                .where(CardRow.learner_id == learner, CardRow.suspended.is_(True))
                .order_by(CardRow.item, CardRow.id)
            )
            found = [(self._item(row.item, own), row) for row in rows]
            return [
                CardInfo(item, Skill(row.skill), row.due, row.reps)
                for item, row in found if item
            ]

    # what is practised ------------------------------------------------------------------

    def item(self, learner: str, ident: str) -> Item:
        """A phrase or one of the learner's own words; NotFound if there is none."""
        item = self.deck.item(ident)
        if item is None and ident.startswith(OWN):
            with self.database.reading() as session:
                own = {w.ident: w for w in store.own_words(session, learner)}
            item = self._item(ident, own)
        if item is None:
            raise NotFound(N_("There is no phrase “%(id)s”."), id=ident)
        return item

    def _item(self, ident: str, own: dict[str, OwnWord]) -> Item | None:
        word = own.get(ident)
        if word:
            return own_item(word.ident, word.hanzi, word.pinyin, word.english)
        return self.deck.item(ident)

    def items(self, learner: str, *, begun: bool = False) -> list[Item]:
        """Own words and phrases, all of them or those that have cards."""
        with self.database.reading() as session:
            own = {w.ident: w for w in store.own_words(session, learner)}
            idents: Sequence[str] = [*own, *self.deck.ids]
            if begun:
                mine = set(session.scalars(
                    select(CardRow.item).where(CardRow.learner_id == learner).distinct()
                ))
                idents = [ident for ident in idents if ident in mine]
            return [item for item in (self._item(i, own) for i in idents) if item]

    def add(self, learner: str, hanzi: str, pinyin: str = "", english: str = "") -> str:
        """Put a phrase of the book, or any Chinese text, into practice; returns its item id.

        Without English, the dictionary's first sense is used. Adding twice is adding once.
        """
        word = self._checked(hanzi, pinyin, english)
        with self.database.writing() as session:
            store.lock_learner(session, learner, self.now())
            return self._add(session, learner, word)

    def add_phrase(self, learner: str, ident: str) -> str:
        """Put a phrase of the book into practice; NotFound for an unknown id."""
        if ident not in self.deck:
            raise NotFound(N_("There is no phrase “%(id)s”."), id=ident)
        with self.database.writing() as session:
            store.lock_learner(session, learner, self.now())
            store.add_card(session, learner, ident, Skill.MEANING.value, self.now())
        return ident

    def add_list(self, learner: str, text: str) -> Added:
        """Put a pasted word list into practice, one word per line."""
        words, unread = wordlist.parse(text)
        items: list[str] = []
        missed = list(unread)
        with self.database.writing() as session:
            store.lock_learner(session, learner, self.now())
            for word in words:
                try:
                    checked = self._checked(word.hanzi, word.pinyin, word.english)
                except InvalidInput:
                    missed.append(word.hanzi)
                else:
                    items.append(self._add(session, learner, checked))
        return Added(tuple(dict.fromkeys(items)), tuple(missed))

    def _checked(self, hanzi: str, pinyin: str, english: str) -> wordlist.Word:
        hanzi = to_simplified(clean(hanzi)).strip()
        english, pinyin = clean(english).strip()[:300], clean(pinyin).strip()
        if not has_hanzi(hanzi):
            raise InvalidInput(N_("Write at least one Chinese character."))
        if len(hanzi) > wordlist.MAX_HANZI:
            raise InvalidInput(
                N_("Practise at most %(limit)s characters at once."), limit=wordlist.MAX_HANZI
            )
        try:
            readings(hanzi, pinyin)
        except ValueError:
            pinyin = ""
        if not english and self.deck.find(hanzi) is None:
            senses = self._dictionary.define(hanzi) if self._dictionary else ()
            if not senses:
                raise InvalidInput(
                    N_("Write what %(hanzi)s means: it is not in the dictionary."), hanzi=hanzi
                )
            english = "; ".join(senses[0].definitions[:2])
        return wordlist.Word(hanzi, pinyin, english)

    def _add(self, session: Session, learner: str, word: wordlist.Word) -> str:
        ident = self.deck.find(word.hanzi)
        if ident is None:
            row = session.scalars(select(OwnWord).where(
                OwnWord.learner_id == learner, OwnWord.hanzi == word.hanzi
            )).first()
            if row is None:
                row = OwnWord(
                    learner_id=learner, ident=f"{OWN}{secrets.token_hex(6)}", hanzi=word.hanzi,
                    pinyin=word.pinyin, english=word.english, created_at=self.now(),
                )
                session.add(row)
                session.flush()
            ident = row.ident
        store.add_card(session, learner, ident, Skill.MEANING.value, self.now())
        return ident

    # looking back -----------------------------------------------------------------------

    def summary(self, learner: str) -> Summary:
        """What is due, today's goal and the streak."""
        with self.database.reading() as session:
            chosen = _settings(store.get_learner(session, learner))
            return statistics.summary(session, learner, chosen.zone, chosen.goal, self.now())

    def progress(self, learner: str) -> Progress:
        """Forecast, retention, what is known, heat map."""
        with self.database.reading() as session:
            own = {w.ident: w for w in store.own_words(session, learner)}
            chosen = _settings(store.get_learner(session, learner))
            return statistics.progress(
                session, learner, chosen.zone, chosen.goal, self.now(),
                lambda ident: self._item(ident, own),
            )

    # taking it along --------------------------------------------------------------------

    def save(self, learner: str) -> bytes:
        """The learner's progress as a file."""
        with self.database.writing() as session:
            return portable.save(session, store.lock_learner(session, learner, self.now()))

    def load(self, learner: str, data: bytes) -> int:
        """Add a file's progress; returns how many reviews were new. InvalidInput if unread."""
        saved = portable.read(data)
        with self.database.writing() as session:
            row = store.lock_learner(session, learner, self.now())
            return portable.merge(session, row, saved, self.now())

    def move_code(self, learner: str) -> str:
        """A short code that brings another browser to this learner, once, within 24 hours."""
        with self.database.writing() as session:
            store.lock_learner(session, learner, self.now())
            return portable.make_code(session, learner, self.now())

    def redeem(self, code: str, current: str = "") -> str:
        """The learner id behind a code; what ``current`` had is merged into it, not lost."""
        with self.database.writing() as session:
            target = portable.redeem_code(session, code, self.now())
            mine = store.get_learner(session, current) if current and current != target else None
            if mine:
                saved = portable.read(portable.save(session, mine))
                row = store.lock_learner(session, target, self.now())
                portable.merge(session, row, saved, self.now())
                session.delete(mine)
            return target


def _settings(row: Learner | None) -> LearnerSettings:
    if row is None:
        return LearnerSettings()
    return LearnerSettings(row.goal, row.new_per_day, row.zone, row.sound)
