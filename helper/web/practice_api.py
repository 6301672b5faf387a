"""The JSON twin of the practice pages, and the door for answers given without a network."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helper.errors import N_, HelperError, InvalidInput
from helper.practice import Answer, Asked, Outcome
from helper.web import csrf, services
from helper.web.audio import audio_url
from helper.web.errors import sentence
from helper.web.language import told
from helper.web.learner import learner, practice
from helper.web.practice_view import said

T = TypeVar("T")
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
            "english": item.english, "words": item.words, "when": told(item.when),
        },
    }


def said_text(message: str) -> str:
    """A marked message in the interface language."""
    return _(message)


@blueprint.post("/reviews")
@csrf.exempt
def reviews() -> Response:
    """Answers in the order given; each key counts once, however often it is sent.

    One result per answer: ``right``, ``rating``, ``due``, ``repeated``, ``notes``, or
    ``error`` for an answer that can never be stored (then the browser forgets it).
    """
    problem = N_("Send “reviews”: a list of answers.")
    if request.get_data()[:1] == b"[":
        found = _read(list[Review], problem)
    else:
        found = _read(Reviews, problem).reviews
    if len(found) > 200:
        raise InvalidInput(N_("Send at most 200 answers at once."))
    return jsonify({"results": [_stored(review) for review in found]})


class New(msgspec.Struct, frozen=True):
    """What to put into practice: a phrase id, or any Chinese text."""

    phrase: str = ""
    hanzi: str = ""
    pinyin: str = ""
    english: str = ""


@blueprint.post("/add")
@csrf.exempt
def add() -> Response:
    """Put ``phrase`` (an id), or ``hanzi`` with ``pinyin`` and ``english``, into practice."""
    new = _read(New, N_("Send “phrase” or “hanzi” as a JSON object."))
    if new.phrase:
        ident = practice().add_phrase(learner(), new.phrase)
    else:
        ident = practice().add(
            learner(), new.hanzi, new.pinyin, new.english, services().dictionary
        )
    item = practice().item(learner(), ident)
    return jsonify({
        "item": item.id, "hanzi": item.hanzi, "pinyin": item.pinyin, "english": item.english,
    })


class Undo(msgspec.Struct, frozen=True):
    """``key`` of the answer to take back; "" is the last one, whichever it is."""

    key: str = ""


@blueprint.post("/undo")
@csrf.exempt
def undo() -> Response:
    """Take the last answer back; ``undone`` is its key, or null if there was none."""
    undone = practice().undo(learner(), _read(Undo, N_("Send a JSON object.")).key)
    return jsonify({"undone": undone.key if undone else None})


def _read(kind: type[T], problem: str) -> T:
    """The JSON body; only as JSON, so that no foreign page can send it with a form."""
    if not request.is_json:
        raise InvalidInput(N_("Send a JSON object."))
    try:
        return msgspec.json.decode(request.get_data(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidInput(problem) from None


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
