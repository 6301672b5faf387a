"""Ready-made posts: English blanks filled in, the Chinese changes with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from helper.captions import limits
from helper.captions.limits import Limit
from helper.errors import N_, NotFound
from helper.mandarin import script
from helper.translation import Translator, polish
from phrasebook.types import Blank, Starter

_SLOT = regex.compile(r"\{(\w+?)\}")
#: The starters that newcomers need first; the gallery begins with them.
FIRST = ("starter.first-post", "starter.cat-tax", "starter.my-city", "starter.food-tips",
         "starter.school-lunch", "starter.homework-answer")
#: Longest text that a blank takes, in characters.
LONGEST = 200


@dataclass(frozen=True)
class Filled:
    """One blank filled.

    Attributes:
        blank: the content's description of the blank.
        english: what the user put there (the example when nothing).
        chinese: what stands in the Chinese post.
        sure: False when a machine translated it because no table knows it.
    """

    blank: Blank
    english: str
    chinese: str
    sure: bool


@dataclass(frozen=True)
class FilledStarter:
    """A starter with all its blanks filled: a post in both languages."""

    starter: Starter
    blanks: tuple[Filled, ...]
    title: str
    title_english: str
    text: str
    english: str
    tags: tuple[str, ...]

    @property
    def post(self) -> str:
        """Text and tags, as one pastes them."""
        return f"{self.text}\n\n{' '.join(self.tags)}" if self.tags else self.text

    @property
    def limits(self) -> tuple[Limit, Limit]:
        """How full title and body are."""
        return limits.title(self.title), limits.body(self.post)

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {
            "id": self.starter.id, "title": self.title, "title_english": self.title_english,
            "text": self.text, "english": self.english, "tags": list(self.tags),
            "post": self.post,
            "blanks": [
                {"slot": f.blank.slot, "english": f.english, "chinese": f.chinese, "sure": f.sure}
                for f in self.blanks
            ],
            "limits": [limit.to_dict() for limit in self.limits],
        }


class Starters:
    """The starters of the phrasebook."""

    def __init__(self, starters: tuple[Starter, ...], translator: Translator) -> None:
        self.all = tuple(sorted(
            starters, key=lambda s: FIRST.index(s.id) if s.id in FIRST else len(FIRST)
        ))
        self._by_id = {starter.id: starter for starter in starters}
        self._translator = translator

    def get(self, id: str) -> Starter:
        """The starter called ``id``; NotFound if there is none."""
        if id not in self._by_id:
            raise NotFound(N_("There is no starter “%(id)s”."), id=id)
        return self._by_id[id]

    def fill(self, id: str, values: Mapping[str, str]) -> FilledStarter:
        """The starter ``id`` with its blanks filled; blanks left empty take their examples.

        Raises:
            NotFound: no such starter.
        """
        starter = self.get(id)
        filled = tuple(self._fill(blank, values.get(blank.slot, "")) for blank in starter.blanks)
        chinese = {item.blank.slot: item.chinese for item in filled}
        english = {item.blank.slot: item.english for item in filled}
        return FilledStarter(
            starter, filled, _put(starter.post_title, chinese),
            _put(starter.post_title_en, english), _put(starter.zh, chinese),
            _put(starter.en, english), tuple(f"#{tag.strip('#')}" for tag in starter.hashtags),
        )

    def _fill(self, blank: Blank, value: str) -> Filled:
        english = " ".join(script.clean(value).split())[:LONGEST] or blank.example
        if script.has_hanzi(english):
            return Filled(blank, english, english, True)
        kind = blank.kind.rstrip("0123456789")
        known = self._translator.memory.names.chinese(kind, english) if kind != "text" else None
        if known is not None:
            return Filled(blank, english, known, True)
        if kind == "name" or not regex.search(r"\p{L}", english):
            return Filled(blank, english, english, True)
        said = self._translator.translate(english, "zh", "en", 0)
        text = said.text if polish.end_mark(english) else said.text.rstrip("。.")
        return Filled(blank, english, text, said.origin == "memory")


def _put(text: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: values.get(slot[1], slot[0]), text)
