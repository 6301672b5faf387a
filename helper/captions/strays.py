"""Does the Chinese say what the English said? Checks with the back-translation as a witness.

Each check gives a reason that a reader can act on. None needs a reference; how well they find
what is wrong is measured by bench/quality.py against the references of our corpus.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from helper.captions import figures
from helper.captions.similarity import chrf, letters
from helper.mandarin.script import HANZI
from helper.translation import checks, protect
from helper.translation.result import Origin, Sentence, Warning
from phrasebook.types import Name


class Reason(enum.StrEnum):
    """Why a sentence is marked "check this one"; the value is the machine's name for it."""

    NUMBER = "number-changed"
    NEGATION = "negation-lost"
    NEGATION_ADDED = "negation-added"
    NAME = "name-missing"
    GUESSED = "word-guessed"
    SHORT = "something-missing"
    LONG = "something-added"
    BROKEN = "broken"
    MEANING = "meaning-strays"


_FROM_WARNING = {
    Warning.REPEATED: Reason.BROKEN, Warning.EMPTY: Reason.BROKEN,
    Warning.WRONG_SCRIPT: Reason.BROKEN, Warning.ECHO: Reason.BROKEN,
    Warning.TOO_SHORT: Reason.SHORT, Warning.TOO_LONG: Reason.LONG,
    Warning.NUMBER: Reason.NUMBER, Warning.NEGATION: Reason.NEGATION,
    Warning.NAME: Reason.NAME, Warning.GUESSED: Reason.GUESSED,
}
#: Similarity of source and back-translation (chrF, 0 to 1) under which the meaning strays.
STRAYS = 0.22
#: Similarity from which an unknown word was plainly understood.
ALIKE = 0.4
#: Hanzi (Latin words and numbers too) that a word of English needs at least, and at most.
SHORTEST, LONGEST = 0.7, 2.9
#: Fewer hanzi a word than this are too few if less than RETURNED of the letters came back.
SHORT, RETURNED = 1.05, 0.55
#: Spelling similarity (RapidFuzz ratio) from which a returned name counts as the same name.
SPELT = 50
#: A capitalised word inside an English sentence.
CAPITAL = regex.compile(
    r"(?<=[\p{L}\p{N},;:’'”\")&]\s+[\"“‘(]?)(?<![@#-])\p{Lu}\p{Ll}{2,}(?![\w’'-])"
)
_FIRST = regex.compile(r"^[\"“‘(]*(\p{Lu}\p{Ll}{3,})(?![\w’'-])")
_WORD = regex.compile(r"[\p{Latin}\p{N}]+(?:['’-][\p{Latin}\p{N}]+)*")
# Words that Title Case leaves small.
_SMALL = frozenset(
    "a an and as at but by for from in into is my nor of on or our so than that the to up via vs "
    "with your".split()
)


