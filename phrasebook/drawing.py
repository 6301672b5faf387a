"""The types of the drawn screens: a drawing has parts, a part has boxes, a box has marks.

A drawing holds ids of terms only; the words come from the terms (``terms/*.toml``), so that no
label is typed twice. How a kind of part looks is in templates/screens/_parts.html.
"""

from __future__ import annotations

from typing import Literal

from phrasebook.types import Content


class Mark(Content, frozen=True, kw_only=True):
    """One thing on a drawn screen: a label of the app, or a filler for what users put there.

    Attributes:
        term: id of the Term whose label stands here; "" for a filler or an icon without a name.
        look: how the app shows it. ``icon`` is an icon without text, ``tile`` an icon over text,
            ``pill`` an outlined and ``solid`` a filled button, ``stat`` text under a number.
        icon: name of a symbol in templates/screens/_sprite.html; "" for none.
        fill: what a filler stands for; "" for a label or an icon.
        at: its place in a card or on a picture; "" for where the order puts it.
        on: the chosen tab, the switch that is on.
        echo: a label that the screen repeats: drawn again, but neither a link nor listed.
        before, after: digits and signs that the app prints around the label ("#", "12").
    """

    term: str = ""
    look: Literal[
        "text", "small", "title", "tab", "chip", "pill", "button", "solid", "field", "icon",
        "tile", "stat", "badge", "link", "menu", "post",
    ] = "text"
    icon: str = ""
    fill: Literal[
        "", "avatar", "face", "line", "lines", "head", "number", "picture", "thumb", "space",
        "arrow", "check", "radio", "switch", "caret", "plus", "dots",
    ] = ""
    at: Literal["", "top", "corner", "foot", "middle"] = ""
    on: bool = False
    echo: bool = False
    before: str = ""
    after: str = ""


class Part(Content, frozen=True, kw_only=True):
    """A region of a drawn screen, from top to bottom.

    Attributes:
        kind: the arrangement of its boxes (one macro each in templates/screens/_parts.html).
        name, name_zh: what the region is called in the list beside the drawing.
        boxes: rows, cards, comments… of the region in reading order, each a list of marks.
        surface: "sheet" for what slides up over the page, "menu" for what pops up on it,
            "over" for what lies on the picture.
        grow: whether it takes the height that the others leave.
    """

    kind: Literal[
        "bar", "tabs", "cards", "picture", "text", "rows", "tiles", "comments", "chats", "chips",
        "nav", "menu", "strip", "stats",
    ]
    name: str
    name_zh: str
    boxes: list[list[Mark]]
    surface: Literal["", "sheet", "menu", "over"] = ""
    grow: bool = False

    def marks(self) -> list[Mark]:
        """Every mark of the region in reading order."""
        return [mark for box in self.boxes for mark in box]


class Drawing(Content, frozen=True, kw_only=True):
    """A screen of the app drawn with its labels in place (one file in ``screens/``).

    Attributes:
        id: unique slug, also its address ("note").
        title, title_zh: name of the screen.
        about, about_zh: how to get there and what it is for, in a sentence.
        order: position among the drawn screens, lowest first.
        backdrop: "picture" where the whole screen lies on one (live), "dim" where the page
            behind a sheet is dimmed; "" for a plain page.
        parts: its regions from top to bottom.
    """

    id: str
    title: str
    title_zh: str
    about: str
    about_zh: str
    order: int
    backdrop: Literal["", "picture", "dim"] = ""
    parts: list[Part]

    def labels(self) -> list[Mark]:
        """The marks that are labels, each once, in reading order."""
        return [m for part in self.parts for m in part.marks() if m.term and not m.echo]
