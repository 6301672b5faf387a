"""``lookup``, ``phrases`` and ``phrasebook``: the content from the terminal."""

from __future__ import annotations

import argparse
from typing import Any

from rich.console import Console
from rich.text import Text

from helper.cli.output import lines, print_json, text_argument
from helper.errors import N_, InvalidInput
from helper.lookup import Results
from helper.mandarin import script
from helper.services import Services


def add(verbs: Any) -> None:
    """Add the verbs."""
    verb = verbs.add_parser("lookup", help="find a label, slang word, hashtag or phrase")
    verb.add_argument("query", nargs="*", help="English, pinyin or Chinese")
    verb.add_argument("--json", action="store_true", help="print JSON")
    verb.add_argument("--lines", action="store_true", help="one query per line of standard input")
    verb.add_argument("--limit", type=int, default=10, help="how many results (10)")
    verb.set_defaults(run=lookup)
    verb = verbs.add_parser("phrases", help="phrases to say, by situation")
    verb.add_argument("query", nargs="*", help="what to say; all phrases if left out")
    verb.add_argument("--json", action="store_true", help="print JSON")
    verb.set_defaults(run=phrases)
    verb = verbs.add_parser("phrasebook", help="check the content")
    verb.add_argument("action", choices=["check"])
    verb.set_defaults(run=check)


def lookup(parts: Services, options: argparse.Namespace) -> None:
    """Print what is found."""
    if not 1 <= options.limit <= 100:
        raise InvalidInput(N_("--limit must be from 1 to 100."))
    if options.lines:
        for line in lines():
            _found(_search(parts, line, options.limit), options.json)
        return
    query = script.clean(text_argument(options.query, "look up")).strip()
    if not query:
        raise InvalidInput(N_("Say what to look up: one word of English, pinyin or Chinese."))
    _found(_search(parts, query, options.limit), options.json)


def _search(parts: Services, query: str, limit: int) -> Results:
    return parts.index.search(script.clean(query).strip(), limit)


def _found(results: Results, as_json: bool) -> None:
    if as_json:
        print_json(results.to_dict())
        return
    console = Console(highlight=False, soft_wrap=True)
    if not results.hits:
        console.print(f"Nothing found for “{results.query}”.", markup=False)
    elif results.nearest:
        console.print("Nothing fits exactly; the nearest:")
    for hit in results.hits:
        entry = hit.entry
        line = Text.assemble(
            (entry.hanzi, "bold"),
            "  ",
            (entry.pinyin, "dim"),
            f"  {entry.english}",
            (f"  [{entry.place or entry.kind}]", "dim"),
        )
        console.print(line)


def phrases(parts: Services, options: argparse.Namespace) -> None:
    """Print phrases."""
    query = script.clean(" ".join(options.query)).strip()
    book = parts.book
    chosen = (
        [entry.id for entry in parts.index.phrases(query, 50)]
        if query
        else [phrase.id for phrase in book.phrases]
    )
    if options.json:
        from helper.lookup.phrases import phrase_dict

        print_json({"results": [phrase_dict(parts.index.by_id[i], book.by_id[i]) for i in chosen]})
        return
    console = Console(highlight=False, soft_wrap=True)
    if not chosen:
        console.print(
            f"No phrase for “{query}” yet; “rednote-helper translate” can try.", markup=False
        )
    place = ""
    for id_ in chosen:
        entry = parts.index.by_id[id_]
        if not query and entry.place != place:
            place = entry.place
            console.print(Text(f"\n{place}", "bold red"))
        console.print(
            Text.assemble(
                (entry.hanzi, "bold"),
                "  ",
                (entry.pinyin, "dim"),
                f"  {entry.english}",
                (f"  [{entry.place}]", "dim"),
            )
        )


def check(parts: Services, options: argparse.Namespace) -> int:
    """Check the content; exit status 1 when there are problems."""
    from phrasebook.check import main

    return main()
