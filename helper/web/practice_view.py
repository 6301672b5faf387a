"""What the practice templates need: names, times, drawn contours and charts as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from babel.dates import format_skeleton
from flask import Flask
from flask_babel import format_timedelta, get_locale
from flask_babel import gettext as _

from helper.errors import N_
from helper.practice import PracticeSession
from helper.practice.exercises import Skill, by_kind
from helper.practice.notes import Note
from helper.practice.tones import CONTOURS

_SKILLS = {
    Skill.MEANING: N_("Meaning"), Skill.LISTENING: N_("Listening"), Skill.HANZI: N_("Hanzi"),
    Skill.PINYIN: N_("Pinyin"), Skill.BUILDING: N_("Word order"), Skill.TONES: N_("Tones"),
    Skill.SPEAKING: N_("Speaking"), Skill.REPLYING: N_("Replies"),
}
_CELL, _HEIGHT = 48, 60


@dataclass(frozen=True)
class Contour:
    """A drawn pitch contour: ``points`` for <polyline>, ``tone`` 1 to 5 for its colour."""

    points: str
    tone: str
    x: int


@dataclass(frozen=True)
class Bar:
    """A bar of the forecast, in the units of the drawing."""

    x: int
    y: int
    height: int
    day: date
    count: int


@dataclass(frozen=True)
class Cell:
    """A day of the heat map: column, row, and a level from 0 to 4."""

    x: int
    y: int
    level: int
    day: date
    count: int


def contours(tones: Sequence[str]) -> list[Contour]:
    """The contours of a word's tones side by side, 48 units wide and 60 high each."""
    drawn = []
    for n, key in enumerate(tones):
        points = " ".join(
            f"{n * _CELL + 8 + at * (_CELL - 16):.1f},{_HEIGHT - 6 - (pitch - 1) * 12:.1f}"
            for at, pitch in CONTOURS[key]
        )
        drawn.append(Contour(points, key[0], n * _CELL))
    return drawn


def tone_keys(syllables: Sequence[tuple[str, object]]) -> list[str]:
    """CONTOURS keys of spoken syllables: a third tone before another one stays low."""
    tones = [getattr(syllable, "tone", 5) for _hanzi, syllable in syllables]
    return [
        "3-low" if tone == 3 and n + 1 < len(tones) else str(tone)
        for n, tone in enumerate(tones)
    ]


def bars(forecast: Sequence[tuple[date, int]], height: int = 100) -> list[Bar]:
    """The forecast as bars, 22 units apart."""
    most = max([count for _day, count in forecast] + [1])
    return [
        Bar(n * 22, height - size, size, day, count)
        for n, (day, count) in enumerate(forecast)
        for size in [round(count / most * height)]
    ]


def heat(days: Sequence[tuple[date, int]], goal: int) -> list[Cell]:
    """The heat map: one column a week, one row a weekday, 13 units apart."""
    return [
        Cell(n // 7 * 13, n % 7 * 13, min(4, -(-count * 3 // max(goal, 1))) if count else 0,
             day, count)
        for n, (day, count) in enumerate(days)
    ]


def minutes_left(running: PracticeSession) -> int:
    """Whole minutes of the session that are left, at least 1 while it runs."""
    return max(1, round((running.ends_at - datetime.now(UTC)).total_seconds() / 60))


def until(moment: datetime) -> str:
    """How long until ``moment``, in words: "10 minutes"."""
    return format_timedelta(moment - datetime.now(UTC), threshold=1.2)


def day_text(day: date, skeleton: str) -> str:
    """A day as the interface language writes it; ``skeleton`` names the parts ("yMMMEd")."""
    return format_skeleton(skeleton, day, locale=get_locale())


def said(note: Note) -> str:
    """A note in the interface language."""
    return _(note.message, **note.values) if note.values else _(note.message)


def init_app(app: Flask) -> None:
    """Make these known to the templates."""
    app.jinja_env.globals.update(
        contours=contours, tone_keys=tone_keys, bars=bars, heat_cells=heat, until=until,
        said=said, skill_name=lambda skill: _(_SKILLS[Skill(skill)]),
        kind_title=lambda kind: _(by_kind(kind).title), day_text=day_text,
    )
