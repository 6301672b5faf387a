"""What every word of a Chinese text means: slang, names, interface terms, dictionary words."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from helper.mandarin import pinyin, script
from helper.mandarin.figures import is_number
from helper.mandarin.pinyin import Reading, Syllable
from helper.mandarin.words import Dictionary, Segmenter, Sense
from phrasebook import Phrasebook
from phrasebook.types import Slang, Term

_LONGEST = 12
# Punctuation says something of its own only when it is all that was written.
_MARKS = regex.compile(r"[?？!！.。,，~～…+-]+")

# 漂漂亮亮, 软乎乎, 尝尝, 笑一笑: a word said twice, in part or whole.
_DOUBLED = regex.compile(
    r"(?P<a>.)(?P=a)(?P<b>.)(?P=b)|(?P<a>.)(?P<c>.)(?P=c)|(?P<verb>(?P<a>.)[一了]?(?P=a))"
)
_BOOKISH = regex.compile(r"\((?:literary|archaic|old|dialect|classical)[^)]*\)")
# Endings that make a noun and say nothing by themselves.
_ENDINGS = "子儿们"
# Senses that are seldom meant, and definitions that tell nothing if there are others.
_SELDOM = regex.compile(
    r"(?:\([^)]*\) ?)*(?:surname |abbr\. (?:for|of) |(?:\w+ )?variant of |used in |see )"
)
# 得 behind these is děi, "must", and not the de of a verb.
_MUST = regex.compile(
    r"(?:^|[^\p{L}\p{N}]|[我你您他她它谁们家人就也都还总又可必非才先再那这要天]|现在|今晚|一定|肯定|估计|起码|至少"
    r"|看来|真的|如果)$"
)
# A word of two readings, and what stands before and behind it where it has the second.
_OTHER_READING = (
    ("得", _MUST, regex.compile(r"\p{Han}(?<!了)"), "děi"),
    ("长", regex.compile(r""), regex.compile(r"[了着出成这那满大高胖]"), "zhǎng"),
)
# What stands before a word that counts (see counters.tsv), and a word that begins so.
_NUMERAL = r"第?[0-9０-９一二两三四五六七八九十百千万几半]+|[这那哪每整某]"
_COUNTING = regex.compile(rf"(?:{_NUMERAL})[ \t]*$")
_COUNTED = regex.compile(rf"({_NUMERAL})(\p{{Han}}+)")


@dataclass(frozen=True)
class Word:
    """One word of a Chinese sentence.

    Attributes:
        text: as written.
        readings: its characters with their syllables.
        gloss: what it means here, short; "" where there is nothing to say.
        kind: "term", "slang", "hashtag", "word", "name" or "other" (punctuation, emoji, Latin).
        entry: id of the content entry behind it, if any.
    """

    text: str
    readings: tuple[Reading, ...]
    gloss: str
    kind: str
    entry: str = ""

    @property
    def pinyin(self) -> str:
        """The word's syllables with tone marks, apart."""
        return " ".join(r.syllable.marked for r in self.readings if r.syllable)

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {
            "text": self.text, "pinyin": self.pinyin, "gloss": self.gloss, "kind": self.kind,
            "entry": self.entry,
        }


@functools.cache
def _table(name: str) -> dict[str, dict[str, str]]:
    """A table beside this module: word → pinyin → gloss, the usual reading first."""
    table = Path(__file__).with_name(name).read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for word, gloss, reading in (line.split("\t") for line in table.splitlines() if line):
        found.setdefault(word, {})[reading] = gloss
    return found


def common() -> dict[str, dict[str, str]]:
    """The commonest words with what they mean in comments, where a dictionary misleads."""
    return _table("common.tsv")


def _counters() -> dict[str, dict[str, str]]:
    """Measure words and units: what they mean behind a number."""
    return _table("counters.tsv")


