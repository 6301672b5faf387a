"""Pinyin: reading hanzi, spoken tone changes, and understanding pinyin as people type it."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pypinyin
from pypinyin.contrib.tone_convert import to_tone, to_tone3

from helper.mandarin.sandhi import spoken_tones
from helper.mandarin.script import is_hanzi

NEUTRAL = 5


@dataclass(frozen=True)
class Syllable:
    """One spoken syllable.

    Attributes:
        letters: lower-case letters without tone, ü written "ü".
        tone: 1 to 4, or 5 for the neutral tone.
    """

    letters: str
    tone: int

    @property
    def marked(self) -> str:
        """With a tone mark: "lǜ"."""
        return to_tone(f"{self.letters}{self.tone if self.tone != NEUTRAL else ''}")

    @property
    def numbered(self) -> str:
        """With a tone number, ü as v: "lv4"; the neutral tone as 5."""
        return f"{self.letters.replace('ü', 'v')}{self.tone}"

    @property
    def plain(self) -> str:
        """Letters alone as typed on a keyboard: "lv"."""
        return self.letters.replace("ü", "v")


@dataclass(frozen=True)
class Reading:
    """A hanzi with its syllable, or a run of other text with none."""

    text: str
    syllable: Syllable | None


@functools.lru_cache(maxsize=8192)
def syllable(written: str) -> Syllable:
    """Read one syllable written with a mark or a number ("lǜ", "lv4", "lü"); none is neutral."""
    numbered = to_tone3(
        unicodedata.normalize("NFC", written.strip().lower()).replace("u:", "ü"),
        v_to_u=True,
        neutral_tone_with_five=True,
    ).replace("v", "ü")
    if numbered and numbered[-1].isdigit():
        return Syllable(numbered[:-1], int(numbered[-1]) or NEUTRAL)
    return Syllable(numbered, NEUTRAL)


def readings(text: str, override: str = "", *, spoken: bool = False) -> tuple[Reading, ...]:
    """Split ``text`` into hanzi with their syllables and runs of everything else.

    Args:
        text: any text.
        override: space-separated syllables, one per hanzi, used instead of pypinyin's.
        spoken: apply tone sandhi (third tones, 一, 不) as the words are spoken; the rules are
            in ``helper.mandarin.sandhi``.

    Raises:
        ValueError: the override has not one syllable per hanzi.
    """
    hanzi = sum(map(is_hanzi, text))
    if override:
        given = [syllable(part) for part in override.split()]
        if len(given) != hanzi:
            raise ValueError(f"{len(given)} syllables for {hanzi} hanzi in {text!r}")
        found = iter(given)
    else:
        found = iter(_generated(text))
    result: list[Reading] = []
    for character in text:
        if is_hanzi(character):
            result.append(Reading(character, next(found)))
        elif result and result[-1].syllable is None:
            result[-1] = Reading(result[-1].text + character, None)
        else:
            result.append(Reading(character, None))
    return tuple(_as_spoken(result) if spoken else result)


def _as_spoken(readings_: list[Reading]) -> list[Reading]:
    """Sandhi within each unbroken run of hanzi."""
    result: list[Reading] = []
    for has_syllable, run in itertools.groupby(readings_, lambda r: r.syllable is not None):
        group = list(run)
        if has_syllable:
            syllables = [r.syllable for r in group if r.syllable]
            tones = spoken_tones([r.text for r in group], [s.tone for s in syllables])
            group = [
                Reading(r.text, Syllable(s.letters, tone))
                for r, s, tone in zip(group, syllables, tones, strict=True)
            ]
        result += group
    return result


def _cited(character: str, read: Syllable) -> Syllable:
    """The dictionary tone of 一 and 不, which pypinyin's phrases sometimes give as spoken."""
    if character == "一":
        return Syllable("yi", 1)
    return Syllable("bu", 4) if character == "不" and read.tone == 2 else read


@functools.cache
def _teach_readings() -> None:
    """Give pypinyin the everyday words that it reads wrong: light second syllables, 肚子, 长椅."""
    table = Path(__file__).with_name("readings.tsv").read_text(encoding="utf-8")
    pypinyin.load_phrases_dict(
        {
            word: [[syllable_] for syllable_ in reading.split()]
            for word, reading in (line.split("\t") for line in table.splitlines() if line)
        }
    )


def _generated(text: str) -> list[Syllable]:
    _teach_readings()
    found = []
    for run in re.split(r"([^\W\d_]+|.)", text):
        # pypinyin skips what it does not know; character by character keeps the count right
        if not run or not any(map(is_hanzi, run)):
            continue
        parts = pypinyin.pinyin(
            run,
            style=pypinyin.Style.TONE,
            errors=lambda other: list(other),  # type: ignore[arg-type, return-value]
        )
        flat = [part[0] for part in parts]
        characters = list(run)
        if len(flat) != len(characters):
            flat = [pypinyin.pinyin(c, style=pypinyin.Style.TONE)[0][0] for c in characters]
        found += [
            _cited(character, syllable(written))
            for character, written in zip(characters, flat, strict=True)
            if is_hanzi(character)
        ]
    return found


