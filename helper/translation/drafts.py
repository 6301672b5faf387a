"""A sentence's way through the pipeline: the plan, the forms the engine sees, the judgement."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from helper.errors import N_
from helper.mandarin import script
from helper.translation import checks, protect, sentences
from helper.translation.fixed import Swap
from helper.translation.netspeak import Reading
from helper.translation.result import Origin, Sentence, Warning


@dataclass
class Plan:
    """One sentence on its way through the pipeline."""

    segment: sentences.Segment
    masked: protect.Masked
    body: str  # what the memory and the engine see, placeholders in it
    inner: tuple[str, ...]  # what the placeholders become
    alone: bool  # whether the text has no other sentence
    done: Sentence | None = None


@dataclass(frozen=True)
class Form:
    """A sentence as the engine sees it."""

    text: str
    inner: tuple[str, ...]
    readings: tuple[Reading, ...] | tuple
    unsafe: bool = False
    swaps: tuple[Swap, ...] = ()
    said: str = ""  # what was asked, where stand-ins took the place of names


@dataclass(frozen=True)
class Judged:
    text: str
    score: float
    warnings: tuple[Warning, ...]


def breaks(text: str, spans: list[tuple[int, int, str]], source: str) -> Iterator[int]:
    """Emoji and tags close a sentence when a new one plainly begins behind them.

    In Chinese any hanzi behind an emoji begins one; in English a capital does, or three words
    where three words stand before it: captions use emoji as full stops.
    """
    for number, (start, end, kind) in enumerate(spans):
        if kind not in {"emoji", "kaomoji", "sticker", "hashtag"}:
            continue
        following = text[end:].lstrip(" ")
        if source == "zh":
            if following[:1] and script.is_hanzi(following[0]):
                yield end
            continue
        before = regex.split(r"[.!?\n]", text[spans[number - 1][1] if number else 0: start])[-1]
        behind = text[end: spans[number + 1][0] if number + 1 < len(spans) else len(text)]
        full = len(before.split()) > 2 and len(regex.split(r"[.!?\n]", behind)[0].split()) > 2
        if kind != "hashtag" and (following[:1].isupper() or full):
            yield end


def finished(
    plan: Plan, text: str, origin: Origin, confidence: float, basis: tuple[str, ...],
    alternatives: tuple[str, ...], warnings: tuple[Warning, ...], plain: str = "",
) -> Sentence:
    return Sentence(
        plan.segment.text, text, origin, confidence, basis, alternatives, warnings, plain,
        plan.segment.before, plan.segment.after,
    )


def weight(warnings: tuple[Warning, ...]) -> int:
    """How bad a set of warnings is: severe ones count most."""
    return sum(
        100 if w in checks.SEVERE else 1 if w is Warning.LOW else 10 for w in warnings
    )


def confidence(judged: Judged, form: Form) -> float:
    """0-1 from the engine's mean log-probability, lowered by each warning."""
    value = 1 / (1 + math.exp(-2.2 * (judged.score + 1.25)))
    for warning in judged.warnings:
        value *= 0.25 if warning in checks.SEVERE else 0.8 if warning is Warning.LOW else 0.5
    return round(min(0.95, max(0.01, value)), 3)


def basis(judged: Judged) -> tuple[str, ...]:
    return (
        N_("the translation model's own certainty"),
        N_("checks of numbers, negation, names, length and script"),
    )
