"""``translate`` and ``read``: English⇄Chinese from the terminal."""

from __future__ import annotations

import argparse
import itertools
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helper.cli.output import lines, print_json, text_argument
from helper.errors import HelperError
from helper.services import Services

if TYPE_CHECKING:
    from helper.translation import Translation

#: Lines that are translated in one batch.
_BATCH = 16


def add(verbs: Any) -> None:
    """Add the verbs."""
    verb = verbs.add_parser("translate", help="translate a caption or comment")
    verb.add_argument("text", nargs="*", help="the text; standard input if left out")
    verb.add_argument("--to", default="auto", help="zh, en or auto (auto)")
    verb.add_argument("--from", dest="source", default="auto", help="zh, en or auto (auto)")
    verb.add_argument("--json", action="store_true", help="print JSON")
    verb.add_argument("--lines", action="store_true", help="one text per line of standard input")
    verb.set_defaults(run=translate)
    verb = verbs.add_parser("read", help="explain Chinese text word by word")
    verb.add_argument("text", nargs="*", help="the text; standard input if left out")
    verb.add_argument("--json", action="store_true", help="print JSON")
    verb.set_defaults(run=read)


def translate(parts: Services, options: argparse.Namespace) -> int:
    """Print the translation; with --lines one object or line per line of input."""
    if options.lines:
        return _lines(parts, options)
    text = text_argument(options.text, "translate")
    translation = parts.translator.translate(text, options.to, options.source)
    if options.json:
        print_json(translation.to_dict())
    else:
        _show(translation)
    return 0


def _lines(parts: Services, options: argparse.Namespace) -> int:
    """Lines are independent: one that cannot be translated is reported in its place."""
    parts.translator.check("language codes first", options.to, options.source)
    status = 0
    stream = lines()
    while batch := list(itertools.islice(stream, _BATCH)):
        for line, result in zip(
            batch, parts.translator.translate_many(batch, options.to, options.source), strict=True
        ):
            if isinstance(result, HelperError):
                if line.strip():
                    status = 2
                    print(f"rednote-helper: {result}", file=sys.stderr)
                print_json(_failed(line, result)) if options.json else print()
            elif options.json:
                print_json(result.to_dict())
            else:
                print(result.text, flush=True)
    return status


def _failed(line: str, error: HelperError) -> dict[str, Any]:
    return {
        "source": line.encode("utf-8", "replace").decode(),
        "translation": "",
        "alternatives": [],
        "confidence": 0.0,
        "origin": "none",
        "warnings": ["input"] if line.strip() else [],
        "error": str(error) if line.strip() else "",
    }


def _show(translation: Translation) -> None:
    console = Console(highlight=False, soft_wrap=True, stderr=True)
    print(translation.text)
    console.print(Text(f"confidence {translation.confidence:.2f}, {translation.origin}", "dim"))
    for warning in translation.warnings:
        console.print(Text(f"check: {warning}", "yellow"))
    for other in translation.alternatives:
        console.print(Text(f"or: {other}", "dim"))


def read(parts: Services, options: argparse.Namespace) -> None:
    """Print every word with pinyin and gloss, then the translation."""
    explained = parts.reader.explain(text_argument(options.text, "read"))
    if options.json:
        print_json(explained.to_dict())
        return
    console = Console(highlight=False)
    for sentence in explained.sentences:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for word in sentence.words:
            if word.text.strip():
                table.add_row(Text(word.text, "bold"), Text(word.pinyin, "dim"), Text(word.gloss))
        console.print(table)
        console.print(Text(f"→ {sentence.translation.text}\n"))
