"""The composer for programs: the same results as the page, as JSON."""

from __future__ import annotations

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from helper.captions import Line
from helper.captions.report import check_report, compose_report
from helper.errors import N_, InvalidInput
from helper.mandarin import script
from helper.web import costly, csrf, limiter, services
from helper.web.api import body, text_of

blueprint = Blueprint("json", __name__, url_prefix="/api/compose")


@blueprint.route("", methods=["GET", "POST"])
@csrf.exempt
@limiter.limit(costly)
def compose() -> Response:
    """``text``, ``title``, ``layout`` ("chinese"), ``tags`` (separated by spaces): the post."""
    data = body()
    return jsonify(compose_report(
        services().composer, text_of(data, "text"), text_of(data, "title"),
        text_of(data, "layout"), text_of(data, "tags"),
    ))


@blueprint.route("/check", methods=["GET", "POST"])
@csrf.exempt
@limiter.limit(costly)
def check() -> Response:
    """``text``, ``title`` in either language: limits and rule notes; nothing is translated."""
    data = body()
    return jsonify(check_report(services().composer, text_of(data, "text"),
                                text_of(data, "title")))


@blueprint.route("/sentence", methods=["GET", "POST"])
@csrf.exempt
@limiter.limit(costly)
def sentence() -> Response:
    """``english``, and ``chinese`` if a person wrote it: one sentence explained and checked."""
    data = body()
    english = script.clean(text_of(data, "english")).strip()
    chinese = script.clean(text_of(data, "chinese")).strip()
    if not english:
        raise InvalidInput(N_("There is no text to translate; write or paste some first."))
    line = Line("body", english, chinese)
    composer = services().composer
    return jsonify((composer.rewritten(line) if chinese else composer.again(line)).to_dict())


@blueprint.get("/starters")
def starters() -> Response:
    """Every ready-made post."""
    return jsonify({"starters": [
        {"id": s.id, "title": s.title, "title_zh": s.title_zh, "when": s.when,
         "blanks": [{"slot": b.slot, "label": b.label, "example": b.example} for b in s.blanks]}
        for s in services().composer.starters.all
    ]})


@blueprint.get("/starters/<id>")
@limiter.limit(costly)
def starter(id: str) -> Response:
    """One ready-made post, its blanks filled from the query."""
    data = {name: value for name, value in body().items() if isinstance(value, str)}
    return jsonify(services().composer.starters.fill(id, data).to_dict())
