"""The learner's own words: checking what was typed, and making cards of it."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from helper.errors import N_, InvalidInput
from helper.mandarin.script import clean, has_hanzi, to_simplified
from helper.mandarin.words import Dictionary
from helper.practice import store
from helper.practice.deck import OWN, Deck, Item, own_item
from helper.practice.exercises import Skill
from helper.practice.models import OwnWord
from helper.practice.wordlist import MAX_HANZI, Word, marked_pinyin


class Collection:
    """A learner's own words beside the book's phrases."""

    def __init__(self, session: Session, deck: Deck, learner: str) -> None:
        self._session, self._deck, self._learner = session, deck, learner
        self._own = {word.ident: word for word in store.own_words(session, learner)}

    @property
    def idents(self) -> tuple[str, ...]:
        """Ids of the own words, oldest first."""
        return tuple(self._own)

    def find(self, ident: str) -> Item | None:
        """A phrase or an own word; None if there is none."""
        word = self._own.get(ident)
        if word:
            return own_item(word.ident, word.hanzi, word.pinyin, word.english)
        return self._deck.item(ident)

    def add(self, word: Word, now: datetime) -> str:
        """Queue a card for ``word``; a phrase of the book stays that phrase. Returns its id."""
        ident = self._deck.find(word.hanzi)
        if ident is None:
            row = self._session.scalars(select(OwnWord).where(
                OwnWord.learner_id == self._learner, OwnWord.hanzi == word.hanzi
            )).first()
            if row is None:
                row = OwnWord(
                    learner_id=self._learner, ident=f"{OWN}{secrets.token_hex(6)}",
                    hanzi=word.hanzi, pinyin=word.pinyin, english=word.english, created_at=now,
                )
                self._session.add(row)
                self._session.flush()
            ident = row.ident
        store.add_card(self._session, self._learner, ident, Skill.MEANING.value, now)
        return ident


def practicable(*texts: str) -> str:
    """The first of ``texts`` that can be put into practice; "" if none can."""
    return next(
        (t for t in texts if has_hanzi(t) and len(_cleaned(t)) <= MAX_HANZI), ""
    )


def _cleaned(hanzi: str) -> str:
    return to_simplified(clean(hanzi)).strip()


def checked(word: Word, deck: Deck, dictionary: Dictionary | None) -> Word:
    """The word cleaned, in Simplified characters, with a meaning.

    What is no pinyin of the hanzi is dropped. Without English, the first sense of
    the dictionary is used.

    Raises:
        InvalidInput: no hanzi, too many of them, or no meaning to be found.
    """
    hanzi = _cleaned(word.hanzi)
    english = clean(word.english).strip()[:300]
    if not has_hanzi(hanzi):
        raise InvalidInput(N_("Write at least one Chinese character."))
    if len(hanzi) > MAX_HANZI:
        raise InvalidInput(
            N_("Practise at most %(limit)s characters at once."), limit=MAX_HANZI
        )
    if not english and deck.find(hanzi) is None:
        senses = dictionary.define(hanzi) if dictionary else ()
        if not senses:
            raise InvalidInput(
                N_("Write what %(hanzi)s means: it is not in the dictionary."), hanzi=hanzi
            )
        english = "; ".join(senses[0].definitions[:2])
    return Word(hanzi, marked_pinyin(hanzi, clean(word.pinyin)[:400]), english)
