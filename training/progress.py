"""Shows how far a stage is: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import track

T = TypeVar("T")


class Reporter:
    """What the stages say to whoever started them."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)

    def say(self, text: str) -> None:
        """One line, with the time in front when it goes to a file."""
        if self._console.is_terminal:
            self._console.print(text, markup=False, highlight=False)
        else:
            print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)

    def over(self, things: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
        """The same things; a bar moves while they are taken."""
        if not self._console.is_terminal:
            count = 0
            for count, thing in enumerate(things, 1):  # noqa: B007
                yield thing
            self.say(f"{what}: {count}")
            return
        yield from track(things, description=what, total=total, console=self._console)
