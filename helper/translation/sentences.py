"""Cutting text into sentences, for English and Chinese, without a model.

argostranslate would fetch a boundary model when first used; ours needs nothing, so "offline"
holds. ``Splitter`` plugs it into argostranslate's sentence-boundary interface.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import regex
from argostranslate.package import Package
from argostranslate.sbd import ISentenceBoundaryDetectionModel

# Words whose full stop does not end a sentence (usual abbreviations of American English).
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(\"“'])(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|e\.g|i\.e|approx|dept|est|fig|inc|ltd|"
    r"no|vol|pp|gen|gov|sen|rep|capt|sgt|col|lt|mt|ft|ave|blvd|jan|feb|mar|apr|jun|jul|aug|sept?|"
    r"oct|nov|dec|[a-z])\.$",
    regex.IGNORECASE,
)
_DOTTED = regex.compile(r"(?:^|[\s(])(?:[A-Za-z]\.){2,}$")
# An end mark with any closing quotes or brackets behind it.
_END = regex.compile(
    r"(?:[。！？!?…]+|\.+)(?:[\"'”’」』）)\]]+)?(?:\s*[~～]+)?"
)
_CLOSERS = "\"'”’」』）)]~～"
_CLAUSE = regex.compile(
    r"(?<=[,;:，；：、—])(?<!\d[,:](?=\d))\s*"
    r"|\s+(?=(?:and|but|so|because|which|while|although|when|if|then)\s)",
    regex.IGNORECASE,
)


@dataclass(frozen=True)
class Segment:
    """A sentence and the white space before and after it.

    Joining ``before + text + after`` of all segments gives the split text back, to the letter.
    """

    before: str
    text: str
    after: str


def split(
    text: str, whole: Sequence[tuple[int, int]] = (), breaks: Sequence[int] = ()
) -> list[Segment]:
    """Cut ``text`` into sentences; line breaks always end one. White space is kept apart.

    Args:
        whole: (start, end) spans that must not be cut (links, tags).
        breaks: positions where a sentence ends whatever the punctuation says.
    """
    segments: list[Segment] = []
    offset = 0
    for line in regex.split(r"(\n+)", text):
        if line and not line.strip():
            segments.append(Segment(line, "", ""))
        elif line:
            kept = [(a - offset, b - offset) for a, b in whole]
            forced = [at - offset for at in breaks if 0 < at - offset < len(line)]
            segments += _split_line(line, kept, forced)
        offset += len(line)
    return segments


def _split_line(
    line: str, whole: Sequence[tuple[int, int]], forced: Sequence[int]
) -> list[Segment]:
    cuts, start = list(forced), 0
    for match in _END.finditer(line):
        if any(a < match.end() and match.start() < b for a, b in whole):
            continue
        if match.end() < len(line) and _ends(line, start, match):
            cuts.append(match.end())
            start = match.end()
    cuts = sorted(set(cuts))
    bounds = [0, *cuts, len(line)]
    segments: list[Segment] = []
    for first, last in itertools.pairwise(bounds):
        piece = line[first:last]
        text = piece.strip()
        if not text:
            if segments:
                previous = segments[-1]
                segments[-1] = Segment(previous.before, previous.text, previous.after + piece)
            else:
                segments.append(Segment(piece, "", ""))
            continue
        lead = piece[: len(piece) - len(piece.lstrip())]
        tail = piece[len(piece.rstrip()):]
        segments.append(Segment(lead, text, tail))
    return segments


def _ends(line: str, start: int, match: regex.Match[str]) -> bool:
    """Whether the end mark found in ``line`` really ends the sentence that began at ``start``."""
    mark, following = match.group(), line[match.end():]
    if any(character in "。！？" for character in mark):
        return True
    if mark.strip(_CLOSERS) == ".":
        head = line[start: match.start() + 1]
        if not following[:1].isspace():
            return False
        if _ABBREVIATION.search(head):
            # "St." goes on; "No." and a single letter go on too unless nothing follows
            return False
        if _DOTTED.search(head):
            return following.lstrip()[:1].isupper() and not head.rstrip().endswith(
                ("U.S.", "U.K.", "D.C.")
            )
        return True
    if mark.startswith(("...", "…")):
        nxt = following.lstrip()[:1]
        return following[:1].isspace() and not nxt.islower()
    if regex.match(r"[!?]", mark) and not following[:1].isspace():
        # "Yahoo!Mail", "what?!ok": only hanzi or an opening quote may follow without a space
        return regex.match(r"[\p{Han}\"“「『(（]", following) is not None
    return True


def clauses(sentence: str, limit: int) -> list[str]:
    """Cut an overlong sentence at its commas and conjunctions into parts of at most ``limit``
    words (a hanzi counts as half a word), as evenly as they allow; one part if it has none."""
    parts = [part for part in _CLAUSE.split(sentence) if part and part.strip()]
    grouped: list[str] = []
    for part in parts:
        joined = f"{grouped[-1]} {part}" if grouped and not _is_han(part) else (
            grouped[-1] + part if grouped else part
        )
        if grouped and length(joined) <= limit:
            grouped[-1] = joined
        else:
            grouped.append(part)
    return grouped or [sentence]


def _is_han(text: str) -> bool:
    return regex.search(r"\p{Han}", text[:4]) is not None


def length(text: str) -> float:
    """Length in English words; two hanzi count as one word."""
    han = len(regex.findall(r"\p{Han}", text))
    return han / 2 + len(regex.sub(r"\p{Han}", " ", text).split())


class Splitter(ISentenceBoundaryDetectionModel):
    """Our splitter behind argostranslate's sentence-boundary interface."""

    def __init__(self, pkg: Package) -> None:
        self.pkg = pkg

    def split_sentences(self, text: str) -> list[str]:
        """Sentences of ``text`` without the white space between them."""
        return [segment.text for segment in split(text) if segment.text]

    def __str__(self) -> str:
        return "RedNote Helper's rules"
