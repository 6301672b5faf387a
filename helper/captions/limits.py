"""How long a post may be, counted as the app counts.

The app publishes no counting rule. What is known from its editor: a title takes 20 and a body
1,000; a hanzi, a Latin letter and a digit take one each, an emoji two. Assumed here, because no
source says: a space, a line break and a punctuation mark take one each; an emoji made of several
code points (a flag, a family, a skin tone) is one emoji; hashtags count towards the body.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from helper.translation.protect import EMOJI

#: Most that a title takes, and most that a body takes, hashtags included.
TITLE, BODY = 20, 1000
# ©, ® and ™ are text unless a presentation selector makes them emoji
_EMOJI = regex.compile(rf"(?![©®™]$){EMOJI}")


def count(text: str) -> int:
    """The length of ``text`` as the app counts it: an emoji is two, any other character one."""
    total = 0
    for cluster in regex.findall(r"\X", text):
        total += 2 if _EMOJI.match(cluster) else 1
    return total


@dataclass(frozen=True)
class Limit:
    """How full one part of a post is.

    Attributes:
        part: "title" or "body".
        count: its length as the app counts.
        most: what the app takes.
    """

    part: str
    count: int
    most: int

    @property
    def left(self) -> int:
        """How much still fits; negative when it is too long."""
        return self.most - self.count

    @property
    def over(self) -> bool:
        """Whether the app would refuse it."""
        return self.count > self.most

    @property
    def near(self) -> bool:
        """Whether less than a tenth is left, so that one can see the limit coming."""
        return not self.over and self.left < self.most / 10

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {"part": self.part, "count": self.count, "most": self.most, "left": self.left,
                "over": self.over}


def title(text: str) -> Limit:
    """The limit of a title."""
    return Limit("title", count(text), TITLE)


def body(text: str) -> Limit:
    """The limit of a body with its hashtags."""
    return Limit("body", count(text), BODY)
