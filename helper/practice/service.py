"""The public face of practice: what the web pages, the API and the terminal call.

A learner is a random id; nothing is stored for it before the first answer or setting.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from helper.errors import N_, InvalidInput, NotFound
from helper.mandarin.script import clean
from helper.mandarin.words import Dictionary
from helper.practice import portable, statistics, store, wordlist
from helper.practice.audio import Scripts, audio_name
from helper.practice.audio import script as script_of
from helper.practice.calendar import is_zone
from helper.practice.collection import Collection, checked
from helper.practice.database import Database
from helper.practice.deck import OWN, Deck, Item
from helper.practice.exercises import Question, Skill, askable, by_kind
from helper.practice.models import CardRow, Learner
from helper.practice.session import Asked, Picker, PracticeSession
from helper.practice.statistics import Progress, SessionReport, Summary
from helper.practice.store import Answer, Outcome, new_learner_id
from phrasebook import Phrasebook

_KEY = re.compile(r"[A-Za-z0-9_.:-]{8,80}")
_SESSION = re.compile(r"[A-Za-z0-9_-]{0,64}")
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
    """What became of a pasted list: ids added, and the lines that could not be, as pasted."""

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
        clock: the present moment, aware; for tests.
    """

    def __init__(
        self, book: Phrasebook, database_url: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.deck = Deck(book)
        self.database = Database(database_url)
        self._scripts = Scripts(book)
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

    def guess_zone(self, learner: str, zone: str) -> None:
        """Take over the time zone that a device says it is in, until the learner chooses one.

        A guess that names no zone known here is left aside: nobody typed it, nobody could mend it.
        """
        if zone != "UTC" and is_zone(zone) and self.settings(learner).zone == "UTC":
            self.change_settings(learner, zone=zone)

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
        return Picker(
            session, self.deck, learner, chosen.zone, chosen.new_per_day,
            Collection(session, self.deck, learner).find, self.now(),
        )

    def question(self, learner: str, item: str, kind: str, seed: int) -> Question:
        """The question of that item, kind and seed; NotFound if it cannot be asked."""
        exercise, found = by_kind(kind), self.item(learner, item)
        if not 0 <= seed < _MAX_SEED or not exercise.fits(found):
            raise NotFound(N_("That question cannot be asked."))
        return exercise.ask(found, self.deck, seed)

    def single(self, learner: str, kind: str, item: str = "") -> Question:
        """One question of a kind, about ``item`` or about a phrase that was begun, if any fits.

        NotFound if there is no such kind or the item cannot be asked in that way.
        """
        exercise, seed = by_kind(kind), secrets.randbelow(2**24)
        if item:
            return self.question(learner, item, kind, seed)
        begun = [i for i in self.items(learner, begun=True) if exercise.fits(i)]
        some = begun or [
            found for found in map(self.deck.item, self.deck.ids[:200])
            if found and exercise.fits(found)
        ]
        return exercise.ask(secrets.choice(some), self.deck, seed)

    def answer(self, learner: str, answer: Answer) -> Outcome:
        """Grade an answer, store it and move the card on, in one transaction.

        The same key always gives the first outcome; nothing is counted twice.

        Raises:
            InvalidInput: the key or the answer has an impossible form.
            NotFound: the item or exercise does not exist.
        """
        if not _KEY.fullmatch(answer.key):
            raise InvalidInput(N_("An answer needs a key of 8 to 80 letters and digits."))
        if not _SESSION.fullmatch(answer.session) or not 0 <= (answer.duration_ms or 0) < _MAX_SEED:
            raise InvalidInput(N_("That answer cannot be read."))
        if answer.answered_at and answer.answered_at.tzinfo is None:
            raise InvalidInput(N_("The time of an answer needs a time zone."))
        answer = replace(answer, values=tuple(map(clean, answer.values)))
        question = self.question(learner, answer.item, answer.kind, answer.seed)
        verdict = by_kind(answer.kind).grade(
            question, self.item(learner, answer.item), self.deck, answer.values
        )
        with self.database.writing() as session:
            return store.record(session, learner, answer, question, verdict, self.now())

    def outcome(self, learner: str, key: str) -> Outcome:
        """What the answer with that key led to; NotFound if it never came."""
        with self.database.reading() as session:
            found = store.find_review(session, learner, key) if _KEY.fullmatch(key) else None
            if found is None:
                raise NotFound(N_("There is no such answer."))
            return store.outcome_of(*found, repeated=True)

    def report(self, learner: str, session_id: str) -> SessionReport:
        """How the session with that id went so far."""
        with self.database.reading() as session:
            return statistics.session_report(session, learner, session_id)

    def undo(self, learner: str, key: str = "") -> Outcome | None:
        """Take the last answer back; None if there is none, or if it is not that of ``key``."""
        with self.database.writing() as session:
            return store.undo_last(session, learner, self.now(), key)

    def suspend(self, learner: str, item: str, skill: str = "", *, on: bool = True) -> None:
        """Suspend or resume a card, or all cards of an item; NotFound if there is none.

        A card that was never asked can be suspended too, so that it never will be.
        """
        self.item(learner, item)
        if skill not in {"", *Skill}:
            raise NotFound(N_("There is no such card."))
        with self.database.writing() as session:
            now = self.now()
            if skill and on:
                store.lock_learner(session, learner, now)
                store.add_card(session, learner, item, skill, now)
            store.suspend(session, learner, item, skill, on)

    def suspended(self, learner: str) -> list[CardInfo]:
        """The suspended cards, by item."""
        with self.database.reading() as session:
            find = Collection(session, self.deck, learner).find
            rows = session.scalars(
                select(CardRow)
                .where(CardRow.learner_id == learner, CardRow.suspended.is_(True))
                .order_by(CardRow.item, CardRow.id)
            )
            found = [(find(row.item), row) for row in rows]
            return [
                CardInfo(item, Skill(row.skill), row.due, row.reps)
                for item, row in found if item
            ]

    # what is practised ------------------------------------------------------------------

    def practised(self, learner: str) -> frozenset[str]:
        """Ids of the items that have cards."""
        with self.database.reading() as session:
            return frozenset(session.scalars(
                select(CardRow.item).where(CardRow.learner_id == learner).distinct()
            ))

    def item(self, learner: str, ident: str) -> Item:
        """A phrase or one of the learner's own words; NotFound if there is none."""
        item = self.deck.item(ident)
        if item is None and ident.startswith(OWN):
            with self.database.reading() as session:
                item = Collection(session, self.deck, learner).find(ident)
        if item is None:
            raise NotFound(N_("There is no phrase “%(id)s”."), id=ident)
        return item

    def items(self, learner: str, *, begun: bool = False) -> list[Item]:
        """Own words and phrases, all of them or those that have cards."""
        mine = self.practised(learner) if begun else frozenset()
        with self.database.reading() as session:
            collection = Collection(session, self.deck, learner)
            idents: Sequence[str] = [*collection.idents, *self.deck.ids]
            if begun:
                idents = [ident for ident in idents if ident in mine]
            return [item for item in map(collection.find, idents) if item]

    def add(
        self, learner: str, hanzi: str, pinyin: str = "", english: str = "",
        dictionary: Dictionary | None = None,
    ) -> str:
        """Put a phrase of the book, or any Chinese text, into practice; returns its item id.

        Without English, the first sense of ``dictionary`` is used. Adding twice is adding once.

        Raises:
            InvalidInput: no hanzi, too many of them, or no meaning to be found.
        """
        word = checked(wordlist.Word(hanzi, pinyin, english), self.deck, dictionary)
        with self.database.writing() as session:
            store.lock_learner(session, learner, self.now())
            return Collection(session, self.deck, learner).add(word, self.now())

    def add_phrase(self, learner: str, ident: str) -> str:
        """Put a phrase of the book into practice; NotFound for an unknown id."""
        if ident not in self.deck:
            raise NotFound(N_("There is no phrase “%(id)s”."), id=ident)
        with self.database.writing() as session:
            store.lock_learner(session, learner, self.now())
            store.add_card(session, learner, ident, Skill.MEANING.value, self.now())
        return ident

    def add_list(
        self, learner: str, text: str, dictionary: Dictionary | None = None
    ) -> Added:
        """Put a pasted word list into practice, one word per line; see ``wordlist.parse``."""
        words, unread = wordlist.parse(text)
        items: list[str] = []
        missed = list(unread)
        with self.database.writing() as session:
            store.lock_learner(session, learner, self.now())
            collection = Collection(session, self.deck, learner)
            for word in words:
                try:
                    items.append(collection.add(checked(word, self.deck, dictionary), self.now()))
                except InvalidInput:
                    missed.append(word.line)
        return Added(tuple(dict.fromkeys(items)), tuple(missed))

    def sound(self, learner: str, name: str) -> str:
        """What the voice reads for an ``audio_name`` of the content or of the learner's words.

        Raises NotFound for any other name: the server speaks no text that it does not know.
        """
        script = self._scripts.find(name)
        if script is None and learner:
            with self.database.reading() as session:
                for word in store.own_words(session, learner):
                    if audio_name(word.hanzi) == name:
                        script = script_of(word.hanzi, word.pinyin)
        if not script:
            raise NotFound(N_("There is no such sound."))
        return script

    def own_sounds(self, learner: str) -> list[str]:
        """What the voice reads for each of the learner's own words."""
        with self.database.reading() as session:
            return [
                script_of(word.hanzi, word.pinyin) for word in store.own_words(session, learner)
            ]

    # looking back -----------------------------------------------------------------------

    def summary(self, learner: str, practice: PracticeSession | None = None) -> Summary:
        """What is due, today's goal and the streak.

        Due is what ``practice`` can ask, or without it what the learner's sound setting allows.
        """
        with self.database.reading() as session:
            chosen = _settings(store.get_learner(session, learner))
            return statistics.summary(
                session, learner, chosen.zone, chosen.goal, self.now(),
                Collection(session, self.deck, learner).find,
                practice.skills if practice else askable(silent=not chosen.sound),
            )

    def progress(self, learner: str) -> Progress:
        """Forecast, retention, what is known, heat map."""
        with self.database.reading() as session:
            chosen = _settings(store.get_learner(session, learner))
            return statistics.progress(
                session, learner, chosen.zone, chosen.goal, self.now(),
                Collection(session, self.deck, learner).find,
                askable(silent=not chosen.sound),
            )

    # taking it along --------------------------------------------------------------------

    def save(self, learner: str) -> bytes:
        """The learner's progress as a file; an empty one for whoever has none."""
        with self.database.writing() as session:  # nothing comes in between two queries
            row = store.get_learner(session, learner, lock=True)
            return portable.save(session, row or store.newcomer(learner, self.now()))

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
            mine = None
            if current and current != target:  # locked: an answer may be on its way to it
                mine = store.get_learner(session, current, lock=True)
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
