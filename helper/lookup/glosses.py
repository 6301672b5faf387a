"""What every word of a Chinese text means: slang, names, interface terms, dictionary words."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from helper.mandarin import pinyin, script
from helper.mandarin.pinyin import Reading
from helper.mandarin.words import Dictionary, Segmenter
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
def _common() -> dict[str, tuple[str, str]]:
    """The commonest words with what they mean in comments, where a dictionary's first sense
    misleads (common.tsv): word → (gloss, pinyin)."""
    table = Path(__file__).with_name("common.tsv").read_text(encoding="utf-8")
    return {
        word: (gloss, reading)
        for word, gloss, reading in (line.split("\t") for line in table.splitlines() if line)
    }


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
            result += map(self.word, self._tokens(text[last: match.start()]))
            slang = self.slang[match.group().casefold()]
            result.append(Word(
                match.group(), (Reading(match.group(), None),), slang.english, "slang", slang.id
            ))
            last = match.end()
        result += map(self.word, self._tokens(text[last:]))
        return tuple(result)

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

    def word(self, text: str) -> Word:
        """One word explained: slang, then names, the dictionary, the glossary."""
        simplified = script.to_simplified(text)
        slang = self._slang_of(text, simplified)
        common = _common().get(simplified)
        if common is not None and (slang is None or slang.hanzi != text):
            term = self._terms.get(simplified)
            return Word(
                text, pinyin.readings(text, common[1]), common[0], "word", term.id if term else ""
            )
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
        senses = self._dictionary.define(simplified)
        if senses:
            gloss = "; ".join(map(_short, _told(senses[0].definitions)[:2]))
            return Word(
                text, pinyin.readings(text), gloss, "word", term.id if term else ""
            )
        if term is not None:
            return Word(text, pinyin.readings(text, term.pinyin), term.english, "term", term.id)
        return Word(text, pinyin.readings(text), self._by_parts(simplified), "word")

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

    def _by_parts(self, text: str) -> str:
        """How a word that no dictionary has is made: what is doubled, a stem, or two halves."""
        if not 2 <= len(text) <= 6:
            return ""
        doubled = _DOUBLED.fullmatch(text)
        if doubled:
            said = self._gloss("".join(part for part in doubled.group("a", "b") if part))
            if said:
                return f"{said} a little" if doubled["verb"] and said.startswith("to ") else said
        if text[-1] in _ENDINGS and self._gloss(text[:-1]):
            return self._gloss(text[:-1])
        for cut in range(len(text) - 1, 0, -1):
            first, second = self._gloss(text[:cut]), self._gloss(text[cut:])
            if first and second:
                return f"{first.removeprefix('to ')} + {second.removeprefix('to ')}"
        return ""

    def _gloss(self, word: str) -> str:
        """The shortest gloss of a word: the common one, else the dictionary's first."""
        if word in _common():
            return _common()[word][0]
        senses = self._dictionary.define(word)
        return _short(_told(senses[0].definitions)[0]) if senses else ""


def _told(definitions: Sequence[str]) -> list[str]:
    """The definitions worth telling in a line: no measure words, and nothing bookish if there is
    anything else."""
    plain = [d for d in definitions if not d.startswith("CL:")]
    return [d for d in plain if not _BOOKISH.match(d)] or plain or list(definitions)


def _short(definition: str) -> str:
    """A dictionary gloss without asides: bracketed pinyin, remarks in parentheses."""
    definition = regex.sub(r"\[[^\]]*\]", "", definition)
    shorter = regex.sub(r"\s*\([^)]*\)", "", definition).strip()
    return shorter or definition.strip()
