"""Which script a text is in, and the same text in Simplified characters."""

from __future__ import annotations

import functools
import unicodedata

import regex
from opencc import OpenCC

HANZI = regex.compile(r"[\p{Han}〇]")
_LATIN = regex.compile(r"\p{Latin}")
_LATIN_WORD = regex.compile(r"\p{Latin}+(?:['’-]\p{Latin}+)*")
# Control and format characters that carry no text. Kept: tab, newline, ZWNJ and ZWJ (emoji
# families), variation selectors (not in Cf), tag characters (flags of England, Scotland, Wales).
_UNWANTED = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}--[\t\n\u200c\u200d\U000e0020-\U000e007f]]", regex.V1
)


def has_hanzi(text: str) -> bool:
    """Whether any character of ``text`` is a Chinese character."""
    return HANZI.search(text) is not None


def is_hanzi(character: str) -> bool:
    """Whether ``character`` (one code point) is a Chinese character."""
    return HANZI.fullmatch(character) is not None


def detect(text: str) -> str:
    """Return "zh" or "en", whichever script carries most of the text.

    A hanzi counts as one word, a run of Latin letters as one word; text with neither is "en".
    """
    hanzi = len(HANZI.findall(text))
    return "zh" if hanzi and hanzi >= len(_LATIN_WORD.findall(text)) else "en"


def has_latin(text: str) -> bool:
    """Whether ``text`` has a Latin letter."""
    return _LATIN.search(text) is not None


def clean(text: str) -> str:
    """Drop what is no text (controls, lone surrogates, private use); unify line breaks; NFC."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


# OpenCC leaves them: they are characters of the mainland too, but nobody there writes them.
_PRONOUNS = str.maketrans("妳牠祂", "你它他")


@functools.cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Traditional characters to Simplified (OpenCC's t2s, and Taiwan's pronouns); other text
    unchanged."""
    if not has_hanzi(text):
        return text
    return _converter().convert(text).translate(_PRONOUNS).replace("甚么", "什么")
