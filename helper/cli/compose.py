"""``compose`` and ``check``: a whole post from the terminal, and its limits and rule notes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from helper.cli.output import print_json
from helper.errors import N_, InvalidInput
from helper.services import Services


def add(verbs: Any) -> None:
    """Add the verbs."""
    verb = verbs.add_parser("compose", help="turn an English draft into a Chinese post")
    verb.add_argument("file", help="the draft; “-” reads standard input")
    verb.add_argument("--title", default="", help="the title, in English")
    verb.add_argument("--layout", default="", help="chinese, chinese-english or lines (chinese)")
    verb.add_argument("--tags", default="", help="further hashtags, separated by spaces")
    verb.add_argument("--json", action="store_true", help="print JSON")
    verb.set_defaults(run=compose)
    verb = verbs.add_parser("check", help="the app's limits and rule notes for a text")
    verb.add_argument("file", help="the text; “-” reads standard input")
    verb.add_argument("--title", default="", help="the title")
    verb.add_argument("--json", action="store_true", help="print JSON")
    verb.set_defaults(run=check)


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).expanduser().read_bytes()
    except OSError as error:
        raise InvalidInput(
            N_("“%(file)s” cannot be read (%(reason)s); give the path of a text file."),
            file=name,
            reason=error.strerror or type(error).__name__,
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            N_("“%(file)s” is no UTF-8 text; save it as UTF-8 and try again."), file=name
        ) from error


def compose(parts: Services, options: argparse.Namespace) -> None:
    """Print the post; without --json what needs a second look goes to stderr."""
    from helper.captions import report

    data = report.compose_report(
        parts.composer, _read(options.file), options.title, options.layout, options.tags
    )
    if options.json:
        print_json(data)
        return
    print("\n\n".join(text for text in (data["title"], data["body"]) if text))
    console = Console(highlight=False, soft_wrap=True, stderr=True)
    for sentence in data["sentences"]:
        if sentence["flagged"]:
            reasons = " ".join(reason["explain"] for reason in sentence["reasons"])
            console.print(Text(f"check this one: {sentence['chinese']} ({reasons})", "yellow"))
    _notes(console, data)


def check(parts: Services, options: argparse.Namespace) -> int:
    """Print limits and notes; exit status 1 when a limit is broken."""
    from helper.captions import report

    data = report.check_report(parts.composer, _read(options.file), options.title)
    if options.json:
        print_json(data)
    else:
        _notes(Console(highlight=False, soft_wrap=True), data)
    return 0 if data["ok"] else 1


def _notes(console: Console, data: dict[str, Any]) -> None:
    for limit in data["limits"]:
        style = "yellow" if limit["over"] else "dim"
        console.print(Text(f"{limit['part']}: {limit['count']} of {limit['most']}", style))
    for note in data["rules"]:
        found = ", ".join(dict.fromkeys(place["text"] for place in note["found"]))
        console.print(Text(f"note, {note['title']} ({found}): {note['why']} {note['instead']}"))
