"""Printing for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from helper.errors import N_, InvalidInput


def print_json(value: Any) -> None:
    """One JSON value on one line, hanzi readable."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def lines() -> Iterator[str]:
    """The lines of standard input without their line breaks."""
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def text_argument(words: list[str], what: str) -> str:
    """The words of the command line as one text, or standard input if there are none or "-"."""
    if words and words != ["-"]:
        return " ".join(words)
    if sys.stdin.isatty():
        raise InvalidInput(N_("Say what to %(what)s, or pipe it in."), what=what)
    return sys.stdin.read()
