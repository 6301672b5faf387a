"""The JSON API: the same results as the pages show."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from helper.errors import N_, InvalidInput
from helper.lookup.phrases import phrase_dict
from helper.mandarin import script
from helper.web import costly, csrf, limiter, services
from helper.web.net_english import meaning

blueprint = Blueprint("api", __name__, url_prefix="/api")
csrf.exempt(blueprint)


def body() -> dict[str, Any]:
    """The request's parameters: a JSON object, a form or the query string."""
    if request.is_json:
        try:
            data = request.get_json(silent=True)
        except RecursionError:  # thousands of brackets in each other
            data = None
        if not isinstance(data, dict):
            raise InvalidInput(N_("Send a JSON object."))
        return data
    return request.values.to_dict()


def text_of(data: dict[str, Any], name: str) -> str:
    """A text parameter; "" if absent; InvalidInput if it is no text."""
    value = data.get(name, "")
    if not isinstance(value, str):
        raise InvalidInput(N_("“%(name)s” must be text."), name=name)
    return value


def number_of(data: dict[str, Any], name: str, default: int, most: int) -> int:
    """A whole-number parameter between 0 and ``most``."""
    given = data.get(name, default)
    try:
        value = -1 if isinstance(given, float) and not given.is_integer() else int(given)
    except (TypeError, ValueError):
        value = -1
    if not 0 <= value <= most:
        raise InvalidInput(
            N_("“%(name)s” must be a whole number from 0 to %(most)d."), name=name, most=most
        )
    return value


@blueprint.get("/lookup")
def lookup() -> Response:
    """``q`` and ``limit`` (10): entries, best first; what ``q`` means if it is net English."""
    data = body()
    query = script.clean(text_of(data, "q")).strip()
    if not query:
        raise InvalidInput(N_("Say what to look up: add “q”."))
    return jsonify({
        **services().index.search(query, number_of(data, "limit", 10, 50)).to_dict(),
        "net_english": [asdict(piece) for piece in meaning(query)],
    })


@blueprint.get("/phrases")
def phrases() -> Response:
    """Phrases that fit ``q``, or all of them."""
    query = script.clean(text_of(body(), "q")).strip()
    return jsonify(phrases_result(query))


def phrases_result(query: str) -> dict[str, Any]:
    """The JSON of phrases for a query; all for an empty one."""
    index, by_id = services().index, services().book.by_id
    found = index.phrases(query, 50) if query else [
        index.by_id[phrase.id] for phrase in services().book.phrases
    ]
    return {"results": [phrase_dict(entry, by_id[entry.id]) for entry in found]}


@blueprint.route("/translate", methods=["GET", "POST"])
@limiter.limit(costly)
def translate() -> Response:
    """``text``, ``to`` ("auto"), ``from`` ("auto"), ``alternatives`` (3)."""
    data = body()
    translation = services().translator.translate(
        text_of(data, "text"), text_of(data, "to") or "auto", text_of(data, "from") or "auto",
        number_of(data, "alternatives", 3, 3),
    )
    return jsonify(translation.to_dict())


@blueprint.route("/read", methods=["GET", "POST"])
@limiter.limit(costly)
def read() -> Response:
    """``text``: every word explained, and the translation."""
    return jsonify(services().reader.explain(text_of(body(), "text")).to_dict())
