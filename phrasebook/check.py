"""Finds mistakes in the content that its types cannot: ids, references, pinyin, traditional hanzi.

Run as ``python -m phrasebook.check`` or ``rednote-helper phrasebook check``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec
from opencc import OpenCC

from phrasebook.loader import ContentError, Phrasebook, load
from phrasebook.types import Identified, Pair, Shown, Template

_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_NOT_WORD = re.compile(r"[\s\W_]+")
_SLOT = re.compile(r"\{(\w+?)\}")
_OPTIONAL = {
    "notes", "notes_zh", "pinyin", "differs", "stands_for", "phrase", "term", "pattern", "plain",
    "text", "regex",
}


def problems(book: Phrasebook) -> Iterator[str]:
    """Yield one sentence per mistake found in ``book``; nothing when all is well."""
    yield from _ids(book)
    yield from _empty(book)
    yield from _labels(book)
    yield from _pinyin(book)
    yield from _words(book)
    yield from _simplified(book)
    yield from _slots(book)
    yield from _patterns(book)
    yield from _drawings(book)


def _identified(book: Phrasebook) -> list[Identified]:
    return [
        *book.terms, *book.slang, *book.hashtags, *book.phrases, *book.starters, *book.howtos,
        *book.rules,
    ]


def _ids(book: Phrasebook) -> Iterator[str]:
    ids = Counter(entry.id for entry in _identified(book))
    yield from (f"{id_}: used by {n} entries" for id_, n in ids.items() if n > 1)
    for kind in (book.screens, book.situations):
        heads = Counter(head.id for head in kind)
        yield from (f"{id_}: used by {n} files" for id_, n in heads.items() if n > 1)
    for entry in _identified(book):
        for target in getattr(entry, "related", ()):
            if target not in ids:
                yield f"{entry.id}: related entry {target!r} does not exist"
            elif target == entry.id:
                yield f"{entry.id}: related to itself"
    terms = {term.id for term in book.terms}
    for howto in book.howtos:
        for step in howto.steps:
            if step.term and step.term not in terms:
                yield f"{howto.id}: step names unknown term {step.term!r}"
    phrases = {phrase.id for phrase in book.phrases}
    for situation in book.situations:
        for turn in situation.turns:
            if turn.phrase and turn.phrase not in phrases:
                yield f"{situation.id}: turn names unknown phrase {turn.phrase!r}"


def _empty(book: Phrasebook) -> Iterator[str]:
    for entry in [*_identified(book), *book.screens, *book.situations, *book.names]:
        for field in msgspec.structs.fields(entry):
            value = getattr(entry, field.name)
            if isinstance(value, str) and not value.strip() and field.name not in _OPTIONAL:
                yield f"{getattr(entry, 'id', entry)}: {field.name} is empty"
            if field.name == "also" and field.required and not value:
                yield f"{getattr(entry, 'id', entry)}: also is empty"


def _labels(book: Phrasebook) -> Iterator[str]:
    labels = defaultdict(list)
    for term in book.terms:
        labels[term.screen, term.hanzi].append(term)
    for (screen, hanzi), terms in labels.items():
        if len(terms) > 1 and not all(term.differs for term in terms):
            ids = ", ".join(term.id for term in terms)
            yield f"{screen}: {hanzi} stands twice ({ids}) without saying how they differ"


def _pinyin(book: Phrasebook) -> Iterator[str]:
    shown: list[Shown] = [*book.terms, *book.slang, *book.hashtags, *book.phrases]
    for entry in shown:
        if not entry.pinyin:
            continue
        text = getattr(entry, "stands_for", "") or entry.hanzi
        hanzi, syllables = len(_HANZI.findall(text)), len(entry.pinyin.split())
        if hanzi and hanzi != syllables:
            yield f"{entry.id}: {syllables} pinyin syllables for {hanzi} hanzi"


def _words(book: Phrasebook) -> Iterator[str]:
    for phrase in book.phrases:
        joined = _NOT_WORD.sub("", "".join(word for word, _ in phrase.words))
        if joined != _NOT_WORD.sub("", phrase.hanzi):
            yield f"{phrase.id}: its words give {joined}, not {phrase.hanzi}"


def _simplified(book: Phrasebook) -> Iterator[str]:
    to_simplified = OpenCC("t2s").convert
    shown: list[Shown] = [*book.terms, *book.slang, *book.hashtags, *book.phrases]
    pairs: list[Pair | Template] = [*book.pairs, *book.templates]
    texts = [(entry.id, entry.hanzi) for entry in shown]
    texts += [(str(pair.en), pair.zh) for pair in pairs]
    texts += [(name.en, name.zh) for name in book.names]
    for label, text in texts:
        if to_simplified(text) != text:
            yield f"{label}: {text} is not simplified ({to_simplified(text)})"


def _slots(book: Phrasebook) -> Iterator[str]:
    kinds = {name.kind for name in book.names} | {"name", "number", "time", "text"}
    for template in book.templates:
        slots = set(_SLOT.findall(template.zh))
        if not slots:
            yield f"{template.zh}: a template without slots"
        for text in [*template.en, *template.alt]:
            if set(_SLOT.findall(text)) != slots:
                yield f"{text}: its slots differ from those of {template.zh}"
        yield from (
            f"{template.zh}: unknown slot kind {slot!r}"
            for slot in slots if slot.rstrip("0123456789") not in kinds
        )
    for starter in book.starters:
        named = {blank.slot for blank in starter.blanks}
        for text in (starter.zh, starter.en, starter.post_title, starter.post_title_en):
            if not set(_SLOT.findall(text)) <= named:
                yield f"{starter.id}: a slot of {text!r} has no blank"


def _patterns(book: Phrasebook) -> Iterator[str]:
    expressions = [(item.form, item.pattern) for item in book.netspeak if item.pattern]
    for rule in book.rules:
        for pattern in rule.patterns:
            if bool(pattern.text) == bool(pattern.regex):
                yield f"{rule.id}: a pattern needs exactly one of text and regex"
            expressions.append((rule.id, pattern.regex))
    for label, expression in expressions:
        try:
            re.compile(expression)
        except re.error as error:
            yield f"{label}: {expression!r} is no regular expression: {error}"
    forms = Counter(form.lower() for item in book.netspeak for form in [item.form, *item.also]
                    if not item.pattern)
    yield from (f"net English {form!r} stands {n} times" for form, n in forms.items() if n > 1)


def _drawings(book: Phrasebook) -> Iterator[str]:
    terms = {term.id for term in book.terms}
    heads = Counter(drawing.id for drawing in book.drawings)
    yield from (f"{id_}: drawn by {n} files" for id_, n in heads.items() if n > 1)
    for drawing in book.drawings:
        listed = Counter(mark.term for mark in drawing.labels())
        yield from (f"{drawing.id}: {term} stands {n} times; mark the others with echo"
                    for term, n in listed.items() if n > 1)
        for part in drawing.parts:
            for mark in part.marks():
                if mark.term and mark.term not in terms:
                    yield f"{drawing.id}, {part.name}: unknown term {mark.term!r}"
                if not (mark.term or mark.icon or mark.fill):
                    yield f"{drawing.id}, {part.name}: a mark without term, icon or fill"
                if mark.echo and mark.term not in listed:
                    yield f"{drawing.id}, {part.name}: {mark.term} repeats nothing"


def main() -> int:
    """Print every problem and a count; exit status 1 when there is any."""
    try:
        book = load()
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    found = list(problems(book))
    for line in found:
        print(line, file=sys.stderr)
    print(
        f"{len(book.terms)} terms, {len(book.slang)} slang, {len(book.hashtags)} hashtags, "
        f"{len(book.phrases)} phrases in {len(book.situations)} situations, "
        f"{len(book.pairs)} pairs, {len(book.templates)} templates, {len(book.names)} names, "
        f"{len(book.netspeak)} net-English forms, {len(book.rules)} rules with "
        f"{sum(len(rule.patterns) for rule in book.rules)} patterns, {len(book.starters)} "
        f"starters, {len(book.howtos)} how-tos: "
        + (f"{len(found)} problems" if found else "no problems")
    )
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