class Glosser:
    """Explains words; glossary and slang come before the dictionary."""

    def __init__(self, book: Phrasebook, segmenter: Segmenter, dictionary: Dictionary) -> None:
        self._segmenter = segmenter
        self._dictionary = dictionary
        self.slang: dict[str, Slang] = {}
        for slang in book.slang:
            self.slang[slang.hanzi.casefold()] = slang
        for slang in book.slang:
            for form in slang.also:
                # "also" holds English words too: only forms that cannot be mistaken count
                if script.has_hanzi(form):
                    self.slang.setdefault(form.casefold(), slang)
        self.by_id = {slang.id: slang for slang in book.slang}
        self._terms: dict[str, Term] = {}
        for term in book.terms:
            self._terms.setdefault(term.hanzi, term)
        self._names = {
            form: name for name in book.names for form in (name.zh, *name.zh_also)
        }
        symbols = [
            form for form in self.slang
            if not form.isalnum() and not script.has_hanzi(form)
            and not _MARKS.fullmatch(form)
        ]
        self._symbols = regex.compile(
            "|".join(map(regex.escape, sorted(symbols, key=len, reverse=True))) or r"(?!)",
            regex.IGNORECASE,
        )

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of ``text`` in order; joined they give it back."""
        result: list[Word] = []
        alone = regex.sub(r"(?<=^(.))\1+", "", text.strip())
        if alone in self.slang and not regex.search(r"[\p{L}\p{N}]", alone):
            slang = self.slang[alone]
            return (Word(text, (Reading(text, None),), slang.english, "slang", slang.id),)
        last = 0
        for match in self._symbols.finditer(text):
            if is_number(text, *match.span()):
                continue
            result += self._explained(text, last, match.start())
            slang = self.slang[match.group().casefold()]
            result.append(Word(
                match.group(), (Reading(match.group(), None),), slang.english, "slang", slang.id
            ))
            last = match.end()
        return (*result, *self._explained(text, last, len(text)))

    def _explained(self, text: str, start: int, end: int) -> Iterator[Word]:
        """The words of ``text[start:end]``, each as it is meant where it stands."""
        for token in self._tokens(text[start:end]):
            stop = start + len(token)
            if token.lstrip("+")[:1].isdigit() and is_number(text, start, stop):
                yield Word(token, (Reading(token, None),), "", "other")
            elif token in _counters() and _COUNTING.search(text[:start]):
                ((read, gloss),) = _counters()[token].items()
                yield Word(token, pinyin.readings(token, read), gloss, "word")
            else:
                yield self.word(token, _other_reading(token, text[:start], text[stop:]))
            start = stop

    def _tokens(self, text: str) -> list[str]:
        """jieba's words, with slang that jieba cut apart put together again."""
        tokens: list[str] = []
        for run in regex.findall(r"\p{Han}+|\s+|[A-Za-z0-9]+|[^\p{Han}\sA-Za-z0-9]+", text):
            tokens += self._segmenter.cut(run) if script.has_hanzi(run) else [run]
        merged: list[str] = []
        at = 0
        while at < len(tokens):
            for count in range(min(4, len(tokens) - at), 1, -1):
                joined = "".join(tokens[at: at + count])
                if len(joined) <= _LONGEST and joined.casefold() in self.slang:
                    merged.append(joined)
                    at += count
                    break
            else:
                merged.append(tokens[at])
                at += 1
        return merged

    def word(self, text: str, reading: str = "") -> Word:
        """One word explained: slang, then names, the dictionary, the glossary.

        Args:
            reading: its syllables where it stands; "" for the usual ones.
        """
        simplified = script.to_simplified(text)
        slang = self._slang_of(text, simplified)
        usual = common().get(simplified)
        if usual is not None:
            term = self._terms.get(simplified)
            read = reading if reading in usual else next(iter(usual))
            shown = pinyin.readings(text, read)
            if slang is not None and slang.hanzi == text:
                gloss = f"{usual[read]}; as slang: {slang.english}"
                return Word(text, shown, gloss, "slang", slang.id)
            return Word(text, shown, usual[read], "word", term.id if term else "")
        if slang is not None:
            override = slang.pinyin if script.has_hanzi(text) and text == slang.hanzi else ""
            if slang.stands_for and not script.has_hanzi(text):
                override = ""
            return Word(text, pinyin.readings(text, override), slang.english, "slang", slang.id)
        name = self._names.get(simplified)
        if name is not None:
            return Word(text, pinyin.readings(text), name.en, "name")
        term = self._terms.get(simplified)
        if not script.has_hanzi(text):
            return Word(text, (Reading(text, None),), "", "other")
        sense = self._sense(simplified, pinyin.readings(text))
        if sense is not None:
            gloss = "; ".join(map(_short, told(sense.definitions)[:2]))
            return Word(
                text, pinyin.readings(text), gloss, "word", term.id if term else ""
            )
        if term is not None:
            return Word(text, pinyin.readings(text, term.pinyin), term.english, "term", term.id)
        read_as = _made_readings(text)
        return Word(text, read_as, self._by_parts(simplified, read_as), "word")

    def _sense(self, word: str, read_as: Sequence[Reading]) -> Sense | None:
        """The dictionary's sense of a word in the reading shown; names and the like only if
        there is no other."""
        shown = [reading.syllable for reading in read_as if reading.syllable]
        return min(
            self._dictionary.define(word),
            key=lambda sense: (
                _differs(sense, shown),
                sense.pinyin[:1].isupper() or _SELDOM.match(sense.definitions[0]) is not None,
            ),
            default=None,
        )

    def _slang_of(self, text: str, simplified: str) -> Slang | None:
        """The slang entry for a word: its own, or one that lists it as a variant where no
        dictionary knows the word (可爱 is a word, not a variant of 可爱捏)."""
        if (len(text) == 1 and script.is_hanzi(text)) or _MARKS.fullmatch(text):
            return None
        slang = self.slang.get(text.casefold()) or self.slang.get(
            regex.sub(r"([a-z0-9])\1{2,}", r"\1\1\1", text.casefold())
        )
        if slang is None or slang.hanzi.casefold() == text.casefold():
            return slang
        return None if self._dictionary.define(simplified) else slang

    def _by_parts(self, text: str, read_as: Sequence[Reading]) -> str:
        """How a word that no dictionary has is made: what is doubled, a stem, or two halves."""
        if not 2 <= len(text) <= 6 or len(read_as) != len(text):
            return ""
        doubled = _DOUBLED.fullmatch(text)
        if doubled:
            parts = [doubled.start(name) for name in ("a", "b") if doubled[name]]
            said = self._gloss(
                "".join(text[at] for at in parts), [read_as[at] for at in parts]
            )
            if said:
                return f"{said} a little" if doubled["verb"] and said.startswith("to ") else said
        counted = _COUNTED.fullmatch(text)
        if counted and counted[2] in _counters():
            (said,) = _counters()[counted[2]].values()
            number = self._gloss(counted[1], read_as[:counted.end(1)])
            return f"{_brief(number)} {_brief(said)}"
        stem = self._gloss(text[:-1], read_as[:-1]) if text[-1] in _ENDINGS else ""
        if stem:
            return stem
        cuts = list(range(len(text) - 1, 0, -1))
        if counted:
            cuts.insert(0, counted.end(1))
        for cut in cuts:
            first = _brief(self._gloss(text[:cut], read_as[:cut]))
            second = _brief(self._gloss(text[cut:], read_as[cut:]))
            if first and second:
                return f"{first} + {second}"
        return ""

    def _gloss(self, word: str, read_as: Sequence[Reading]) -> str:
        """The shortest gloss of a word read so: the common one, else the dictionary's."""
        usual = common().get(word, {})
        read = " ".join(reading.syllable.marked for reading in read_as if reading.syllable)
        if read in usual:
            return usual[read]
        sense = self._sense(word, read_as)
        if sense is None or (usual and _differs(sense, [r.syllable for r in read_as])):
            return next(iter(usual.values()), "")
        return _short(told(sense.definitions)[0])


