"""The translation catalogues: ``update`` after strings changed, ``check`` in the test command.

There are two: ``messages`` holds the strings of the code and the templates, ``content`` the
explanations of the phrasebook and of the tone drills. check fails when a string is missing from a
catalogue, untranslated or fuzzy, when a translation lost a placeholder or has half-width marks
between hanzi, or when a compiled catalogue is older than its source.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from helper.practice.tones import drills
from phrasebook.explanations import explanations
from phrasebook.loader import load

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "helper" / "translations"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_HALF_WIDTH = re.compile("[\u4e00-\u9fff][,!?;:]|[,!?;:][\u4e00-\u9fff]")


def messages() -> Catalog:
    """All marked strings of the code and the templates."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "messages.pot"
        subprocess.run(
            [
                sys.executable,
                "-m",
                "babel.messages.frontend",
                "-q",
                "extract",
                "-F",
                "tools/babel.cfg",
                "-k",
                "N_",
                "-k",
                "_l",
                "-k",
                "ngettext:1,2",
                "--no-location",
                "--omit-header",
                "--sort-output",
                "-o",
                str(path),
                ".",
            ],
            cwd=ROOT,
            check=True,
        )
        with path.open("rb") as file:
            return read_po(file)


def content() -> Catalog:
    """All explanations; a comment says what the first entry is that has it."""
    catalog = Catalog()
    found = [*explanations(load())]
    for drill in drills():
        found += [(f"drill: {drill.id}", text) for text in (drill.title, drill.about, drill.mouth)]
    for label, text in found:
        if text not in catalog:
            catalog.add(text, auto_comments=[label])
    return catalog


#: The catalogues by name; only the order of ``messages`` means nothing.
DOMAINS = {"messages": (messages, True), "content": (content, False)}


def catalogues() -> Iterator[tuple[Path, Catalog, bool]]:
    """(path of the .po file, what it must hold, whether it is kept sorted) of all languages."""
    for name, (extract, is_sorted) in DOMAINS.items():
        template = extract()
        for folder in sorted(FOLDER.glob("*/LC_MESSAGES")):
            yield folder / f"{name}.po", template, is_sorted


def read(path: Path) -> Catalog:
    """A catalogue as it stands; an empty one where there is none yet."""
    locale = path.parts[-3]
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as a .mo file's bytes."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update() -> int:
    """Merge new strings into every catalogue and compile them."""
    for path, template, is_sorted in catalogues():
        catalog = read(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(
                file, catalog, omit_header=False, no_location=True, sort_output=is_sorted, width=0
            )
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [m.id for m in catalog if m.id and not _translated(m)]
        print(f"{path.parts[-3]} {path.stem}: {len(catalog)} strings, {len(missing)} to translate")
        for text in missing:
            print(f"  {text!r}")
    return 0


def _translated(message) -> bool:  # type: ignore[no-untyped-def]
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(strings) and all(strings)


def problems() -> list[str]:
    """One line per problem."""
    found = []
    for path, template, _ in catalogues():
        name = f"{path.parts[-3]} {path.stem}"
        catalog = read(path)
        for message in template:
            if not message.id:
                continue
            held = catalog.get(message.id, message.context)
            label = message.id if isinstance(message.id, str) else message.id[0]
            if held is None or not _translated(held):
                found.append(f"{name}: not translated: {label!r}")
                continue
            if held.fuzzy:
                found.append(f"{name}: fuzzy: {label!r}")
            strings = held.string if isinstance(held.string, tuple) else (held.string,)
            if name.startswith("zh") and any(map(_HALF_WIDTH.search, strings)):
                found.append(f"{name}: half-width marks between hanzi: {label!r}")
            wanted = set(_PLACEHOLDER.findall(label))
            if any(set(_PLACEHOLDER.findall(text)) - wanted for text in strings) or (
                isinstance(message.id, str) and set(_PLACEHOLDER.findall(strings[0])) != wanted
            ):
                found.append(f"{name}: placeholders differ: {label!r}")
        mo = path.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled(catalog):
            found.append(f"{name}: {mo.name} is stale; run “make catalogues”")
    return found


def main() -> int:
    """``update`` or ``check``."""
    if sys.argv[1:] == ["update"]:
        return update()
    found = problems()
    for line in found:
        print(line, file=sys.stderr)
    print(f"catalogues: {len(found)} problems" if found else "catalogues: complete and fresh")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
