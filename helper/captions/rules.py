"""Wording that Chinese platforms limit, found and explained; nothing is blocked or rewritten.

The kinds and their wordings are content (``phrasebook/rules``). Nothing here keeps or logs what
it was given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from helper.mandarin.script import has_hanzi
from phrasebook.types import Rule, RulePattern

#: Longest time, in seconds, that one pattern may search one text.
_PATIENCE = 0.5


@dataclass(frozen=True)
class Hit:
    """One wording found: ``text`` as it stands from ``start`` to ``end`` of ``part``.

    Attributes:
        part: name of the text it was found in ("title", "body", "draft").
        start, end: its place in that text, in characters from 0.
    """

    part: str
    start: int
    end: int
    text: str

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {"part": self.part, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True)
class Note:
    """A kind of wording that was found, with every place of it."""

    rule: Rule
    hits: tuple[Hit, ...]

    @property
    def found(self) -> tuple[str, ...]:
        """The wordings found, each once."""
        return tuple(dict.fromkeys(hit.text for hit in self.hits))

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        rule = self.rule
        return {
            "rule": rule.id, "title": rule.title, "title_zh": rule.title_zh, "why": rule.why,
            "why_zh": rule.why_zh, "instead": rule.instead, "instead_zh": rule.instead_zh,
            "source": rule.source, "source_zh": rule.source_zh, "certainty": rule.certainty,
            "found": [hit.to_dict() for hit in self.hits],
        }


@dataclass(frozen=True)
class _Compiled:
    expression: regex.Pattern[str]
    unless: regex.Pattern[str] | None
    lang: str


class RuleChecker:
    """Finds the wordings of every rule."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = [
            (rule, [_compile(pattern) for pattern in rule.patterns]) for rule in rules
        ]

    def check(self, texts: dict[str, str]) -> tuple[Note, ...]:
        """Notes on ``texts`` (name of the part → text), in the order of the rules."""
        folded = {part: (text, fold(text)) for part, text in texts.items() if text}
        notes = []
        for rule, patterns in self._rules:
            hits = [
                hit for part, (text, compared) in folded.items()
                for hit in _hits(patterns, part, text, compared)
            ]
            if hits:
                notes.append(Note(rule, tuple(hits)))
        return tuple(notes)


def _hits(patterns: list[_Compiled], part: str, text: str, compared: str) -> list[Hit]:
    spans: set[tuple[int, int]] = set()
    chinese = has_hanzi(compared)
    for pattern in patterns:
        if pattern.lang == "zh" and not chinese:
            continue
        try:
            found = [m.span() for m in pattern.expression.finditer(compared, timeout=_PATIENCE)]
        except TimeoutError:
            continue
        if found and pattern.unless is not None:
            harmless = [m.span() for m in pattern.unless.finditer(compared, overlapped=True)]
            found = [
                (a, b) for a, b in found if not any(c <= a and b <= d for c, d in harmless)
            ]
        spans.update((a, b) for a, b in found if b > a)
    # a wording inside a longer one of the same rule says nothing new
    kept = [
        span for span in sorted(spans)
        if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in spans)
    ]
    return [Hit(part, a, b, text[a:b]) for a, b in kept]


def fold(text: str) -> str:
    """``text`` with full-width letters and digits made plain, place for place ("ＶＸ" → "VX")."""
    return "".join(
        plain if len(plain := unicodedata.normalize("NFKC", c)) == 1 else c for c in text
    )


def _compile(pattern: RulePattern) -> _Compiled:
    if pattern.regex:
        expression = pattern.regex
    else:
        expression = regex.escape(fold(pattern.text), literal_spaces=True).replace(" ", r"\s+")
        expression = expression.replace("'", "['’]")
        if not has_hanzi(pattern.text):
            expression = rf"(?<![\p{{Latin}}\d_]){expression}(?![\p{{Latin}}\d_])"
    unless = None
    if pattern.unless:
        unless = regex.compile(
            "|".join(
                regex.escape(fold(text), literal_spaces=True).replace(" ", r"\s+")
                for text in pattern.unless
            ), regex.IGNORECASE,
        )
    return _Compiled(regex.compile(expression, regex.IGNORECASE), unless, pattern.lang)
