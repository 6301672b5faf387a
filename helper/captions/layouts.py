"""Layouts of a post: Chinese only, Chinese then English, line by line.

A layout is one function in ``LAYOUTS``; adding one touches nothing else.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex


class Layout(enum.StrEnum):
    """How the two languages of a post are arranged; the value is its name in forms and JSON."""

    CHINESE = "chinese"
    BOTH = "chinese-english"
    LINES = "lines"


@dataclass(frozen=True)
class Line:
    """One sentence of a post in both languages.

    Attributes:
        part: "title" or "body".
        source: the English as written; "" for a line break between paragraphs.
        chinese: its Chinese.
        before, after: white space around the English sentence.
    """

    part: str
    source: str
    chinese: str
    before: str = ""
    after: str = ""


def _chinese(lines: Sequence[Line], chinese: str, english: str) -> str:
    return chinese


def _both(lines: Sequence[Line], chinese: str, english: str) -> str:
    return chinese if chinese == english else f"{chinese}\n\n{english}"


def _lines(lines: Sequence[Line], chinese: str, english: str) -> str:
    result = ""
    for line in lines:
        if not line.source:
            # an empty line of the draft stays one
            result += "\n" if "\n" in line.before + line.after and not result.endswith("\n\n") \
                else ""
            continue
        result += line.chinese + "\n"
        if line.source != line.chinese:
            result += line.source + "\n"
    return result


LAYOUTS: dict[Layout, Callable[[Sequence[Line], str, str], str]] = {
    Layout.CHINESE: _chinese, Layout.BOTH: _both, Layout.LINES: _lines,
}


def english_of(lines: Sequence[Line]) -> str:
    """The English of ``lines`` as it was written."""
    return "".join(line.before + line.source + line.after for line in lines).strip()


def arrange(layout: Layout, lines: Sequence[Line], chinese: str) -> str:
    """The body in ``layout``.

    Args:
        chinese: the Chinese of all ``lines`` as the translator joined them.
    """
    text = LAYOUTS[layout](lines, chinese.strip(), english_of(lines))
    return regex.sub(r"\n{3,}", "\n\n", text).strip()
