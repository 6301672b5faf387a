"""Distorts sources the way people really type, and puts placeholders where protect.py will.

Capitals and full-width letters need no distortion here: the source side folds them. A target is
never distorted, except that a full stop or exclamation mark that the source lost is taken from
it as well, because that is how our own corpus answers an unpunctuated caption. A lost question
mark stays in the target: the question is still one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from training.cleaning import HAN
from training.names import NAMES
from training.pieces import PLACEHOLDERS

Pair = tuple[str, str]

_NET_SPELLINGS = {
    "you": ("u", "ya"), "are": ("r",), "your": ("ur",), "you're": ("ur", "youre"),
    "because": ("cuz", "bc", "cause"), "please": ("pls", "plz"), "people": ("ppl",),
    "thanks": ("thx", "tx"), "thank you": ("ty", "thank u"), "though": ("tho",),
    "through": ("thru",), "really": ("rly", "rlly"), "going to": ("gonna",),
    "want to": ("wanna",), "got to": ("gotta",), "have to": ("hafta",), "kind of": ("kinda",),
    "sort of": ("sorta",), "a lot of": ("lotta", "alot of"), "to be honest": ("tbh",),
    "i don't know": ("idk", "dunno"), "oh my god": ("omg",), "right now": ("rn",),
    "by the way": ("btw",), "in my opinion": ("imo",), "as soon as possible": ("asap",),
    "let me know": ("lmk",), "talk to you later": ("ttyl",), "to": ("2",), "for": ("4",),
    "tonight": ("tonite", "2nite"), "tomorrow": ("tmrw", "tmr"), "today": ("2day",),
    "before": ("b4",), "see you": ("cya", "see ya", "c u"), "okay": ("ok", "kk"),
    "something": ("smth", "sth"), "someone": ("sm1",), "with": ("w/",), "without": ("w/o",),
    "and": ("n", "&"), "what": ("wat", "wut"), "about": ("abt",), "love": ("luv",),
    "know": ("kno",), "never mind": ("nvm",), "good": ("gud",), "just": ("jus",),
    "birthday": ("bday",), "favorite": ("fav", "fave"), "picture": ("pic",),
    "pictures": ("pics",), "probably": ("prolly", "prob"), "message": ("msg",),
    "i love you": ("ily",), "best friend": ("bff", "bestie"), "minutes": ("mins",),
    "weekend": ("wknd",), "definitely": ("def", "definately"), "trying to": ("tryna",),
    "them": ("em",), "the": ("da", "teh"), "the best": ("da best",), "yeah": ("yea", "ya"),
    "brother": ("bro",), "sister": ("sis",), "it's": ("its",), "what's up": ("sup", "wassup"),
    "can't": ("cant",), "anyone": ("any1",), "great": ("gr8",), "later": ("l8r",),
    "are you": ("r u",), "do you": ("do u", "d'you"), "don't": ("dont", "don t"),
}  # fmt: skip
_RARE = frozenset({"the", "to", "for", "and", "with", "them", "just", "know", "good", "love"})
_LONGEST_FIRST = sorted(map(re.escape, _NET_SPELLINGS), key=len, reverse=True)
_NET = re.compile(r"\b(" + "|".join(_LONGEST_FIRST) + r")(?!['\w])", re.I)


def drop_final(english: str, chinese: str, rng: Random) -> Pair:
    """Takes the final mark from an English source."""
    match = re.search(r"[.!?]$", english)
    if not match or english.endswith(".."):
        return english, chinese
    if match[0] != "?":
        chinese = re.sub(r"[。！]$", "", chinese)
    return english[:-1], chinese


def drop_apostrophes(english: str, chinese: str, rng: Random) -> Pair:
    """``dont``, ``im``, ``its``; or, as MSCTD has it, ``don 't``; or curly, as phones type it."""
    style = rng.random()
    if style < 0.4:
        return re.sub(r"(\w) ?'(\w)", r"\1 '\2" if style < 0.15 else r"\1’\2", english), chinese
    return re.sub(r"(\w)'(\w)", r"\1\2", english), chinese


def net_spellings(english: str, chinese: str, rng: Random) -> Pair:
    """Some of the words that have one are written as in a chat."""

    def choose(match: re.Match[str]) -> str:
        word = match[0].lower()
        if rng.random() < (0.15 if word in _RARE else 0.6):
            return rng.choice(_NET_SPELLINGS[word])
        return match[0]

    return _NET.sub(choose, english), chinese


def stretch(english: str, chinese: str, rng: Random) -> Pair:
    """One word gets a letter three to six times: ``soooo``, ``yesss``, ``cuuute``."""
    found = list(re.finditer(r"\b\w*?([aeiouhmswy])\1?(?=\w?\b)", english))
    if not found:
        return english, chinese
    at = rng.choice(found).end(1)
    return english[:at] + english[at - 1] * rng.randint(2, 5) + english[at:], chinese


