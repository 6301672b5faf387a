"""The JSON twin of the practice pages, and the door for answers given without a network."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from helper.errors import N_, HelperError, InvalidInput
from helper.practice import Answer, Asked, Outcome
from helper.web import csrf
from helper.web.audio import audio_url
from helper.web.errors import sentence
from helper.web.learner import learner, practice
from helper.web.practice_view import said

blueprint = Blueprint("api", __name__, url_prefix="/api/practice")


class Review(msgspec.Struct, frozen=True):
    """One answer as the browser queues it; see ``helper.practice.Answer``."""

    key: str
    item: str
    kind: str
    seed: int
    answer: list[str] = []
    session: str = ""
    duration_ms: int | None = None
    answered_at: datetime | None = None


class Reviews(msgspec.Struct, frozen=True):
    """The body of a POST: answers, oldest first."""

    reviews: list[Review]


@blueprint.get("/summary")
def summary() -> Response:
    """What is due, today's goal, the streak."""
    return jsonify(msgspec.to_builtins(practice().summary(learner())))


@blueprint.get("/progress")
def progress() -> Response:
    """Everything that the progress page draws."""
    return jsonify(msgspec.to_builtins(practice().progress(learner())))


@blueprint.get("/session")
def session() -> Response:
    """``count`` (20) questions in a row with their answers, to practise without a network."""
    count = request.args.get("count", "20")
    if not (count.isascii() and count.isdigit() and 0 < int(count) <= 100):
        raise InvalidInput(N_("“count” must be a whole number from 1 to 100."))
    chosen = practice().settings(learner())
    running = practice().start(60, request.args.get("situation", "")[:80],
                               silent=not chosen.sound)
    asked = practice().download(learner(), running, int(count))
    return jsonify({"session": running.id, "questions": [_asked(one) for one in asked]})


def _asked(asked: Asked) -> dict[str, Any]:
    question = asked.question
    item = practice().item(learner(), question.item)
    return {
        **msgspec.to_builtins(question), "fresh": asked.fresh,
        "instruction": said_text(question.instruction), "audio_url": audio_url(question.audio)
        if question.audio else "",
        "about": {
            "hanzi": item.hanzi, "pinyin": item.pinyin, "spoken": item.spoken,
            "english": item.english, "words": item.words, "when": item.when,
        },
    }


def said_text(message: str) -> str:
    """A marked message in the interface language."""
    from flask_babel import gettext

    return gettext(message)


@blueprint.post("/reviews")
@csrf.exempt
def reviews() -> Response:
    """Answers in the order given; each key counts once, however often it is sent.

    One result per answer: ``right``, ``rating``, ``due``, ``repeated``, ``notes``, or
    ``error`` for an answer that can never be stored (then the browser forgets it).
    """
    if not request.is_json:
        raise InvalidInput(N_("Send a JSON object."))
    try:
        body = msgspec.json.decode(request.get_data(), type=Reviews | list[Review])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidInput(N_("Send “reviews”: a list of answers.")) from None
    found = body.reviews if isinstance(body, Reviews) else body
    if len(found) > 200:
        raise InvalidInput(N_("Send at most 200 answers at once."))
    return jsonify({"results": [_stored(review) for review in found]})


def _stored(review: Review) -> dict[str, Any]:
    try:
        outcome = practice().answer(learner(), Answer(
            review.key, review.item, review.kind, review.seed, tuple(review.answer),
            review.session, review.duration_ms, review.answered_at,
        ))
    except HelperError as error:
        return {"key": review.key, "error": sentence(error)}
    return outcome_dict(outcome)


def outcome_dict(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON."""
    verdict = outcome.verdict
    return {
        "key": outcome.key, "item": outcome.item, "skill": outcome.skill,
        "right": verdict.right, "rating": verdict.rating, "due": outcome.due.isoformat(),
        "repeated": outcome.repeated, "notes": [said(note) for note in verdict.notes],
    }
