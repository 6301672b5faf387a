"""About, privacy and limits."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def page() -> str:
    """One page."""
    return render_template("about.html")