def pinyin(text: str, override: str = "", *, spoken: bool = False) -> str:
    """The pinyin of ``text`` with tone marks, syllables apart, other text where it stands."""
    parts = []
    for reading in readings(text, override, spoken=spoken):
        part = reading.syllable.marked if reading.syllable else reading.text.strip()
        if part:
            parts.append(part)
    return joined(parts)


_HALF_WIDTH = str.maketrans("，。！？；：（）【】、", ",.!?;:()[],")


def joined(parts: Iterable[str]) -> str:
    """Syllables and other text as one line, with half-width punctuation where it belongs."""
    text = " ".join(parts).translate(_HALF_WIDTH)
    return re.sub(r"\s+([”’…,.!?;:)\]])|([“‘(\[@#])\s+", r"\1\2", text)


@functools.cache
def legal_syllables() -> frozenset[str]:
    """All syllables of Mandarin as typed without tones, ü as "ü" (from pypinyin's tables)."""
    table = pypinyin.constants.PINYIN_DICT
    letters = {
        syllable(written).letters
        for written_forms in table.values()
        for written in written_forms.split(",")
    }
    return frozenset(
        form for form in letters if re.fullmatch(r"[a-zü]+", form) and re.search("[aeiouü]", form)
    )


@dataclass(frozen=True)
class Typed:
    """A syllable as somebody typed it: ``tone`` is None where none was given."""

    letters: str
    tone: int | None


_SEPARATORS = re.compile(r"[\W_]+")


def typed_syllables(text: str) -> tuple[Typed, ...] | None:
    """Understand pinyin in any written form; None if it is not pinyin.

    Marks, numbers (0 and 5 are neutral) or nothing; with or without spaces, hyphens and
    apostrophes; ü as "ü", "v" or "u:". A mark and a number on one syllable contradict: the
    mark counts. Where a run can be cut in several ways, the longest first syllables win.
    """
    text = unicodedata.normalize("NFC", text.strip().lower()).replace("u:", "ü").replace("v", "ü")
    result: list[Typed] = []
    for word in _SEPARATORS.split(text):
        if not word:
            continue
        decomposed = _with_numbers(word)
        if decomposed is None:
            return None
        cut = _cut(decomposed)
        if cut is None:
            return None
        result += cut
    return tuple(result) if result else None


_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def typed_letters(text: str) -> tuple[tuple[str, str], ...] | None:
    """The letters of pinyin as typed, each with the tone digit on or after it ("" for none).

    Written forms as in ``typed_syllables``, but the syllables are not cut; None if ``text`` has
    anything that pinyin has not.
    """
    text = unicodedata.normalize("NFC", text.strip().lower()).replace("u:", "ü").replace("v", "ü")
    letters: list[tuple[str, str]] = []
    for word in _SEPARATORS.split(text):
        found = _with_numbers(word) if word else []
        if found is None:
            return None
        letters += found
    return tuple(letters)


def _with_numbers(word: str) -> list[tuple[str, str]] | None:
    """[(letter, tone digit or "")] for every letter of ``word``; digits attach to the letter."""
    letters: list[tuple[str, str]] = []
    for character in word:
        if character.isdigit():
            if not letters or character > "5":
                return None
            letter, tone = letters[-1]
            letters[-1] = (letter, tone or character)
            continue
        base, tone = "", ""
        for part in unicodedata.normalize("NFD", character):
            if part in _MARKS:
                tone = _MARKS[part]
            elif part == "\u0308":
                base += "\u0308"
            else:
                base += part
        base = unicodedata.normalize("NFC", base)
        if not re.fullmatch("[a-zü]", base):
            return None
        letters.append((base, tone))
    return letters


def _cut(letters: list[tuple[str, str]]) -> list[Typed] | None:
    legal, size = legal_syllables(), len(letters)
    best: list[list[Typed] | None] = [None] * size + [[]]
    for start in range(size - 1, -1, -1):
        for end in range(min(size, start + 6), start, -1):
            rest = best[end]
            if rest is None:
                continue
            form = "".join(letter for letter, _ in letters[start:end])
            if form not in legal and form.replace("u", "ü") not in legal:
                continue
            tones = [tone for _, tone in letters[start:end] if tone]
            # a number ends a syllable; two marks are two syllables
            inner_number = any(
                tone and letters[i][0] not in "aeiouü" and i < end - 1
                for i, (_, tone) in enumerate(letters[start:end], start)
            )
            if len(tones) > 1 or inner_number:
                continue
            tone = (int(tones[0]) or NEUTRAL) if tones else None
            candidate = [Typed(form, tone), *rest]
            if best[start] is None or len(candidate) < len(best[start] or ()):
                best[start] = candidate
    return best[0]
