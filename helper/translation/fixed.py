"""Fixed terms: names, brands and dates that have one right translation, and Chinese slang that
stands for something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import regex

from helper.mandarin import figures
from helper.mandarin.script import has_hanzi
from helper.translation import numbers
from helper.translation.amounts import amounts
from helper.translation.netspeak import Reading
from helper.translation.protect import PLACEHOLDER, Measure, Movable, NameTerm
from phrasebook import Phrasebook
from phrasebook.types import Name

# Kinds whose members are proper names or fixed terms; animals or foods may be said in many ways.
_FIXED_KINDS = frozenset({"place", "brand", "fixed"})
# Proper names that are also everyday English words; only their capitalised form is a name.
_MIN_LENGTH = 3


# Numbers in digits, with the signs between them; an hour ("at 7:30") is none of them.
_DIGITS = regex.compile(
    r"(?<![A-Za-z0-9_.⟦])(?<!\bat )(?:(?<![\w.)⟧])[-−])?\d++(?:[.,:/–-]\d++)*+"
    r"(?![A-Za-z0-9_%⟧万千百亿])"
)
# The second price of a range: "$10-15".
_UP_TO = regex.compile(r"⟦(\d+)⟧(\s?[-–—~]\s?\d[\d,.]*(?<=\d)[kK]?)(?![\w⟧])")
# A preposition before a time; what begins a time that needs none; and what such a time never
# follows as an adverb.
_PREPOSITION = regex.compile(r"(?<![\w-])(?:at|on|@)\s+$", regex.IGNORECASE)
_ADVERB = regex.compile(
    r"from\b|(?:to(?:day|morrow|night)|yester|this|last|next|every|each)\b|"
    r"(?:mon|tues?|wed|thu|fri|sat|sun)|\d+(?::\d\d)?\s?(?:[ap]\.?m\b\.?)?\s?[-–—~]",
    regex.IGNORECASE,
)
_ADVERB_AFTER = regex.compile(
    r"\b(?:you|me|us|him|them|it|here|there|(?:start|begin|end|open|close|leave|arrive)s?|born)\s+$",
    regex.IGNORECASE,
)
_NO_ADVERB_AFTER = regex.compile(
    r"(?:^|[^\p{L}\s]|\b(?:the|an?|my|our|your|his|her|their|its|this|that|every|each|by|until|till|"
    r"before|after|since|for|from|around|about|to|of|and|or|than|between|is|was|are|were|be|"
    r"live))\s*$",
    regex.IGNORECASE,
)

# Where a fixed term stands in a sentence, its translation, and the forms that do as well.
_Span: TypeAlias = tuple[int, int, str, frozenset[str]]


@dataclass(frozen=True)
class Swap:
    """A well-known place put in for one that the engine does not know.

    Attributes:
        forms: how the stand-in may come out in the translation.
        target: what takes its place there.
    """

    forms: tuple[str, ...]
    target: str


# Between a town and its state, and between the members of a list of places.
_COMMA = regex.compile(r", ?")
_CODE = regex.compile(r", ?([A-Z]{2})(?![\w])")
# Between a Chinese region and its town.
_REGION_END = regex.compile(r"[省州]?")
_LISTED = regex.compile(r",? (?:and|or|&) |, ?|/")
# Places that are common in any training text, English and Chinese.
_STAND_INS = ("New York", "Beijing", "London", "Shanghai", "California")


def regions(names: Iterable[Name]) -> dict[str, str]:
    """The Chinese of states, provinces and countries by what may stand behind a town and a comma:
    names, codes ("OR"), and "Washington" for the state."""
    return {
        form: name.zh for name in names if name.region
        for form in (name.en, *name.also, *name.codes, name.en.removesuffix(" State"))
    }


class FixedTerms:
    """Finds fixed terms in a sentence and checks or secures them in its translation."""

    def __init__(self, book: Phrasebook) -> None:
        self._zh: dict[str, tuple[str, frozenset[str]]] = {}
        self._en: dict[str, tuple[str, frozenset[str]]] = {}
        names = sorted(
            (n for n in book.names if n.kind in _FIXED_KINDS), key=lambda n: n.kind != "fixed"
        )
        for name in names:
            spellings = frozenset(form.casefold() for form in (name.en, *name.also))
            for form in (name.en, *name.also):
                if len(form) >= _MIN_LENGTH:
                    self._zh.setdefault(form, (name.zh, frozenset((name.zh, *name.zh_also))))
            for form in (name.zh, *name.zh_also):
                if has_hanzi(form) and len(form) > 1:
                    self._en.setdefault(form, (name.en, spellings))
        self._places = frozenset(
            form for n in names if n.kind == "place" for form in (n.en, *n.also)
        )
        self._towns = self._places - {
            form for n in names if n.region for form in (n.en, *n.also)
        }
        self._regions = regions(names)
        self._hanzi_places = frozenset(
            form for n in names if n.kind == "place" for form in (n.zh, *n.zh_also)
        )
        self._hanzi_regions = frozenset(
            form for n in names if n.region for form in (n.zh, *n.zh_also)
        )
        self._english = _any(self._zh, r"(?<![\w@#])", r"(?!\w)")
        # 中国人 and 中国菜 are Chinese, not China
        self._chinese = _any(self._en, "", "(?![人话菜文语式])")
        # one lower-case word ("bio", "op") is too often an ordinary word
        self._insensitive = {
            form.casefold(): form for form in self._zh
            if " " in form and any(n.kind == "fixed" and form in (n.en, *n.also) for n in names)
        }
        if self._insensitive:
            self._loose = regex.compile(
                r"(?<![\w@#])(?:" + "|".join(
                    map(regex.escape, sorted(self._insensitive, key=len, reverse=True))
                ) + r")(?:s|es)?(?!\w)", regex.IGNORECASE,
            )
        else:
            self._loose = None
        self._slang = {
            form: entry.stands_for
            for entry in book.slang if entry.stands_for
            for form in (entry.hanzi, *entry.also)
            if regex.fullmatch(r"[A-Za-z][A-Za-z0-9]{1,9}|\d{3,6}|[a-z]\d[a-z]\d", form)
            and (form in (entry.hanzi, entry.hanzi.upper(), entry.hanzi.lower()))
        }
        self._slang_expression = regex.compile(
            r"(?<![A-Za-z0-9@#⟦.])(?:" + "|".join(
                map(regex.escape, sorted(self._slang, key=len, reverse=True))
            ) + r")(?![A-Za-z0-9⟧.:])", regex.IGNORECASE,
        ) if self._slang else None

    def dates(
        self, text: str, inner: tuple[str, ...], most: int = 5
    ) -> tuple[str, tuple[str, ...]]:
        """Times, dates, ranges and the like of an English sentence behind placeholders, in
        Chinese order; beyond ``most`` placeholders they stay as they are written."""
        text, inner = _with_ranges(text, inner)
        times = numbers.times_and_dates(text)[: max(0, most - len(inner))]
        text, times = _with_prepositions(text, times)
        text, inner = _insert(text, inner, [(a, b, Measure(zh)) for a, b, zh in times])
        found = [(a, b, (Measure if whole else Movable)(zh)) for a, b, zh, whole in amounts(text)]
        return _insert(text, inner, found[: max(0, most - len(inner))])

    @staticmethod
    def mask_numbers(text: str, inner: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Put numbers in digits behind placeholders, for sentences where the engine lost one.

        An hour stays: the engine takes any placeholder behind "at" for one in the small hours.
        """
        outside = [(m.start(), m.end()) for m in PLACEHOLDER.finditer(text)]
        found = [
            (m.start(), m.end(), Movable(m.group()))
            for m in _DIGITS.finditer(text)
            if not any(a <= m.start() < b for a, b in outside)
        ]
        return _insert(text, inner, found)

    def _spans(self, text: str, source: str) -> list[_Span]:
        expression = self._english if source == "en" else self._chinese
        table = self._zh if source == "en" else self._en
        found = []
        if expression is not None:
            for match in expression.finditer(text):
                target, accepted = table[match.group()]
                found.append((match.start(), match.end(), target, accepted))
        if source == "en" and self._loose is not None:
            taken = [(a, b) for a, b, _, _ in found]
            for match in self._loose.finditer(text):
                key = match.group().casefold()
                form = self._insensitive.get(key) or self._insensitive.get(
                    key.removesuffix("s")
                ) or self._insensitive.get(key.removesuffix("es"))
                if form and not any(a < match.end() and match.start() < b for a, b in taken):
                    target, accepted = self._zh[form]
                    found.append((match.start(), match.end(), target, accepted))
        found.sort(key=lambda span: span[0])
        return self._with_regions(text, found) if source == "en" else self._nested(text, found)

    def _nested(self, text: str, spans: list[_Span]) -> list[_Span]:
        """Chinese ``spans`` with places that stand side by side as one: 湖南长沙 is Changsha,
        Hunan, 上海北京 Shanghai and Beijing."""
        result: list[_Span] = []
        inside = None  # whether the place before is a region; None where no place is
        for start, end, target, accepted in spans:
            form = text[start:end]
            before = result[-1] if inside is not None else None
            if before is not None and form in self._hanzi_places and \
                    _REGION_END.fullmatch(text, before[1], start):
                near, far = (target, before[2]) if inside else (before[2], target)
                joined = f"{near}, {far.removeprefix('the ')}"
                result[-1] = (before[0], end, joined, frozenset(
                    (joined, f"{near} in {far}" if inside else f"{near} and {far}")
                ))
            else:
                result.append((start, end, target, accepted))
            inside = form in self._hanzi_regions if form in self._hanzi_places else None
        return result

    def _with_regions(self, text: str, spans: list[_Span]) -> list[_Span]:
        """``spans`` with a town and its state as one: "Dallas, Texas" is 得州达拉斯."""
        result: list[_Span] = []
        for number, span in enumerate(spans):
            start, end, _, accepted = span
            before = result[-1] if result else None
            region = self._regions.get(text[start:end])
            if (
                before is not None and region is not None
                and text[before[0]: before[1]] in self._towns
                and _COMMA.fullmatch(text, before[1], start)
                and not self._listed(text, spans[number + 1:], end)
            ):
                result[-1] = _within(before, end, region, accepted)
                continue
            code = _CODE.match(text, end)
            if code and code[1] in self._regions and text[start:end] in self._towns:
                span = _within(span, code.end(), self._regions[code[1]])
            result.append(span)
        return result

    def _listed(self, text: str, spans: list[_Span], end: int) -> bool:
        """Whether the place that ends at ``end`` is one of a list that goes on with a region."""
        return bool(spans) and text[spans[0][0]: spans[0][1]] in self._regions and \
            _LISTED.fullmatch(text, end, spans[0][0]) is not None

    def missing(self, text: str, translation: str, source: str) -> list[str]:
        """Fixed terms of ``text`` whose translation is not in ``translation``."""
        folded = translation.casefold()
        return [
            target for start, end, target, accepted in self._spans(text, source)
            if not any(form.casefold() in folded for form in accepted)
            and text[start:end].casefold() not in folded
        ]

    def mask_names(
        self, text: str, inner: tuple[str, ...], source: str
    ) -> tuple[str, tuple[str, ...]]:
        """Put the fixed terms of a sentence behind placeholders that become their translation."""
        found = [(a, b, NameTerm(target)) for a, b, target, _ in self._spans(text, source)]
        return _insert(text, inner, found)

    def stand_ins(self, text: str) -> tuple[str, tuple[Swap, ...]]:
        """An English sentence with its places swapped for well-known ones, and how to swap back.

        A small model knows few places by name, but many sentences about New York.
        """
        spans = [
            s for s in self._spans(text, "en")
            # a town with its state is one span: "Dallas, Texas"
            if text[s[0]: s[1]] in self._places or text[s[0]: s[1]].split(",")[0] in self._places
        ]
        free = [name for name in _STAND_INS if name in self._zh and name not in text]
        if not spans or len(spans) > len(free):
            return text, ()
        result, last, swaps = "", 0, []
        for (start, end, target, _), name in zip(spans, free, strict=False):
            result += text[last:start] + name
            last = end
            forms = sorted(self._zh[name][1], key=len, reverse=True)
            swaps.append(Swap(tuple(forms), target))
        return result + text[last:], tuple(swaps)

    def expands(self, text: str) -> bool:
        """Whether a Latin or digit abbreviation in ``text`` stands for Chinese ("yyds")."""
        return bool(self.expand(text)[1])

    def expand(self, text: str) -> tuple[str, tuple[Reading, ...]]:
        """Chinese abbreviations spelt out in hanzi ("yyds" → "永远的神"), and what was read."""
        if self._slang_expression is None:
            return text, ()
        readings: list[Reading] = []

        def spell(match: regex.Match[str]) -> str:
            written = match.group()
            if figures.is_number(text, match.start(), match.end()):
                return written
            hanzi = self._slang.get(written) or self._slang.get(written.lower()) or \
                self._slang.get(written.upper())
            if hanzi is None:
                return written
            readings.append(Reading(written, hanzi))
            return hanzi

        return self._slang_expression.sub(spell, text), tuple(readings)


