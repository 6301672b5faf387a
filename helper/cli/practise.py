"""``practice``: a full session in a plain terminal."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from helper.services import Services


def add(verbs: Any) -> None:
    """Add the verb."""
    verb = verbs.add_parser("practice", help="practise phrases in the terminal")
    verb.add_argument("--minutes", type=float, default=5.0, help="how long (5)")
    verb.set_defaults(run=run)


def run(parts: Services, options: argparse.Namespace) -> None:
    """Ask, grade, and say what is due, until the time is over or the input ends."""
    from helper.practice import terminal

    terminal.run(parts.practice, sys.stdin, sys.stdout, minutes=options.minutes)