def _brief(gloss: str) -> str:
    """The first meaning of a gloss, as a part of another."""
    shorter = regex.split(r"[;,] ", gloss)[0]
    return (shorter if shorter.count("(") == shorter.count(")") else gloss).removeprefix("to ")


def _other_reading(word: str, before: str, behind: str) -> str:
    """The reading of a word where it is not the usual one; "" where it is."""
    for form, ahead, after, reading in _OTHER_READING:
        if word == form and ahead.search(before) and after.match(behind):
            return reading
    return ""


def _made_readings(text: str) -> tuple[Reading, ...]:
    """The readings of a word that no dictionary has: 得 at its end is no dé but de or děi, a
    measure word behind a number has its own."""
    end, read = "", ""
    counted = _COUNTED.fullmatch(text)
    if counted and counted[2] in _counters():
        end, read = counted[2], next(iter(_counters()[counted[2]]))
    elif len(text) > 1 and text[-1] == "得":
        end, read = "得", "děi" if _MUST.search(text[:-1]) else "de"
    if not end:
        return pinyin.readings(text)
    return (*pinyin.readings(text.removesuffix(end)), *pinyin.readings(end, read))


def _differs(sense: Sense, shown: Sequence[Syllable | None]) -> int:
    """How far the reading shown is from a sense's: 0 the same, 1 but for light tones, 2 more."""
    own = [pinyin.syllable("er5" if part == "r" else part) for part in sense.pinyin.split()]
    if len(own) != len(shown):
        return 2
    differing = [
        (one, other) for one, other in zip(own, shown, strict=True)
        if other is None or (one.letters, one.tone) != (other.letters, other.tone)
    ]
    light = all(
        other and one.letters == other.letters and pinyin.NEUTRAL in (one.tone, other.tone)
        for one, other in differing
    )
    return bool(differing) + (not light)


def told(definitions: Sequence[str]) -> list[str]:
    """The definitions worth telling in a line: no measure words, and nothing bookish if there is
    anything else."""
    plain = [d for d in definitions if not d.startswith("CL:")]
    everyday = [d for d in plain if not _BOOKISH.match(d) and not _SELDOM.match(d)]
    return everyday or plain or list(definitions)


def _short(definition: str) -> str:
    """A dictionary gloss without asides: bracketed pinyin, remarks in parentheses."""
    definition = regex.sub(r"\[[^\]]*\]", "", definition)
    shorter = regex.sub(r"\s*\([^)]*\)", "", definition).strip()
    return shorter or definition.strip()
