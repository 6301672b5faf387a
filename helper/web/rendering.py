"""What templates need to show Chinese: ruby, glosses, confidence in words."""

from __future__ import annotations

import functools

from flask import Flask, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from helper import __version__
from helper.errors import N_
from helper.mandarin import pinyin
from helper.mandarin.pinyin import Reading
from helper.translation.result import Warning
from helper.web import services
from helper.web.way_back import here

#: What each warning means to a reader: (short, what to do).
WARNINGS = {
    Warning.REPEATED: N_("Words repeat: this translation is broken."),
    Warning.EMPTY: N_("Nothing came out of the translator."),
    Warning.WRONG_SCRIPT: N_("Part of it stayed in the wrong language."),
    Warning.TOO_SHORT: N_("Much shorter than what you wrote: something is missing."),
    Warning.TOO_LONG: N_("Much longer than what you wrote: something was added."),
    Warning.NUMBER: N_("A number changed."),
    Warning.NEGATION: N_("A “not” was lost or added."),
    Warning.NAME: N_("A name is missing."),
    Warning.GUESSED: N_("A word was guessed."),
    Warning.ECHO: N_("It was not translated."),
    Warning.PIECE: N_("An emoji, tag or link moved."),
    Warning.LOW: N_("The translator itself is unsure."),
}


def ruby(text: str, override: str = "") -> Markup:
    """``text`` as real <ruby> with pinyin over every hanzi; see ``ruby_readings``."""
    return ruby_readings(_readings(text, override))


@functools.lru_cache(maxsize=16384)
def _readings(text: str, override: str) -> tuple[Reading, ...]:
    return pinyin.readings(text, override)


def ruby_readings(readings: tuple[Reading, ...]) -> Markup:
    """Readings as <ruby>, each hanzi with its tone as a class for colour."""
    parts = []
    for reading in readings:
        if reading.syllable is None:
            parts.append(escape(reading.text))
        else:
            parts.append(
                Markup('<ruby class="t{}">{}<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>').format(
                    reading.syllable.tone, reading.text, reading.syllable.marked
                )
            )
    return Markup('<span class="hanzi" lang="zh-Hans">{}</span>').format(Markup("").join(parts))


def warning_text(warning: Warning) -> str:
    """A warning as one sentence in the interface language."""
    return _(WARNINGS[warning])


def sureness(confidence: float) -> tuple[str, str]:
    """(CSS class, words) for a confidence from 0 to 1."""
    if confidence >= 0.75:
        return "sure", _("Likely right")
    if confidence >= 0.45:
        return "fair", _("Probably understandable")
    return "weak", _("Weak: check this one")


def asset(name: str) -> str:
    """URL of a static file that changes with the app's version, so that caches never mislead."""
    return url_for("static", filename=name, v=__version__)


def init_app(app: Flask) -> None:
    """Filters and functions for Jinja."""
    app.jinja_env.filters.update(
        ruby=ruby,
        ruby_readings=ruby_readings,
        warning_text=warning_text,
    )
    app.jinja_env.globals.update(sureness=sureness, asset=asset)

    @app.context_processor
    def _page() -> dict[str, object]:
        return {
            "max_chars": services().settings.max_chars,
            "version": __version__,
            "here": here(),
        }
