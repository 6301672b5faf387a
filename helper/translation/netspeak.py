"""Net English read into plain English, so that the engine sees what the writer meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from phrasebook.types import NetSpeak

_STRETCHED = regex.compile(r"\b\w*?(\p{L})\1{2,}\w*\b", regex.IGNORECASE)
# Words in capitals that are spelt so: Roman numerals, and a size of batteries.
_SPELT = regex.compile(r"[IVXLCDM]+|AAA")
# Everyday words whose doubled letter must survive when a stretch is shortened ("goood", "reallly").
_DOUBLED = frozenset((
    "good cool too see feel soon food look need sweet really hello all well happy pretty "
    "funny ooh aww boo woo mood room book been keep meet free three tree agree week sleep "
    "deep ball call tall small still will kill full pull tell yell miss kiss less dress "
    "class off stuff cuddly silly yummy mommy daddy puppy kitty little better butter pizza "
    "wedding summer dinner hurry sorry worry tomorrow cookie noodle school balloon zoo wow "
    "bloom gross across adorable awesome impressed freezing cheese green between queen "
    "teen sheep beer deer coffee toffee"
).split())


# Phones type curly apostrophes; the models and the entries know straight ones.
_STRAIGHT = str.maketrans("’‘ʼ", "'''")


@dataclass(frozen=True)
class Reading:
    """What was read into the draft: ``written`` as typed, ``read`` as understood."""

    written: str
    read: str
    notes: str = ""
    zh: str = ""


class Reader:
    """Normalises captions by the net-English entries of the phrasebook."""

    def __init__(self, entries: Iterable[NetSpeak]) -> None:
        self._forms: dict[str, NetSpeak] = {}
        self._patterns: list[tuple[regex.Pattern[str], NetSpeak]] = []
        for entry in entries:
            if entry.pattern:
                self._patterns.append(
                    (regex.compile(entry.pattern, regex.IGNORECASE), entry)
                )
            for form in (entry.form, *entry.also):
                self._forms.setdefault(form.casefold().replace("’", "'"), entry)
        plain = sorted(
            (form for form, entry in self._forms.items() if entry.replace and not entry.pattern),
            key=len, reverse=True,
        )
        alternatives = "|".join(map(regex.escape, plain))
        self._whole = regex.compile(
            rf"(?<![\w@#'’/⟦-])(?:{alternatives})(?![\w'’/⟧])", regex.IGNORECASE
        ) if plain else None

    def read(self, text: str) -> tuple[str, tuple[Reading, ...]]:
        """Plain English for ``text``, and every change that was made."""
        readings: list[Reading] = []
        text = text.translate(_STRAIGHT)

        def note(written: str, read: str, entry: NetSpeak | None) -> str:
            if written != read:
                readings.append(Reading(
                    written, read, entry.notes if entry else "", entry.zh if entry else ""
                ))
            return read

        text = _STRETCHED.sub(lambda m: note(m.group(), shorten(m.group()), None), text)
        for expression, entry in self._patterns:
            text = expression.sub(
                lambda m, e=entry: note(m.group(), m.expand(e.plain), e), text
            )
        if self._whole is not None:
            text = self._whole.sub(self._replace(note), text)
        text = regex.sub(r"\s+([,.!?])", r"\1", regex.sub(r" {2,}", " ", text)).strip()
        return text, tuple(readings)

    def _replace(self, note):  # type: ignore[no-untyped-def]
        def replace(match: regex.Match[str]) -> str:
            entry = self._forms[match.group().casefold().replace("’", "'")]
            read = entry.plain
            if match.group()[0].isupper() and match.start() == 0 and read:
                read = read[0].upper() + read[1:]
            return note(match.group(), read, entry)

        return replace

    def explain(self, form: str) -> NetSpeak | None:
        """The entry for one net-English form, if there is one."""
        return self._forms.get(form.casefold())


def shorten(word: str) -> str:
    """A stretched word at its usual length: "soooo" → "so", "cooool" → "cool"; "VIII" stays."""
    if _SPELT.fullmatch(word):
        return word
    doubled = regex.sub(r"(\p{L})\1{2,}", r"\1\1", word, flags=regex.IGNORECASE)
    single = regex.sub(r"(\p{L})\1{2,}", r"\1", word, flags=regex.IGNORECASE)
    return doubled if doubled.casefold() in _DOUBLED else single
