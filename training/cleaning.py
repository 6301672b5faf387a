"""Makes pairs uniform and drops those that would teach something wrong.

Order: :func:`repair_english` and :func:`repair_chinese` first, then :func:`fault` says why a pair
cannot be used, or None. Traditional to Simplified needs OpenCC and is done by `prepare`.
"""

from __future__ import annotations

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[A-Za-z]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
_SPACES = re.compile(r"\s+")

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "`": "'", "´": "'", "…": "..."})
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")

#: MSCTD's English was lower-cased and tokenised upstream and re-cased by rule, which left
#: ``Don 'T``, ``I 'Ll``: an apostrophe set off, its letters capital, the verb often too.
_CUT_NOT = re.compile(
    r"\b(Don|Can|Won|Didn|Isn|Ain|Doesn|Aren|Wouldn|Couldn|Shouldn|Wasn|Weren|Haven|Hasn|Hadn"
    r"|Mustn|Needn|Shan) 'T\b",
    re.I,
)
_CUT_ENDING = re.compile(r"(\w) ?'(T|S|D|M|Ll|Re|Ve|L)\b")
_CUT_WORD = re.compile(r"\b(ma|o|y|c|g) '(am|clock|all|mon|know|day)\b", re.I)
_SENTENCE_START = re.compile(r'(?:^|[.!?]["\']? |^["\'])$')


def _rejoin_not(match: re.Match[str]) -> str:
    verb = match[1]
    if not _SENTENCE_START.search(match.string[: match.start()]):
        verb = verb.lower()
    return f"{verb}'t"


def repair_english(text: str) -> str:
    """One English line in uniform typography: straight quotes, three dots, single spaces,
    apostrophes inside their words."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_QUOTES)
    text = _SPACES.sub(" ", text).strip()
    text = _CUT_NOT.sub(_rejoin_not, text)
    text = _CUT_WORD.sub(r"\1'\2", text)
    text = _CUT_ENDING.sub(lambda m: f"{m[1]}'{'ll' if m[2] == 'L' else m[2].lower()}", text)
    text = re.sub(r"\.\s?\.\s?\.[.\s]*(?=$|\S)", "... ", text).strip()
    return re.sub(r'\.\.\. (?=["\')?!,])', "...", text)


_FULL = {",": "，", "?": "？", "!": "！", ";": "；", ":": "："}
_HALF_NEAR_HAN = re.compile(f"(?<=[{HAN}”》）])\\s*([,?!;:])\\s*|\\s*([,?!;:])\\s*(?=[{HAN}“《（])")
_DOTS = re.compile(r"(?:[.．。…]\s*){2,}|…")
_HAN_STOP = re.compile(f"(?<=[{HAN}”])\\s*[.．]$")
_WIDE = HAN + "，。！？；：、“”（）《》…"
_HAN_SPACE = re.compile(f"(?<=[{_WIDE}]) +| +(?=[{_WIDE}])")
_CORNER = str.maketrans("「」『』﹐．\u3000‧•・＂―", '“”‘’，. ···"—')
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％]")


def repair_chinese(text: str) -> str:
    """One Chinese line in mainland typography: full-width punctuation beside hanzi, curly
    quotes, …… for dots, no spaces beside hanzi; Latin letters and digits half-width."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_CORNER)
    text = _FULL_WIDTH.sub(lambda m: chr(ord(m[0]) - 0xFEE0), text)
    text = _DOTS.sub("……", _SPACES.sub(" ", text).strip())
    text = _HALF_NEAR_HAN.sub(lambda m: _FULL[m[1] or m[2]], text)
    text = _HAN_STOP.sub("。", text)
    if text.count('"') % 2 == 0:
        text = re.sub('"([^"]*)"', r"“\1”", text)
    return _HAN_SPACE.sub("", text)


def words(english: str) -> int:
    """Number of blank-separated English words."""
    return len(english.split())


def hanzi(chinese: str) -> int:
    """Number of Chinese characters."""
    return len(_HAN.findall(chinese))


def fault(english: str, chinese: str) -> str | None:
    """Why a repaired pair cannot be used, in a word or two for the record; None if it can."""
    if not _LATIN.search(english):
        return "no English"
    if _HAN.search(english):
        return "Chinese in the English side"
    length = hanzi(chinese)
    if length == 0:
        return "no Chinese"
    if _OTHER_SCRIPT.search(english) or _OTHER_SCRIPT.search(chinese):
        return "another script"
    if len(_LATIN.findall(chinese)) > 2 * length:
        return "English in the Chinese side"
    if max(len(english) / 4, length) > 220:
        return "too long"
    count = words(english)
    if count > 4 * length + 4 or length > 5 * count + 6:
        return "lengths do not match"
    if length >= 8 and count >= 6 and not 0.5 <= length / count <= 4.5:
        return "lengths do not match"
    if re.search(r"(.)\1{7}", english + chinese) or re.search(r"(.{2,4})\1{5}", english + chinese):
        return "repetition"
    if re.search(r"https?://|www\.|[{}<>|\\]|�", english + chinese):
        return "markup"
    return None
