"""Reading a pasted word list: one word per line, in whatever order people paste it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helper.errors import N_, InvalidInput
from helper.mandarin.pinyin import Syllable, readings, typed_syllables
from helper.mandarin.script import clean, has_hanzi, is_hanzi, to_simplified

MAX_LINES = 500
MAX_HANZI = 60


@dataclass(frozen=True)
class Word:
    """One line understood: hanzi, pinyin (may be ""), English (may be "")."""

    hanzi: str
    pinyin: str
    english: str


def parse(text: str) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words of a pasted list, and the lines that could not be read.

    A line is hanzi, and after it, apart by a tab, comma, colon, dash or spaces, pinyin or
    English or both in either order. Traditional characters become Simplified.

    Raises:
        InvalidInput: nothing was pasted, or more than 500 lines.
    """
    lines = [line.strip() for line in clean(text).splitlines() if line.strip()]
    if not lines:
        raise InvalidInput(N_("Paste one word per line, for example: 你好 nǐ hǎo hello."))
    if len(lines) > MAX_LINES:
        raise InvalidInput(N_("Paste at most %(limit)s lines at once."), limit=MAX_LINES)
    words, unread = [], []
    for line in lines:
        word = _line(line)
        if word:
            words.append(word)
        else:
            unread.append(line)
    return tuple(words), tuple(unread)


_MARKS = r"[\s,，;；:：|/\-–—=()（）\[\]【】\"“”]+"
_EDGE = re.compile(rf"^{_MARKS}|{_MARKS}$")
_APART = re.compile(r"[\t|=;,，()（）\[\]]+")


def _line(line: str) -> Word | None:
    """The first run with hanzi is the word; what is left is pinyin, English or both."""
    match = re.search(r"[^\s\t,;|=:/()（）\[\]【】a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+", line)
    while match and not has_hanzi(match[0]):
        match = re.compile(match.re.pattern).search(line, match.end())
    if not match:
        return None
    hanzi = to_simplified(match[0].strip("-–—,，\"“”"))
    if not has_hanzi(hanzi) or sum(map(is_hanzi, hanzi)) > MAX_HANZI:
        return None
    before, after = line[: match.start()], line[match.end():]
    rest = [_EDGE.sub("", part) for part in _APART.split(f"{before}\t{after}")]
    reading = ""
    english: list[str] = []
    for part in filter(None, rest):
        pinyin_part, other = _split_pinyin(part, hanzi) if not reading else ("", part)
        reading = reading or pinyin_part
        if other:
            english.append(other)
    return Word(hanzi, reading, ", ".join(english)[:300])


def marked_pinyin(hanzi: str, typed: str) -> str:
    """``typed`` as an override for ``readings``: tone marks, one syllable per hanzi.

    Pinyin without any tone takes the tones of pypinyin's reading if the letters are the same.
    "" for what is no pinyin of ``hanzi``.
    """
    wanted = [r.syllable for r in readings(hanzi) if r.syllable]
    found = typed_syllables(typed)
    if not found or len(found) != len(wanted):
        return ""
    if any(t.tone for t in found):
        return " ".join(Syllable(t.letters, t.tone or 5).marked for t in found)
    same = all(t.letters == w.letters for t, w in zip(found, wanted, strict=True))
    return " ".join(w.marked for w in wanted) if same else ""


def _split_pinyin(part: str, hanzi: str) -> tuple[str, str]:
    """The pinyin at the beginning of ``part``, if it has a syllable per hanzi, and the rest."""
    pieces = part.split()
    for end in range(len(pieces), 0, -1):
        marked = marked_pinyin(hanzi, " ".join(pieces[:end]))
        if marked:
            return marked, _EDGE.sub("", " ".join(pieces[end:]))
    return "", part
