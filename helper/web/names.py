"""English and Chinese names of the content's enumerations, for the interface."""

from __future__ import annotations

from flask import Flask, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from helper.errors import N_
from helper.lookup import Entry
from helper.web import services

_KINDS = {
    "term": N_("In the app"), "slang": N_("What people write"), "hashtag": N_("Hashtag"),
    "phrase": N_("Phrase"), "howto": N_("Guide"), "word": N_("Dictionary"),
}
_TONES = {
    "friendly": N_("Friendly"), "neutral": N_("Neutral"), "teasing": N_("Teasing"),
    "rude": N_("Rude"),
}
_SIZES = {"huge": N_("Huge"), "medium": N_("Medium"), "niche": N_("Niche")}
_REGISTERS = {
    "friends": N_("To friends"), "anyone": N_("To anyone"), "elders": N_("To elders, politely"),
}


def kind_names() -> dict[str, str]:
    """Every kind of entry with its name in the interface language."""
    return {kind: _(name) for kind, name in _KINDS.items()}


def entry_url(entry: Entry) -> str:
    """The stable address of an entry's own page."""
    return url_for("lookup.entry", id=entry.id)


def place_name(entry: Entry) -> str:
    """The screen or situation an entry belongs to, in the interface language."""
    return place_names().get(entry.place, entry.place)


def place_names() -> dict[str, str]:
    """What the interface language calls the screens and situations, by their English names.

    Empty in English.
    """
    if str(get_locale()) != "zh_Hans":
        return {}
    book = services().book
    return {screen.title: screen.title_zh for screen in book.screens} | {
        situation.title: situation.title_zh for situation in book.situations
    }


def init_app(app: Flask) -> None:
    """Make the names known to the templates."""
    app.jinja_env.globals.update(
        kind_name=lambda kind: _(_KINDS[kind]),
        tone_name=lambda tone: _(_TONES[tone]),
        size_name=lambda size: _(_SIZES[size]),
        register_name=lambda register: _(_REGISTERS[register]),
        entry_url=entry_url,
        place_name=place_name,
    )
