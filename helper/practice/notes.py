"""What is said back to a learner: sentences to translate later, pairs to hear, verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """One sentence for the learner, translated where it is shown.

    Attributes:
        message: the English sentence with ``%(name)s`` placeholders, marked for the catalogues.
        values: what fills the placeholders.
    """

    message: str
    values: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


@dataclass(frozen=True)
class Pair:
    """Two texts to be heard one after the other: best two hanzi that differ in one thing only.

    Attributes:
        right, right_pinyin: what was asked.
        wrong, wrong_pinyin: what was answered instead.
    """

    right: str
    right_pinyin: str
    wrong: str
    wrong_pinyin: str


@dataclass(frozen=True)
class Sound:
    """The verdict on one syllable.

    Attributes:
        hanzi: the character; expected: its pinyin with a mark.
        given: what was answered, "" where nothing was.
        letters: whether the letters are right.
        tone: "right", "wrong" or "none" (no tone was given).
    """

    hanzi: str
    expected: str
    given: str
    letters: bool
    tone: str


@dataclass(frozen=True)
class Verdict:
    """What an answer was worth.

    Attributes:
        right: whether the thing asked for was known.
        rating: 1 again, 2 hard, 3 good, 4 easy (fsrs.Rating).
        notes: what to know about the difference, most important first.
        pair: a minimal pair to hear, if one shows the difference.
        sounds: verdict by syllable, where syllables were asked.
        expected: the right answer as text; given: the answer as text.
    """

    right: bool
    rating: int
    notes: tuple[Note, ...] = ()
    pair: Pair | None = None
    sounds: tuple[Sound, ...] = ()
    expected: str = ""
    given: str = ""
