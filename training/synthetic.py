"""Better data from the model itself: stages `backtranslate` and `distil`.

Both write ``pairs/synthetic.tsv``, whose lines `epochs` uses in one direction only: a source
``bt-zh`` or ``kd-zh`` means that the Chinese side is the target.

*Back-translation*: a line that a person wrote in the target language, its other side made by the
model. Lines are ranked by how much of them survives the round trip, and the better part is kept.

*Distillation*: the sources of our training pairs, translated by each of the last checkpoints;
of all their hypotheses that one is kept on which they, and the reference, agree most (the highest
mean chrF to the others: minimum Bayes risk). The ensemble's consensus is easier to learn for a
small model than what people wrote, and less noisy than one checkpoint's best.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sacrebleu.metrics.chrf import CHRF

from training.cleaning import fault, hanzi, repair_chinese, repair_english, words
from training.decode import Decoder
from training.package import file_name
from training.prepare import clear_of_held_out, load_pairs
from training.progress import Reporter
from training.readers import Line

_CHRF = CHRF()


def likeness(one: str, other: str) -> float:
    """chrF of two lines, 0 to 100."""
    return float(_CHRF.sentence_score(one, [other]).score)


def language_of(text: str) -> str:
    """``zh`` if a line has any hanzi, else ``en``."""
    return "zh" if hanzi(text) else "en"


def toml_lines(folder: Path) -> Iterator[str]:
    """Every string of some length in the .toml files under a folder: phrases, explanations."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield from (line.strip() for line in value.splitlines())
        elif isinstance(value, dict):
            for inner in value.values():
                yield from strings(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from strings(inner)

    for path in sorted(folder.rglob("*.toml")):
        for text in strings(tomllib.loads(path.read_text("utf-8"))):
            if usable(text):
                yield text


def usable(text: str) -> bool:
    """Whether a line is a sentence of one language that is worth back-translating."""
    if language_of(text) == "zh":
        latin = sum(c.isascii() and c.isalpha() for c in text)
        return 4 <= hanzi(text) <= 120 and latin <= hanzi(text)
    return 3 <= words(text) <= 60 and text.isprintable() and " " in text


def monolingual(paths: Iterable[Path]) -> list[str]:
    """Distinct usable lines of text files (one sentence a line) and of folders of TOML, repaired,
    in order."""
    found: dict[str, None] = {}
    for path in paths:
        lines: Iterable[str]
        if path.is_dir():
            lines = toml_lines(path)
        else:
            lines = (line.strip() for line in path.read_text("utf-8").splitlines())
        for line in lines:
            if usable(line):
                repair = repair_chinese if language_of(line) == "zh" else repair_english
                found[repair(line)] = None
    return list(found)


@dataclasses.dataclass(frozen=True, slots=True)
class RoundTrip:
    """A line, what the model made of it, and how much came back.

    Attributes:
        text: What a person wrote.
        made: The model's translation of it.
        score: chrF of ``text`` and the translation of ``made``.
    """

    text: str
    made: str
    score: float


def round_trips(lines: Sequence[str], there: Decoder, back: Decoder) -> list[RoundTrip]:
    """Translates lines there and back; the best survivors first."""
    made = there.translate(lines)
    again = back.translate(made)
    trips = [
        RoundTrip(text, other, likeness(text, returned))
        for text, other, returned in zip(lines, made, again, strict=True)
    ]
    return sorted(trips, key=lambda trip: -trip.score)


def backtranslate(
    folder: Path, packages: Path, sources: list[Path], share: float, report: Reporter
) -> int:
    """Runs the stage; returns how many pairs were kept.

    Args:
        folder: The run's folder.
        packages: Folder with the packages of both directions.
        sources: Text files and folders of TOML with lines of either language; and both sides of
            our training pairs, if the list is empty.
        share: The best part of the ranking that is kept, 0 to 1.
        report: Where progress is shown.
    """
    lines = monolingual(sources)
    if not sources:
        lines = [side for line in load_pairs(folder, "train") for side in line[1:]]
    decoders = {
        "en": Decoder(packages / file_name("en", "zh")),
        "zh": Decoder(packages / file_name("zh", "en")),
    }
    rows: list[Line] = []
    for language, other in (("en", "zh"), ("zh", "en")):
        chosen = [line for line in lines if language_of(line) == language]
        if not chosen:
            continue
        trips = round_trips(chosen, decoders[language], decoders[other])
        for trip in trips[: round(share * len(trips))]:
            pair = (trip.text, trip.made) if language == "en" else (trip.made, trip.text)
            if fault(*pair) is None:
                rows.append(Line(f"bt-{language}", *pair))
        report.say(f"backtranslate: {len(chosen)} lines of {language} made the round trip")
    replace_synthetic(folder, "bt-", rows)
    report.say(f"backtranslate: kept {len(rows)} pairs")
    return len(rows)


def consensus(candidates: Sequence[str], reference: str) -> str:
    """The candidate with the highest mean likeness to the other candidates and the reference;
    the reference counts as two. The first of equals."""
    if len(set(candidates)) == 1:
        return candidates[0]

    def agreement(one: int) -> float:
        others = [c for n, c in enumerate(candidates) if n != one]
        return sum(likeness(candidates[one], c) for c in [*others, reference, reference])

    return candidates[max(range(len(candidates)), key=agreement)]


def distil(
    folder: Path, teachers: list[Path], count: int, limit: int | None, report: Reporter
) -> int:
    """Runs the stage; returns how many pairs were made.

    Args:
        folder: The run's folder.
        teachers: Folders of packages, one for each checkpoint of the ensemble.
        count: Hypotheses of each teacher.
        limit: Only so many of our training pairs.
        report: Where progress is shown.
    """
    pairs = load_pairs(folder, "train")[:limit]
    rows: list[Line] = []
    for source, target in (("en", "zh"), ("zh", "en")):
        texts = [line.english if source == "en" else line.chinese for line in pairs]
        hypotheses: list[list[str]] = [[] for _ in texts]
        for teacher in teachers:
            decoder = Decoder(teacher / file_name(source, target))
            for kept, best in zip(hypotheses, decoder.n_best(texts, count), strict=True):
                kept.extend(text for text, _ in best if text)
            report.say(f"distil: {teacher.name} translated {len(texts)} lines into {target}")
        for line, found in zip(pairs, hypotheses, strict=True):
            if not found:
                continue
            gold = line.chinese if target == "zh" else line.english
            chosen = consensus(found, gold)
            pair = (line.english, chosen) if target == "zh" else (chosen, line.chinese)
            if fault(*pair) is None:
                rows.append(Line(f"kd-{target}", *pair))
    replace_synthetic(folder, "kd-", rows)
    report.say(f"distil: {len(rows)} pairs")
    return len(rows)


def replace_synthetic(folder: Path, kind: str, rows: Iterable[Line]) -> None:
    """Puts ``rows`` in place of the synthetic pairs of this kind (``bt-`` or ``kd-``), without
    those that resemble a held-out line."""
    kept = [line for line in load_pairs(folder, "synthetic") if not line.source.startswith(kind)]
    text = "".join("\t".join(row) + "\n" for row in [*kept, *clear_of_held_out(folder, rows)])
    path = folder / "pairs" / "synthetic.tsv"
    part = path.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(path)
