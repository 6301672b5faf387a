"""Composing a caption."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from helper.errors import InvalidInput
from helper.mandarin import script
from helper.web import costly, limiter, services
from helper.web.errors import sentence, status_of

blueprint = Blueprint("compose", __name__)


@blueprint.get("/compose")
def page() -> str:
    """The form, with ``text`` filled in if given."""
    text = script.clean(request.args.get("text", ""))[:5000]
    return render_template("compose.html", text=text, composed=None, problem="")


@blueprint.post("/compose")
@limiter.limit(costly)
def compose() -> tuple[str, int]:
    """The Chinese under the form; a mistake is named there and the text stays."""
    text = request.form.get("text", "")
    try:
        composed = services().composer.compose(text)
    except InvalidInput as error:
        return render_template(
            "compose.html", text=text, composed=None, problem=sentence(error)
        ), status_of(error)
    return render_template("compose.html", text=text, composed=composed, problem=""), 200