@dataclass(frozen=True)
class Check:
    """What the check of one sentence found.

    Attributes:
        reasons: why the reader should look at it; () when nothing speaks against it.
        similarity: chrF of the back-translation against the source, 0 to 1.
        guessed: the words that the translator has probably guessed.
        missing: English names that the Chinese lacks.
    """

    reasons: tuple[Reason, ...] = ()
    similarity: float = 1.0
    guessed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether the sentence is marked "check this one"."""
        return bool(self.reasons)


class Checker:
    """Compares English sentences with their Chinese.

    Args:
        names: fixed terms; the capitalised ones must be in the translation.
        known: English words that the translator has certainly seen, case-folded.
    """

    def __init__(self, names: Iterable[Name], known: frozenset[str] = frozenset()) -> None:
        self._known = known
        self._names: dict[str, set[str]] = {}
        for name in names:
            forms = [form for form in (name.en, *name.also) if len(form) > 2]
            for form in forms:
                if form[0].isupper():
                    self._names.setdefault(form, set()).update((name.zh, *name.zh_also))
        self._expression = regex.compile(
            r"(?<![\w@#])(?:" + ("|".join(
                map(regex.escape, sorted(self._names, key=len, reverse=True))
            ) or "(?!)") + r")(?!\w)"
        )

    def check(self, sentence: Sentence, back: str) -> Check:
        """What speaks against ``sentence`` (English to Chinese), given its back-translation."""
        if sentence.origin is Origin.UNCHANGED:
            return Check()
        source, chinese = bare(sentence.plain or sentence.source), bare(sentence.text)
        similarity = chrf(bare(back), source)
        if sentence.origin is Origin.MEMORY:
            return Check(similarity=similarity)
        found = [_FROM_WARNING[w] for w in sentence.warnings if w in _FROM_WARNING]
        missing = self.missing(source, chinese) or self.unnamed(source, chinese, bare(back))
        guessed = self.guessed(source, chinese, back) if similarity < ALIKE else ()
        found += self._compare(source, chinese, bare(back), similarity)
        found += [Reason.NAME] * bool(missing) + [Reason.GUESSED] * bool(guessed)
        return Check(tuple(dict.fromkeys(found)), round(similarity, 3), guessed, missing)

    def edited(self, source: str, chinese: str, back: str) -> Check:
        """The same for Chinese that a person has written or changed."""
        return self.check(Sentence(source, chinese, Origin.ENGINE, 1.0), back)

    def _compare(self, source: str, chinese: str, back: str, similarity: float) -> list[Reason]:
        found = []
        if figures.lost(source, chinese) or figures.added(source, chinese) or \
                figures.dates_lost(source, chinese) or figures.percent_changed(source, chinese):
            found.append(Reason.NUMBER)
        denied = _negation(source, chinese, back)
        if denied:
            found.append(denied)
        found += _length(source, chinese, back)
        if similarity < STRAYS and len(letters(source)) > 8:
            found.append(Reason.MEANING)
        return found

    def missing(self, source: str, chinese: str) -> tuple[str, ...]:
        """Names of ``source`` that ``chinese`` has neither in hanzi nor in Latin letters."""
        folded = chinese.casefold()
        return tuple(dict.fromkeys(
            match.group() for match in self._expression.finditer(source)
            if match.group().casefold() not in folded
            and not any(form.casefold() in folded for form in self._names[match.group()])
        ))

    def unnamed(self, source: str, chinese: str, back: str) -> tuple[str, ...]:
        """Names of no list (people, pets) that are neither in ``chinese`` nor came back at all.

        A name in hanzi comes back in some spelling ("梅根" → "Megan", "Maegen"), with a capital.
        """
        folded = chinese.casefold()
        returned = [word.casefold() for word in (*_FIRST.findall(back), *CAPITAL.findall(back))]
        own = {word.casefold() for word in _WORD.findall(source)}
        listed = " ".join(match.group() for match in self._expression.finditer(source))
        return tuple(dict.fromkeys(
            word for word in self._capitals(source)
            if word not in listed and word.casefold() not in folded
            and word not in figures.CAPITALISED
            # "Street" came back as itself, and is no spelling of "Mercer"
            and not any(
                fuzz.ratio(word.casefold(), other) >= SPELT for other in returned
                if other not in own or other == word.casefold()
            )
        ))

    def guessed(self, source: str, chinese: str, back: str) -> tuple[str, ...]:
        """Words of ``source`` that the translator does not know and that did not come back."""
        if not self._known:
            return ()
        returned = [word.casefold() for word in _WORD.findall(f"{back} {chinese}")]
        return tuple(dict.fromkeys(
            word for word in regex.findall(r"(?<![\w@#'’-])\p{Ll}{4,}(?![\w'’-])", source)
            if not self._knows(word)
            and not any(fuzz.ratio(word, other) >= 75 for other in returned)
        ))

    def _capitals(self, source: str) -> list[str]:
        """The words of ``source`` that their capital makes names. In Title Case, and where a
        sentence begins, it says nothing: there, words that the translator knows are none."""
        title = _title_case(source)
        first = [
            # without a list of known words nothing tells a name from a word there
            word for word in _FIRST.findall(source)
            if self._known and not self._ordinary(word.casefold())
        ]
        return first + [
            match.group() for match in CAPITAL.finditer(source)
            if not (title or source[match.start() - 1] in "\"“‘'(")
            or not self._ordinary(match.group().casefold())
        ]

    def _ordinary(self, word: str) -> bool:
        # the list of known words has none of three letters
        return len(word) < 4 or word in _SMALL or self._knows(word)

    def _knows(self, word: str) -> bool:
        return word in self._known or any(
            word.endswith(end) and word[: -len(end)] + more in self._known
            for end, more in (("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
                              ("ing", "e"), ("ies", "y"), ("ly", ""), ("er", ""), ("est", ""),
                              ("ier", "y"), ("iest", "y"), ("d", ""), ("ness", ""), ("y", ""))
        )


def _title_case(text: str) -> bool:
    """Whether all but the small words of ``text``, and more than two, begin with a capital."""
    words = [word for word in _WORD.findall(text) if word.casefold() not in _SMALL]
    return len(words) > 2 and all(word[0].isupper() or word[0].isdigit() for word in words)


def bare(text: str) -> str:
    """``text`` without its protected pieces except prices, which say something."""
    return "".join(
        part.text if part.piece is None or part.piece.kind == "price" else " "
        for part in protect.parts(text)
    ).strip()


def _negation(source: str, chinese: str, back: str) -> Reason | None:
    """Whether a denial was lost or added; the back-translation decides where Chinese is unclear."""
    if checks.idiom(source):
        return None
    if checks.denies_english(source):
        if not checks.denies_chinese(chinese, "loosely"):
            return Reason.NEGATION
        clear = checks.denies_chinese(chinese) or checks.denies_english(back)
        return None if clear or checks.half_denies(back) else Reason.NEGATION
    if checks.denies_chinese(chinese, "plainly") and (
        checks.denies_english(back) or not checks.half_denies(source)
    ):
        return Reason.NEGATION_ADDED
    return None


def _length(source: str, chinese: str, back: str) -> list[Reason]:
    words = len(_WORD.findall(source))
    hanzi = len(HANZI.findall(chinese)) + len(_WORD.findall(HANZI.sub(" ", chinese)))
    returned = len(letters(back)) / max(1, len(letters(source)))
    if words >= 3 and hanzi < SHORTEST * words:
        return [Reason.SHORT]
    if words >= 2 and hanzi < SHORT * words and returned < RETURNED:
        return [Reason.SHORT]
    if hanzi > LONGEST * words + 3:
        return [Reason.LONG]
    return []