def _within(
    town: _Span, end: int, region: str, accepted: frozenset[str] = frozenset()
) -> _Span:
    """A town and its region as one term up to ``end``; "New York, NY" is said once."""
    start, _, target, forms = town
    if target in region:
        return start, end, target, forms
    return start, end, region + target, frozenset(
        state + form for state in (region, *accepted) for form in forms
    )


def _any(table: Mapping[str, object], before: str, after: str) -> regex.Pattern[str] | None:
    if not table:
        return None
    forms = "|".join(map(regex.escape, sorted(table, key=len, reverse=True)))
    return regex.compile(f"{before}(?:{forms}){after}")


def _insert(
    text: str, inner: tuple[str, ...], found: Sequence[tuple[int, int, Movable]]
) -> tuple[str, tuple[str, ...]]:
    """Replace spans by placeholders, numbering them and the old ones in order."""
    if not found:
        return text, inner
    starts = {start: (end, target) for start, end, target in found}
    kept: list[str] = []
    result, at = "", 0
    while at < len(text):
        placeholder = PLACEHOLDER.match(text, at)
        if placeholder:
            kept.append(inner[int(placeholder[1]) - 1])
            at = placeholder.end()
        elif at in starts:
            end, target = starts[at]
            kept.append(target)
            at = end
        else:
            result += text[at]
            at += 1
            continue
        result += f"⟦{len(kept)}⟧"
    return result, tuple(kept)


