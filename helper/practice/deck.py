"""What can be practised: the book's phrases and the learner's own words, as one kind of item."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helper.mandarin.pinyin import Syllable, pinyin, readings
from helper.mandarin.script import has_latin, is_hanzi
from phrasebook import Phrasebook
from phrasebook.types import Phrase, Situation

OWN = "own."
_FILLER = frozenset({
    "a", "an", "the", "i", "i'm", "you", "your", "my", "me", "we", "it", "it's", "is", "are",
    "am", "be", "to", "of", "in", "on", "at", "for", "and", "so", "do", "does", "did", "have",
    "has", "this", "that", "very", "too", "really",
})



@dataclass(frozen=True)
class Comment:
    """Something that was said and the phrase that fits as an answer.

    Attributes:
        hanzi, english: the comment.
        reply, reply_english: the fitting phrase.
    """

    hanzi: str
    english: str
    reply: str
    reply_english: str


@dataclass(frozen=True)
class Item:
    """One thing to practise.

    Attributes:
        id: phrase id, or "own.…" for the learner's own words.
        hanzi, english: what it says.
        pinyin: dictionary tones; spoken: tones as they are spoken (sandhi).
        words: (hanzi word, gloss) in order.
        situation: id of its situation, "" for own words.
        register: as in Phrase, "" for own words.
        speaker: "you" or "them".
        when: when to use it; mistake: a common mistake; either may be "".
        comment: what it answers, or its own usual answer; None if neither is known.
    """

    id: str
    hanzi: str
    english: str
    pinyin: str
    spoken: str
    words: tuple[tuple[str, str], ...]
    situation: str = ""
    register: str = ""
    speaker: str = "you"
    when: str = ""
    mistake: str = ""
    comment: Comment | None = None

    @functools.cached_property
    def syllables(self) -> tuple[tuple[str, Syllable], ...]:
        """Each hanzi with its dictionary syllable."""
        marks = [part for part in self.pinyin.split() if re.search(r"\w", part)]
        return _syllables(self.hanzi, marks)

    @functools.cached_property
    def spoken_syllables(self) -> tuple[tuple[str, Syllable], ...]:
        """Each hanzi with its syllable as spoken."""
        marks = [part for part in self.spoken.split() if re.search(r"\w", part)]
        return _syllables(self.hanzi, marks)

    @property
    def length(self) -> int:
        """Number of hanzi."""
        return sum(map(is_hanzi, self.hanzi))

    @property
    def pure(self) -> bool:
        """Whether every sound of it is a hanzi: no Latin letters or digits."""
        return not has_latin(self.hanzi) and not re.search(r"\d", self.hanzi)


def _syllables(hanzi: str, marks: list[str]) -> tuple[tuple[str, Syllable], ...]:
    """Pair hanzi with syllables; other runs (Latin, digits) stand in ``marks`` as they are."""
    own = [re.sub(r"[^\w]", "", mark) for mark in marks]
    characters = [c for c in hanzi if is_hanzi(c)]
    others = set(re.findall(r"[^\W_]+", "".join(" " if is_hanzi(c) else c for c in hanzi)))
    kept = [mark for mark in own if mark not in others] if others else own
    override = " ".join(kept if len(kept) == len(characters) else ())
    text = "".join(characters) if override else hanzi
    return tuple(
        (r.text, r.syllable) for r in readings(text, override) if r.syllable is not None
    )


def own_item(ident: str, hanzi: str, reading: str, english: str) -> Item:
    """An item made of a learner's own word; ``reading`` has one syllable per hanzi or is ""."""
    try:
        spoken = pinyin(hanzi, reading, spoken=True)
    except ValueError:
        reading, spoken = "", pinyin(hanzi, spoken=True)
    return Item(
        ident, hanzi, english, pinyin(hanzi, reading), spoken,
        ((re.sub(r"[^\w]", "", hanzi), english),),
    )


def _phrase_item(phrase: Phrase, comment: Comment | None) -> Item:
    return Item(
        phrase.id, phrase.hanzi, phrase.english,
        pinyin(phrase.hanzi, phrase.pinyin), pinyin(phrase.hanzi, phrase.pinyin, spoken=True),
        tuple(phrase.words), phrase.situation, phrase.register, phrase.speaker,
        phrase.when, phrase.mistake, comment,
    )


class Deck:
    """All items of the book by id and by situation, in the order in which they are taught."""

    def __init__(self, book: Phrasebook) -> None:
        self.situations: tuple[Situation, ...] = book.situations
        order = {situation.id: n for n, situation in enumerate(book.situations)}
        self._phrases: Mapping[str, Phrase] = {
            phrase.id: phrase
            for phrase in sorted(book.phrases, key=lambda p: order.get(p.situation, len(order)))
        }
        self._comments = _comments(book.situations, self._phrases)
        self._by_hanzi = {bare(phrase.hanzi): phrase.id for phrase in self._phrases.values()}

    @functools.cached_property
    def ids(self) -> tuple[str, ...]:
        """Phrase ids in the order in which they are taught."""
        return tuple(self._phrases)

    def of_situation(self, situation: str) -> tuple[str, ...]:
        """Phrase ids of one situation, or all of them for ""."""
        if not situation:
            return self.ids
        return tuple(i for i, p in self._phrases.items() if p.situation == situation)

    def __contains__(self, ident: object) -> bool:
        return ident in self._phrases

    @functools.lru_cache(maxsize=4096)  # noqa: B019  one Deck per process
    def item(self, ident: str) -> Item | None:
        """The item of a phrase id; None if there is no such phrase (any more)."""
        phrase = self._phrases.get(ident)
        return _phrase_item(phrase, self._comments.get(ident)) if phrase else None

    def find(self, hanzi: str) -> str | None:
        """The id of the phrase that says exactly ``hanzi``, punctuation aside."""
        return self._by_hanzi.get(bare(hanzi))

    @functools.cached_property
    def _replies(self) -> dict[str, str]:
        return {c.reply: c.reply_english for c in self._comments.values()}

    def reply_english(self, reply: str) -> str:
        """What a known reply says in English; "" for any other text."""
        return self._replies.get(reply, "")


def _comments(
    situations: Iterable[Situation], phrases: Mapping[str, Phrase]
) -> dict[str, Comment]:
    """Which comment each phrase answers, and for "them" phrases how one answers them."""
    found: dict[str, Comment] = {}
    for situation in situations:
        for asked, answered in zip(situation.turns, situation.turns[1:], strict=False):
            phrase = phrases.get(answered.phrase)
            if asked.speaker == "them" and answered.speaker == "you" and phrase:
                found.setdefault(
                    phrase.id,
                    Comment(asked.hanzi, asked.english, phrase.hanzi, phrase.english),
                )
    for phrase in phrases.values():
        if phrase.speaker == "them" and phrase.answer and phrase.id not in found:
            found[phrase.id] = Comment(
                phrase.hanzi, phrase.english, phrase.answer, phrase.answer_english
            )
    return found


def bare(hanzi: str) -> str:
    """``hanzi`` without punctuation and spaces, lower case, for comparing."""
    return re.sub(r"[\W_]+", "", hanzi).lower()


def alike(one: str, other: str) -> float:
    """How much two English wordings share, 0 to 1 (Jaccard over their telling words)."""
    first, second = _telling(one), _telling(other)
    return len(first & second) / (len(first | second) or 1)


def _telling(english: str) -> frozenset[str]:
    words = re.findall(r"[a-z']+", english.lower().replace("’", "'"))
    return frozenset(word for word in words if word not in _FILLER) or frozenset(words)
