"""Reading what Chinese users wrote. Stores nothing, so its form needs no token; see compose."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from helper.errors import InvalidInput
from helper.web import costly, csrf, limiter, services
from helper.web.errors import sentence, status_of

blueprint = Blueprint("read", __name__)


@blueprint.get("/read")
def page() -> str:
    """The form."""
    return render_template("read.html", text="", explained=None, problem="")


@blueprint.post("/read")
@csrf.exempt
@limiter.limit(costly)
def explain() -> tuple[str, int]:
    """The explained text under the form; a mistake is named there and the text stays."""
    text = request.form.get("text", "")
    try:
        explained = services().reader.explain(text)
    except InvalidInput as error:
        return render_template(
            "read.html", text=text, explained=None, problem=sentence(error)
        ), status_of(error)
    return render_template("read.html", text=text, explained=explained, problem=""), 200
