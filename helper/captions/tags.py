"""Hashtags: the Chinese ones that fit a draft, and Chinese for the ones a user typed.

A tag is suggested by meaning: its English name and the words that the hashtag list gives for it
are looked for in the draft, by stem. Longer phrases, rarer words and words that name the tag
itself weigh more. The app's own form is ``#话题`` with a space behind it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from helper.lookup.text import STOP, stem, words
from helper.translation import protect
from phrasebook.types import Hashtag

#: How many tags are suggested at most, as many as a note usually carries.
MOST = 8
#: Weight under which a tag only shares a passing word with the draft.
ENOUGH = 0.55
_SIZES = {"huge": 1.0, "medium": 0.95, "niche": 0.9}
_KEY = regex.compile(r"[\W_]+")
# Words that match too much to stand for a tag alone.
_PASSING = frozenset({
    "day", "time", "today", "good", "love", "like", "best", "first", "make", "made", "people",
    "really", "life", "world", "big", "little", "old", "week", "night", "morning", "year", "go",
    "come", "see", "look", "try", "thing", "way", "lot", "much", "many", "pretty", "nice", "new",
    "home",
})


@dataclass(frozen=True)
class Suggestion:
    """A tag that fits the draft.

    Attributes:
        tag: the content entry.
        score: how well it fits, from ENOUGH up; only the order means something.
        because: words of the draft that led to it.
    """

    tag: Hashtag
    score: float
    because: tuple[str, ...]

    @property
    def text(self) -> str:
        """The tag as the app writes it, without the space behind."""
        return f"#{self.tag.hanzi}"

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {"tag": self.text, "english": self.tag.english, "size": self.tag.size,
                "because": list(self.because), "entry": self.tag.id}


@dataclass(frozen=True)
class OwnTag:
    """A tag that the user typed: ``written`` and what stands in the post for it (``text``).

    ``entry`` is the id of the Chinese tag that replaced it; "" when it was kept as it is.
    """

    written: str
    text: str
    entry: str = ""

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {"written": self.written, "tag": self.text, "entry": self.entry}


@dataclass(frozen=True)
class _Clue:
    stems: tuple[str, ...]
    weight: float


class Tags:
    """The hashtag list, searched by meaning."""

    def __init__(self, hashtags: Iterable[Hashtag]) -> None:
        self._tags = [tag for tag in hashtags if tag.kind == "hashtag"]
        self._clues: dict[str, list[tuple[Hashtag, _Clue]]] = defaultdict(list)
        self._own: dict[str, Hashtag] = {}
        seen: Counter[tuple[str, ...]] = Counter()
        gathered: list[tuple[Hashtag, _Clue]] = []
        for tag in self._tags:
            clues: dict[tuple[str, ...], float] = {}
            for place, phrase in enumerate((tag.english, *tag.also)):
                phrase = regex.sub(r"\([^)]*\)", "", phrase)
                spelled = [w for w in words(phrase) if w not in STOP]
                key = tuple(map(stem, spelled))
                if not key or (len(key) == 1 and spelled[0] in _PASSING):
                    continue
                weight = 1.25 if place == 0 else max(0.7, 1.05 - 0.06 * place)
                clues[key] = max(weight, clues.get(key, 0.0))
            for key, weight in clues.items():
                seen[key] += 1
                gathered.append((tag, _Clue(key, weight)))
        for tag, clue in gathered:
            rare = 1 / (1 + 0.35 * math.log(seen[clue.stems]))
            long = 1 + 0.5 * (len(clue.stems) - 1)
            self._clues[clue.stems[0]].append(
                (tag, _Clue(clue.stems, clue.weight * rare * long))
            )
        for tag in self._tags:
            self._own.setdefault(_key(tag.hanzi), tag)
        # a tag's own name counts before what other tags may also be found by
        for rank in range(8):
            for tag in self._tags:
                names = (tag.english, *tag.also)
                if rank < len(names):
                    self._own.setdefault(_key(names[rank]), tag)

    def suggest(
        self, english: str, chinese: str = "", taken: Iterable[str] = (), limit: int = MOST
    ) -> tuple[Suggestion, ...]:
        """Up to ``limit`` tags for a draft, best first.

        Args:
            english: the draft, title included.
            chinese: its Chinese; a tag whose hanzi stand in it fits better.
            taken: tags (``#…``) that the post already has.
        """
        spelled = [word for word in words(_plain(english)) if word not in STOP]
        stemmed = [stem(word) for word in spelled]
        scores: dict[str, float] = defaultdict(float)
        because: dict[str, list[str]] = defaultdict(list)
        by_id = {}
        for at, first in enumerate(stemmed):
            for tag, clue in self._clues.get(first, ()):
                if tuple(stemmed[at: at + len(clue.stems)]) != clue.stems:
                    continue
                said = " ".join(spelled[at: at + len(clue.stems)])
                if said not in because[tag.id]:
                    # every further clue adds less
                    scores[tag.id] += clue.weight / (1 + 0.6 * len(because[tag.id]))
                    because[tag.id].append(said)
                by_id[tag.id] = tag
        for tag in self._tags:
            if len(tag.hanzi) > 1 and tag.hanzi in chinese:
                scores[tag.id] += 0.5 + 0.1 * min(4, len(tag.hanzi))
                by_id[tag.id] = tag
        used = {_key(tag) for tag in taken}
        ranked = sorted(
            (
                Suggestion(by_id[id_], round(score * _SIZES[by_id[id_].size], 3),
                           tuple(because.get(id_, ())))
                for id_, score in scores.items()
                if _key(by_id[id_].hanzi) not in used
            ),
            key=lambda found: -found.score,
        )
        result: list[Suggestion] = []
        for found in ranked:
            if found.score >= ENOUGH and len(result) < limit and \
                    found.tag.hanzi not in {other.tag.hanzi for other in result}:
                result.append(found)
        return tuple(result)

    def own(self, written: str) -> OwnTag:
        """A typed tag in Chinese where a real Chinese tag exists; else kept as it is.

        "#CatsOfRednote" is kept; "#cats", "#Cat" and "#newHere" are translated.
        """
        name = regex.sub(r"\[[\p{Han}]+\]#?$", "", written.strip()).strip("#").strip()
        key = _key(name)
        for form in (key, key.removesuffix("es"), key.removesuffix("s"), key + "s"):
            tag = self._own.get(form)
            if tag is not None and len(form) > 1:
                return OwnTag(written, f"#{tag.hanzi}", tag.id)
        return OwnTag(written, f"#{name}")


def taken_off(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without the hashtags that close it, and those tags in order.

    Tags inside a sentence stay where they are: they are part of what it says. Digits alone
    ("my mom is #1") are a tag only behind another one ("#love #520").
    """
    body = protect.parts(text)
    closing: list[protect.Part] = []
    while body and (
        body[-1].piece.kind in {"hashtag", "rank"} if body[-1].piece else not body[-1].text.strip()
    ):
        closing.append(body.pop())
    while closing and not _is_tag(closing[-1]):
        body.append(closing.pop())
    if not closing:
        return text, ()
    while body and not body[-1].text.strip():
        body.pop()
    found = tuple(part.text for part in reversed(closing) if part.piece)
    return "".join(part.text for part in body), found


def inside(text: str) -> tuple[str, ...]:
    """Every hashtag of ``text`` in order."""
    return tuple(part.text for part in protect.parts(text) if _is_tag(part))


def _is_tag(part: protect.Part) -> bool:
    return part.piece is not None and part.piece.kind == "hashtag"


def line(tags: Iterable[str]) -> str:
    """Tags as the last line of a post: "#猫税 #新人报到", each once."""
    return " ".join(dict.fromkeys(tags))


def _plain(text: str) -> str:
    """The draft with the words of its hashtags apart: "#newHere" is "new Here"."""
    return regex.sub(
        r"#([\w]+)", lambda m: " " + regex.sub(r"(?<=\p{Ll})(?=\p{Lu})|_", " ", m[1]) + " ", text
    )


def _key(text: str) -> str:
    return _KEY.sub("", text).casefold()