def _with_ranges(text: str, inner: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Ranges of prices as one piece: "⟦1⟧-15", where ⟦1⟧ is "$10"."""
    pieces = list(inner)

    def join(match: regex.Match[str]) -> str:
        number = int(match[1]) - 1
        if not regex.match(r"\p{Sc}|[A-Z]+\p{Sc}", pieces[number]):
            return match.group()
        pieces[number] += regex.sub(r"\s", "", match[2])
        return f"⟦{match[1]}⟧"

    return _UP_TO.sub(join, text), tuple(pieces)


def _with_prepositions(
    text: str, times: list[tuple[int, int, str]]
) -> tuple[str, list[tuple[int, int, str]]]:
    """``text`` with "at" before the times of day, and where the times are then.

    Behind "at" the engine takes a placeholder for a time and puts it where Chinese wants it.
    """
    result, last = "", 0
    placed = []
    for start, end, chinese in times:
        ahead = text[last:start]
        word = "at" if "点" in chinese else "on"
        found = _PREPOSITION.search(ahead)
        if found and word == "at":
            ahead = ahead[: found.start()] + ("At " if found.group()[0].isupper() else "at ")
        elif not found and (_ADVERB_AFTER.search(ahead) or (
            _ADVERB.match(text, start) and not _NO_ADVERB_AFTER.search(ahead)
        )):
            ahead += f"{word} "
        result += ahead
        placed.append((len(result), len(result) + end - start, chinese))
        result += text[start:end]
        last = end
    return result + text[last:], placed


def swap_back(text: str, swaps: tuple[Swap, ...]) -> str | None:
    """Put the real places back into a translation; None if a stand-in is missing or doubled."""
    for number, swap in enumerate(swaps):
        form = next((form for form in swap.forms if form in text), None)
        if form is None or text.count(form) > 1:
            return None
        # a mark that no place contains, so that one swap never touches another's result
        text = text.replace(form, f"\x00{number}\x00")
    for number, swap in enumerate(swaps):
        text = text.replace(f"\x00{number}\x00", swap.target)
    return text