def slip(english: str, chinese: str, rng: Random) -> Pair:
    """A slip of the finger: two neighbouring letters exchanged, or one left out."""
    found = [m.start() for m in re.finditer(r"(?<=[a-z])[a-z](?=[a-z]{2})", english)]
    if not found:
        return english, chinese
    at = rng.choice(found)
    if rng.random() < 0.5:
        return english[:at] + english[at + 1] + english[at] + english[at + 2 :], chinese
    return english[:at] + english[at + 1 :], chinese


_ENGLISH = (
    (0.35, drop_final), (0.25, drop_apostrophes), (0.4, net_spellings), (0.12, stretch),
    (0.08, slip),
)  # fmt: skip


def drop_final_zh(chinese: str, english: str, rng: Random) -> Pair:
    """Takes the final mark from a Chinese source."""
    match = re.search("[。！？]$", chinese)
    if not match:
        return chinese, english
    if match[0] != "？" and not english.endswith(".."):
        english = re.sub(r"[.!]$", "", english)
    return chinese[:-1], english


def blanks_zh(chinese: str, english: str, rng: Random) -> Pair:
    """Blanks instead of commas, as many comments are typed."""
    return re.sub("，", " ", chinese), english


def stretch_zh(chinese: str, english: str, rng: Random) -> Pair:
    """``啊啊啊``, ``哈哈哈哈``, ``！！！``, ``～``."""
    found = list(re.finditer("[啊哈呀哦嗯呜啦好超太]|！$", chinese))
    if not found:
        return re.sub("。$", "～", chinese), english
    at = rng.choice(found)
    more = at[0] * rng.randint(1, 3)
    return chinese[: at.end()] + more + chinese[at.end() :], english


_CHINESE = ((0.4, drop_final_zh), (0.3, blanks_zh), (0.15, stretch_zh))


def distort(source: str, target: str, language: str, rng: Random) -> Pair:
    """A pair with one or more of the distortions of the source's language (``en`` or ``zh``)."""
    steps: tuple[tuple[float, Callable[[str, str, Random], Pair]], ...]
    steps = _ENGLISH if language == "en" else _CHINESE
    for chance, step in steps:
        if rng.random() < chance:
            source, target = step(source, target, rng)
    return (source, target) if source.strip() and target.strip() else (source or "?", target or "?")


_LATIN_RUN = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z][A-Za-z]+|\d+(?:[.:,]\d+)*)(?![A-Za-z0-9])")
_HAN_ONLY = re.compile(f"[{HAN}]")


def common_pieces(english: str, chinese: str) -> list[Pair]:
    """What stands once on each side and means the same: numbers and Latin names written alike,
    and names of `NAMES`, in order of the English side."""
    found: list[tuple[int, Pair]] = []
    for match in _LATIN_RUN.finditer(english):
        text = match[0]
        alone = rf"(?<![A-Za-z0-9.]){re.escape(text)}(?![A-Za-z0-9.])"
        if english.count(text) == 1 and len(re.findall(alone, chinese)) == 1:
            found.append((match.start(), (text, text)))
    for match in re.finditer(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?\b", english):
        name = NAMES.get(match[0])
        if name and english.count(match[0]) == 1 and chinese.count(name) == 1:
            found.append((match.start(), (match[0], name)))
    found.sort()
    return [pair for _, pair in found]


def _hold(text: str, piece: str, mark: str) -> str:
    """``text`` with the placeholder where ``piece`` stands, which is never inside a number or
    another placeholder."""
    alone = rf"(?<![⟦0-9.]){re.escape(piece)}(?![⟧0-9])" if piece.isdigit() else re.escape(piece)
    return re.sub(alone, mark, text, count=1)


def hold_places(english: str, chinese: str, rng: Random) -> Pair:
    """Puts ⟦n⟧, counted from one in the English order, for names and numbers common to both
    sides; or, where there are none, sometimes sets one at the end or the beginning of both sides,
    as a protected emoji, hashtag, mention or link would stand."""
    found = common_pieces(english, chinese)[: len(PLACEHOLDERS)]
    if found:
        used = 0
        for en, zh in found:
            if rng.random() < 0.8:
                english = _hold(english, en, PLACEHOLDERS[used])
                chinese = _hold(chinese, zh, PLACEHOLDERS[used])
                used += 1
        if used and rng.random() < 0.7:
            return english, chinese
        if used >= len(PLACEHOLDERS) - 1:
            return english, chinese
    elif rng.random() < 0.5:
        return english, chinese
    used = len({p for p in PLACEHOLDERS if p in english})
    mark = PLACEHOLDERS[used]
    if rng.random() < 0.25 and used == 0:
        return f"{mark} {english}", f"{mark}{chinese}"
    if rng.random() < 0.3 and used + 1 < len(PLACEHOLDERS):
        mark += PLACEHOLDERS[used + 1]
    return f"{english} {mark}", f"{chinese}{mark}"
