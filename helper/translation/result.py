"""What a translation says about itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Origin(enum.StrEnum):
    """Where a sentence's translation came from."""

    MEMORY = "memory"  # curated by people
    ENGINE = "engine"  # made by the translation model
    DICTIONARY = "dictionary"  # a word looked up
    UNCHANGED = "unchanged"  # nothing to translate: emoji, links, already in the language


class Warning(enum.StrEnum):
    """What may be wrong with a sentence's translation; the value is the machine's name for it."""

    REPEATED = "repeated"
    EMPTY = "empty"
    WRONG_SCRIPT = "wrong-script"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    NUMBER = "number-changed"
    NEGATION = "negation-lost"
    NAME = "name-missing"
    GUESSED = "word-guessed"
    ECHO = "not-translated"
    PIECE = "piece-moved"
    LOW = "low-confidence"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a translation.

    Attributes:
        source: the sentence as the user wrote it, protected pieces included.
        text: its translation, protected pieces included.
        origin: where the translation came from.
        confidence: 0 to 1; how likely a reader would call it a right translation.
        basis: what the confidence rests on, one English phrase per reason.
        alternatives: other translations, best first, at most three.
        warnings: what may be wrong with it.
        plain: the source as the engine saw it, where net English was read into plain English.
        before, after: white space that surrounds it in the text.
    """

    source: str
    text: str
    origin: Origin
    confidence: float
    basis: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()
    plain: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Translation:
    """A whole text's translation.

    Attributes:
        source_text: what was asked.
        text: the translation, line breaks and protected pieces in place.
        source, target: language codes, "en" or "zh".
        sentences: in order.
        alternatives: up to three other translations of the whole text.
        readings: (as written, as read) pairs of net English that was normalised.
    """

    source_text: str
    text: str
    source: str
    target: str
    sentences: tuple[Sentence, ...]
    alternatives: tuple[str, ...] = ()
    readings: tuple[tuple[str, str], ...] = field(default=())

    @property
    def confidence(self) -> float:
        """The mean of the sentences' confidences, weighted by length; 1.0 for nothing to do."""
        said = [s for s in self.sentences if s.origin is not Origin.UNCHANGED]
        weight = sum(len(s.source) for s in said)
        if not weight:
            return 1.0
        return round(sum(s.confidence * len(s.source) for s in said) / weight, 3)

    @property
    def origin(self) -> str:
        """The one origin of all translated sentences, or "mixed"."""
        origins = {s.origin for s in self.sentences if s.origin is not Origin.UNCHANGED}
        if not origins:
            return str(Origin.UNCHANGED)
        return str(next(iter(origins))) if len(origins) == 1 else "mixed"

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """Every sentence's warnings, each once, in order of appearance."""
        return tuple(dict.fromkeys(w for s in self.sentences for w in s.warnings))

    @property
    def basis(self) -> tuple[str, ...]:
        """What the confidence rests on, each reason once."""
        return tuple(dict.fromkeys(reason for s in self.sentences for reason in s.basis))

    def to_dict(self) -> dict:
        """The form of the JSON output, the same for the API and the command line."""
        return {
            "source": self.source_text,
            "translation": self.text,
            "from": self.source,
            "to": self.target,
            "alternatives": list(self.alternatives),
            "confidence": self.confidence,
            "basis": list(self.basis),
            "origin": self.origin,
            "warnings": [str(w) for w in self.warnings],
            "readings": [{"written": a, "read": b} for a, b in self.readings],
            "sentences": [
                {
                    "source": s.source,
                    "translation": s.text,
                    "origin": str(s.origin),
                    "confidence": s.confidence,
                    "basis": list(s.basis),
                    "alternatives": list(s.alternatives),
                    "warnings": [str(w) for w in s.warnings],
                }
                for s in self.sentences
            ],
        }
