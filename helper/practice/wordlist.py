"""Reading a pasted word list: one word per line, in whatever order people paste it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from helper.errors import N_, InvalidInput
from helper.mandarin.pinyin import Syllable, readings, typed_syllables
from helper.mandarin.script import clean, has_hanzi, has_latin, is_hanzi, to_simplified

MAX_LINES = 500
MAX_HANZI = 60
_MAX_LINE = 1000


@dataclass(frozen=True)
class Word:
    """One line understood: hanzi, pinyin (may be ""), English (may be "").

    ``line`` is what was pasted, "" for a word that came otherwise.
    """

    hanzi: str
    pinyin: str
    english: str
    line: str = field(default="", compare=False)


def parse(text: str) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words of a pasted list, and the lines that could not be read.

    A line is hanzi, and after it, apart by a tab, comma, colon, dash or spaces, pinyin or
    English or both in either order. Traditional characters become Simplified. Latin letters
    and digits that adjoin the hanzi belong to the word (AA制, 卡拉OK), unless they are its
    pinyin or its only English; a number before the line (“1.”) does not count.

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
        word = _line(line) if len(line) <= _MAX_LINE else None
        if word:
            words.append(replace(word, line=line))
        else:
            unread.append(line)
    return tuple(words), tuple(unread)


_MARKS = r"[\s,，;；:：|/\-–—=()（）\[\]【】\"“”]+"
_EDGE = re.compile(rf"^{_MARKS}|{_MARKS}$")
_APART = re.compile(r"[\t|=;,，()（）\[\]]+")
_NUMBER = re.compile(r"^\d+[.．)）、](?!\d)")
_RUN = re.compile(r"[^\s,;|=:/()（）\[\]【】]+")
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+(?:['’-][0-9A-Za-z\u00c0-\u024f]+)*")


def _line(line: str) -> Word | None:
    """The first run with hanzi is the word; what is left is pinyin, English or both."""
    line = _NUMBER.sub("", line)
    match = next((run for run in _RUN.finditer(line) if has_hanzi(run[0])), None)
    if not match:
        return None
    before, hanzi, after = _word(match[0], bool(re.search(r"\w", line.replace(match[0], ""))))
    hanzi = to_simplified(_EDGE.sub("", hanzi))
    if len(hanzi) > MAX_HANZI:
        return None
    before, after = line[: match.start()] + before, after + line[match.end():]
    rest = [_EDGE.sub("", part) for part in _APART.split(f"{before}\t{after}")]
    reading = ""
    english: list[str] = []
    for part in filter(None, rest):
        pinyin_part, other = _split_pinyin(part, hanzi) if not reading else ("", part)
        reading = reading or pinyin_part
        if other:
            english.append(other)
    return Word(hanzi, reading, ", ".join(english)[:300])


def _word(run: str, explained: bool) -> tuple[str, str, str]:
    """What of ``run`` is before the word, the word, and after it.

    Args:
        run: anything without a gap, with hanzi.
        explained: whether the line says more, which may be the English.
    """
    hanzi = "".join(filter(is_hanzi, run))
    start, end = 0, len(run)
    for latin in _LATIN.finditer(run):
        if not has_latin(latin[0]):
            continue
        if latin.start() == 0 and not (
            is_hanzi(run[latin.end()]) and _belongs(latin[0], hanzi, explained)
        ):
            start = latin.end()
        if latin.end() == len(run) and not (
            is_hanzi(run[latin.start() - 1]) and _belongs(latin[0], hanzi, explained)
        ):
            end = latin.start()
    return run[:start], run[start:end], run[end:]


def _belongs(latin: str, hanzi: str, explained: bool) -> bool:
    """Whether letters that adjoin ``hanzi`` are part of the word."""
    if not latin.isascii() or marked_pinyin(hanzi, latin):
        return False
    return explained or not re.search("[a-z]", latin)


def marked_pinyin(hanzi: str, typed: str) -> str:
    """``typed`` as an override for ``readings``: tone marks, one syllable per hanzi.

    Pinyin without any tone takes the tones of pypinyin's reading if the letters are the same.
    Latin parts of ``hanzi`` may stand in it (AA zhì) and are left out.
    "" for what is no pinyin of ``hanzi``.
    """
    latin = _LATIN.findall(hanzi)
    typed = " ".join(piece for piece in typed.split() if piece not in latin)
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
    for end in range(min(len(pieces), 2 * len(hanzi)), 0, -1):
        marked = marked_pinyin(hanzi, " ".join(pieces[:end]))
        if marked:
            return marked, _EDGE.sub("", " ".join(pieces[end:]))
    return "", part
