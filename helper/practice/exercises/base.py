"""What every kind of exercise has in common: skills, questions, options and the registry."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from fsrs import Rating

from helper.errors import N_, InvalidInput, NotFound
from helper.practice.contrast import explain, minimal_pair
from helper.practice.deck import Deck, Item, alike, bare
from helper.practice.notes import Note, Pair, Verdict


class Skill(StrEnum):
    """What a card remembers about an item, in the order in which skills are opened."""

    MEANING = "meaning"
    LISTENING = "listening"
    HANZI = "hanzi"
    PINYIN = "pinyin"
    BUILDING = "building"
    TONES = "tones"
    SPEAKING = "speaking"
    REPLYING = "replying"


class Form(StrEnum):
    """How an exercise is answered, whatever it asks."""

    CHOICE = "choice"
    TYPED = "typed"
    TONES = "tones"
    ORDER = "order"
    SELF = "self"


@dataclass(frozen=True)
class Option:
    """One thing to choose or to place.

    Attributes:
        value: what is answered when it is chosen.
        hanzi, pinyin, english: what is shown of it; "" is not shown.
    """

    value: str
    hanzi: str = ""
    pinyin: str = ""
    english: str = ""


@dataclass(frozen=True)
class Question:
    """One exercise as it is asked; the same item, kind and seed always make the same one.

    Attributes:
        kind, form, skill: which exercise it is.
        item: id of the item it asks about.
        seed: what its random choices came from.
        instruction: what to do, one sentence, marked for translation.
        hanzi, pinyin, english: the prompt; "" is not shown.
        audio: Chinese text to be heard, "" if none.
        options: what can be chosen (CHOICE) or placed (ORDER).
        syllables: toneless syllables to be given a tone (TONES).
        expected: the right answer; several values where several are placed.
        position: place of the right option from 0, or -1.
    """

    kind: str
    form: Form
    skill: Skill
    item: str
    seed: int
    instruction: str
    hanzi: str = ""
    pinyin: str = ""
    english: str = ""
    audio: str = ""
    options: tuple[Option, ...] = ()
    syllables: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    position: int = -1

    @property
    def pattern(self) -> str:
        """What must not come twice in a row: the kind and where the right option stands."""
        return f"{self.kind}:{self.position}"


class Exercise(Protocol):
    """A kind of exercise.

    Attributes:
        kind: its slug; title: its name, marked for translation; form: how it is answered.
        skill: which card it reviews.
        sound: whether it needs to be heard; terminal: whether a plain terminal can ask it.
    """

    kind: str
    title: str
    form: Form
    skill: Skill
    sound: bool
    terminal: bool

    def fits(self, item: Item) -> bool:
        """Whether the item can be asked in this way."""

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """The question for ``item``; equal arguments give equal questions."""

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """What ``answer`` (the values given) was worth."""


_EXERCISES: dict[str, Exercise] = {}
E = TypeVar("E", bound=Callable[[], Exercise])


def register(kind: E) -> E:
    """Class decorator: make an exercise known under its ``kind``."""
    exercise = kind()
    _EXERCISES[exercise.kind] = exercise
    return kind


def kinds(*, silent: bool = False, terminal: bool = False) -> tuple[Exercise, ...]:
    """Every exercise, in the order of their skills.

    Args:
        silent: only those that need no sound.
        terminal: only those that a plain terminal can ask.
    """
    order = list(Skill)
    found = (
        e for e in _EXERCISES.values()
        if not (silent and e.sound) and not (terminal and not e.terminal)
    )
    return tuple(sorted(found, key=lambda e: (order.index(e.skill), e.kind)))


def by_kind(kind: str) -> Exercise:
    """The exercise of that slug; raises NotFound for an unknown one."""
    try:
        return _EXERCISES[kind]
    except KeyError:
        raise NotFound(N_("There is no exercise “%(kind)s”."), kind=kind) from None


def askable(*, silent: bool = False, terminal: bool = False) -> frozenset[str]:
    """The skills that have an exercise among such ``kinds``."""
    return frozenset(e.skill.value for e in kinds(silent=silent, terminal=terminal))


def dice(item: Item, kind: str, seed: int) -> random.Random:
    """The random source of one question."""
    return random.Random(f"{item.id}/{kind}/{seed}")


def distractors(item: Item, deck: Deck, source: random.Random, count: int = 3) -> list[Item]:
    """Other phrases to mix with ``item``: told apart by meaning and writing, near in length."""
    near = list(deck.of_situation(item.situation)) if item.situation in _titles(deck) else []
    far = list(deck.ids)
    pool = source.sample(near, min(12, len(near))) + source.sample(far, min(24, len(far)))
    chosen: list[Item] = []
    found = (deck.item(ident) for ident in dict.fromkeys(pool) if ident != item.id)
    for other in sorted(
        (entry for entry in found if entry), key=lambda e: abs(e.length - item.length)
    ):
        if all(_apart(other, taken) for taken in (item, *chosen)):
            chosen.append(other)
        if len(chosen) == count:
            break
    return chosen


def _titles(deck: Deck) -> frozenset[str]:
    return frozenset(situation.id for situation in deck.situations)


def _apart(one: Item, other: Item) -> bool:
    mine, theirs = set(bare(one.hanzi)), set(bare(other.hanzi))
    written = len(mine & theirs) / (len(mine | theirs) or 1)
    return written < 0.6 and alike(one.english, other.english) < 0.4


def shuffled(
    right: Option, others: Iterable[Option], source: random.Random
) -> tuple[tuple[Option, ...], int]:
    """The options in random order and the place of the right one."""
    options = [right, *others]
    source.shuffle(options)
    return tuple(options), options.index(right)


_CHOSE = N_("You chose %(hanzi)s (%(pinyin)s), which means “%(english)s”.")
_IS = N_("%(hanzi)s (%(pinyin)s) means “%(english)s”.")


def chosen_item(question: Question, item: Item, deck: Deck, answer: Sequence[str]) -> Verdict:
    """The verdict on an answer that is the id of an item among the options."""
    value = only(answer)
    if value == item.id:
        return Verdict(True, int(Rating.Good), expected=item.hanzi, given=item.hanzi)
    meaning = Note(_IS, {"hanzi": item.hanzi, "pinyin": item.pinyin, "english": item.english})
    other = deck.item(value) if value else None
    if other is None:
        return Verdict(False, int(Rating.Again), (meaning,), expected=item.hanzi)
    chose = Note(_CHOSE, {
        "hanzi": other.hanzi, "pinyin": other.pinyin, "english": other.english,
    })
    notes, pair = _difference(item, other)
    if question.skill == Skill.LISTENING:
        pair = pair or Pair(item.hanzi, item.pinyin, other.hanzi, other.pinyin)
    return Verdict(
        False, int(Rating.Again), (chose, meaning, *notes), pair, expected=item.hanzi,
        given=other.hanzi,
    )


def _difference(item: Item, other: Item) -> tuple[tuple[Note, ...], Pair | None]:
    """Where two equally long items first sound different, if only little does."""
    mine, theirs = item.syllables, other.syllables
    if len(mine) != len(theirs):
        return (), None
    differing = [n for n in range(len(mine)) if mine[n][1] != theirs[n][1]]
    if not differing or len(differing) > max(1, len(mine) // 3):
        return (), None
    n = differing[0]
    hanzi, syllable = mine[n]
    return explain(hanzi, syllable, theirs[n][1]), minimal_pair(hanzi, syllable, theirs[n][1])


def only(answer: Sequence[str]) -> str:
    """The one value of an answer, "" for none; raises InvalidInput for several or a long one."""
    if len(answer) > 1 or any(len(value) > 500 for value in answer):
        raise InvalidInput(N_("Give one answer."))
    return answer[0].strip() if answer else ""


SELF_RATINGS = {"1": Rating.Again, "2": Rating.Hard, "3": Rating.Good, "4": Rating.Easy}
SELF_OPTIONS = (
    Option("1", english=N_("Again")), Option("2", english=N_("Hard")),
    Option("3", english=N_("Good")), Option("4", english=N_("Easy")),
)


def self_graded(item: Item, answer: Sequence[str]) -> Verdict:
    """The verdict of learners on themselves: "1" again to "4" easy; nothing means again."""
    value = only(answer) or "1"
    if value not in SELF_RATINGS:
        raise InvalidInput(N_("Say again, hard, good or easy."))
    rating = SELF_RATINGS[value]
    return Verdict(
        rating != Rating.Again, int(rating), expected=item.hanzi, given=SELF_OPTIONS[
            int(value) - 1].english,
    )
