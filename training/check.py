"""Stage `check`: names the faulty lines of corpus files, before they are committed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.cleaning import HAN
from training.progress import Reporter
from training.split import split_key

_MARK_NEAR_HAN = re.compile(f"[{HAN}][,!?;]|[,!?;][{HAN}]")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that has to be corrected.

    Attributes:
        file: Name of the file; line: its number, from one; text: the line itself.
        what: What is wrong.
    """

    file: str
    line: int
    what: str
    text: str


def fault_of(text: str) -> str | None:
    """What is wrong with one line of a corpus file, on its own; None if nothing is."""
    parts = text.split("\t")
    if len(parts) != 2:
        return "needs exactly one TAB"
    english, chinese = parts
    if not re.search("[A-Za-z]", english):
        return "no English"
    if not _HAN.search(chinese):
        return "no Chinese"
    if _HAN.search(english):
        return "Chinese in the English side"
    if _MARK_NEAR_HAN.search(chinese):
        return "ASCII punctuation next to Chinese"
    if re.search(r"(?:^|\s)[#@]\w|https?://|www\.", english):
        return "a hashtag, mention or link"
    if any(side != side.strip() or "  " in side for side in parts):
        return "stray blanks"
    return None


def faults(paths: Iterable[Path]) -> Iterator[Fault]:
    """Faulty lines of the files, and lines whose English (typography aside) came before in any of
    them; blank lines are passed over."""
    seen: dict[str, str] = {}
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            what = fault_of(line)
            if what is None:
                english = line.split("\t")[0]
                # Punctuation alone may tell two short lines apart ("Really?", "Really.").
                key = split_key(english) + english[-1:]
                if before := seen.get(key):
                    what = f"the English of {before}"
                else:
                    seen[key] = f"{path.name}:{number}"
            if what is not None:
                yield Fault(path.name, number, what, line)


def check(paths: list[Path], report: Reporter) -> int:
    """Says every fault; returns an exit status: 1 if there is any."""
    found = list(faults(paths))
    for fault in found:
        report.say(f"{fault.file}:{fault.line}: {fault.what}: {fault.text}")
    report.say(f"check: {len(found)} faults in {len(paths)} files")
    return 1 if found else 0
