"""Drawn screens: the app's screens as drawings whose labels lead to their entries."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from helper.errors import N_, NotFound
from helper.web import services
from phrasebook.drawing import Drawing

blueprint = Blueprint("screens", __name__, url_prefix="/screens")

#: What the switch offers: value in the query string, name in the interface.
_MODES = {"zh": N_("Chinese"), "en": N_("English"), "py": N_("Pinyin"), "both": N_("All three")}


def _context(default: str) -> dict[str, Any]:
    """What every page of drawings needs; ``default`` is how labels show where none is asked."""
    parts = services()
    asked = request.args.get("show", "")
    show = asked if asked in _MODES else default
    return {
        "drawings": parts.book.drawings,
        "words": parts.index.by_id,
        "terms": parts.book.by_id,
        "at": request.args.get("at", ""),
        "show": show,
        "keep": {"show": show} if show == asked else {},
        "modes": [(mode, _(name)) for mode, name in _MODES.items()],
    }


@blueprint.get("/")
def page() -> str:
    """All drawn screens, small."""
    return render_template("screens.html", **_context("zh"))


@blueprint.get("/<id>")
def screen(id: str) -> str:
    """One drawn screen; ``show`` chooses the labels' language, ``at`` marks one label."""
    found = next((d for d in services().book.drawings if d.id == id), None)
    if found is None:
        raise NotFound(N_("There is no drawing of “%(id)s”; see the drawn screens."), id=id[:80])
    return render_template("screen.html", drawing=found, **_context("zh"))


@blueprint.get("/print")
def print_page() -> str:
    """All drawn screens, one to an A4 page."""
    return render_template("screens_print.html", **_context("both"))


@blueprint.app_template_global("drawings_of")
def drawings_of(term: str) -> list[Drawing]:
    """The drawn screens on which the term with that id stands."""
    return [
        drawing for drawing in services().book.drawings
        if any(mark.term == term for mark in drawing.labels())
    ]
