"""The tone trainer: graded drills (tones.toml), pitch contours, and grading what was heard."""

from __future__ import annotations

import functools
import random
import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from helper.errors import N_, InvalidInput, NotFound
from helper.mandarin.pinyin import Syllable, readings
from helper.practice.contrast import explain, minimal_pair
from helper.practice.notes import Note, Pair

#: Pitch contours on Chao's scale from 1 (lowest) to 5 (highest): (time 0 to 1, pitch) points.
#: Source: Chao Yuen Ren, "A system of tone letters" (1930), with the low third tone of speech.
CONTOURS: dict[str, tuple[tuple[float, float], ...]] = {
    "1": ((0, 5), (1, 5)),
    "2": ((0, 3), (0.35, 3.1), (1, 5)),
    "3": ((0, 2), (0.4, 1), (0.65, 1.1), (1, 4)),
    "3-low": ((0, 2), (0.5, 1), (1, 1)),
    "4": ((0, 5), (1, 1)),
    "5": ((0.2, 2.6), (0.5, 2.2)),
}


class DrillContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[drill]]`` of tones.toml; rounds are rows of "hanzi pinyin english"."""

    id: str
    title: str
    about: str
    mouth: str
    rounds: list[list[str]]


@dataclass(frozen=True)
class Sample:
    """One thing that can be heard.

    Attributes:
        hanzi, pinyin (dictionary tones), english: what it is.
        spoken: pinyin as spoken, syllables apart.
        tones: spoken tones as CONTOURS keys, "3-low" where a third tone does not come up.
    """

    hanzi: str
    pinyin: str
    english: str
    spoken: str
    tones: tuple[str, ...]


@dataclass(frozen=True)
class Drill:
    """A drill: what to listen for, how to say it, and rounds of two to four samples."""

    id: str
    level: int
    title: str
    about: str
    mouth: str
    rounds: tuple[tuple[Sample, ...], ...]


@dataclass(frozen=True)
class Heard:
    """A round as it is asked: ``answer`` is the place of the sample that is played."""

    drill: str
    number: int
    samples: tuple[Sample, ...]
    answer: int


@dataclass(frozen=True)
class HeardVerdict:
    """Whether the choice was right, what sets the two apart, and a pair to hear again."""

    right: bool
    played: Sample
    chosen: Sample
    notes: tuple[Note, ...]
    pair: Pair | None


def _sample(written: str) -> Sample:
    hanzi, rest = written.split(" ", 1)
    pieces = rest.split(" ")
    marks, english = pieces[: len(hanzi)], pieces[len(hanzi):]
    override = " ".join(marks)
    spoken = [r.syllable for r in readings(hanzi, override, spoken=True) if r.syllable]
    tones = tuple(
        "3-low" if s.tone == 3 and n + 1 < len(spoken) else str(s.tone)
        for n, s in enumerate(spoken)
    )
    return Sample(
        hanzi, override, " ".join(english), " ".join(s.marked for s in spoken), tones
    )


@functools.cache
def drills() -> tuple[Drill, ...]:
    """All drills, easiest first."""
    text = (Path(__file__).parent / "tones.toml").read_text(encoding="utf-8")
    content = msgspec.convert(tomllib.loads(text)["drill"], list[DrillContent])
    return tuple(
        Drill(
            d.id, level, d.title, d.about, d.mouth,
            tuple(tuple(map(_sample, row)) for row in d.rounds),
        )
        for level, d in enumerate(content, 1)
    )


def drill(ident: str) -> Drill:
    """The drill of that id; NotFound for an unknown one."""
    for found in drills():
        if found.id == ident:
            return found
    raise NotFound(N_("There is no drill “%(id)s”."), id=ident)


def ask(ident: str, seed: int, number: int) -> Heard:
    """Round ``number`` (from 0) of a run through a drill; every row comes once before any twice."""
    found = drill(ident)
    source = random.Random(f"{ident}/{seed}/{number // len(found.rounds)}")
    order = list(range(len(found.rounds)))
    source.shuffle(order)
    samples = found.rounds[order[number % len(order)]]
    chosen = random.Random(f"{ident}/{seed}/{number}/answer").randrange(len(samples))
    return Heard(ident, number, samples, chosen)


def grade(heard: Heard, choice: int) -> HeardVerdict:
    """Compare the place chosen with the sample that was played."""
    if not 0 <= choice < len(heard.samples):
        raise InvalidInput(N_("Choose one of the sounds."))
    played, chosen = heard.samples[heard.answer], heard.samples[choice]
    if choice == heard.answer:
        return HeardVerdict(True, played, chosen, (), None)
    for hanzi, mine, theirs in zip(
        played.hanzi, _syllables(played), _syllables(chosen), strict=False
    ):
        if mine != theirs:
            notes = explain(hanzi, mine, theirs)
            return HeardVerdict(False, played, chosen, notes, minimal_pair(hanzi, mine, theirs))
    return HeardVerdict(False, played, chosen, (), None)


def _syllables(sample: Sample) -> list[Syllable]:
    return [r.syllable for r in readings(sample.hanzi, sample.spoken) if r.syllable]
