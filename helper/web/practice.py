"""Practice pages: what is due, one exercise at a time, what an answer was worth.

``add`` takes a form with ``phrase`` (a phrase id) or ``hanzi``, ``pinyin``, ``english``, and
``next`` (a local path to go back to).
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from helper.errors import N_, InvalidInput
from helper.practice import Answer, PracticeSession
from helper.practice.exercises import Question, kinds
from helper.practice.store import MAX_GOAL
from helper.web import (
    audio,
    learner,
    practice_api,
    practice_progress,
    practice_view,
    services,
    tones,
)
from helper.web.errors import sentence, status_of
from helper.web.learner import practice
from helper.web.way_back import back

blueprint = Blueprint("practice", __name__)
_FURTHER = 5  # how many new phrases more one may ask for when nothing is left
_OLD = timedelta(minutes=30)  # a session that ended this long ago is over and forgotten
for _part in (audio, practice_api, practice_progress, tones):
    blueprint.register_blueprint(_part.blueprint)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    learner.init_app(app)
    audio.init_app(app)
    practice_view.init_app(app)


def _running() -> PracticeSession | None:
    """The session that this browser is in."""
    kept = session.get("practice")
    if not isinstance(kept, dict):
        return None
    try:
        return PracticeSession(
            str(kept["id"]), datetime.fromtimestamp(float(kept["at"]), UTC),
            float(kept["minutes"]), str(kept["situation"]), bool(kept["silent"]),
            int(kept["more"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _keep(running: PracticeSession) -> None:
    session["practice"] = {
        "id": running.id, "at": running.started_at.timestamp(), "minutes": running.minutes,
        "situation": running.situation, "silent": running.silent, "more": running.more,
    }


def _number(name: str, default: float, highest: float) -> float:
    try:
        value = float(request.form.get(name, default))
    except ValueError:
        value = -1
    if not 0 <= value <= highest:
        raise InvalidInput(N_("Choose a number from %(lowest)s to %(highest)s."),
                           lowest=0, highest=int(highest))
    return value


@blueprint.get("/practice")
def page() -> str:
    """What is due, the goal, the streak, and where to start."""
    return _page()


def _page(words: str = "", problem: str = "") -> str:
    """``words`` is what is left of a pasted list, and ``problem`` what is wrong with it."""
    me = learner.learner()
    return render_template(
        "practice.html", summary=practice().summary(me), chosen=practice().settings(me),
        situations=practice().deck.situations, kinds=[exercise.kind for exercise in kinds()],
        words=words, problem=problem,
    )


@blueprint.post("/practice/start")
def start() -> Response:
    """Begin a session of ``minutes`` (5), of one ``situation`` or all, maybe ``silent``.

    ``zone`` is the browser's time zone, taken over until the learner chooses one; an unknown one
    is left aside.
    """
    me = learner.learner()
    practice().guess_zone(me, request.form.get("zone", "")[:64])
    chosen = practice().settings(me)
    running = practice().start(
        _number("minutes", 5, 60) or 5, request.form.get("situation", "")[:80],
        silent=not chosen.sound or "silent" in request.form, more=int(_number("more", 0, MAX_GOAL)),
    )
    _keep(running)
    return redirect(url_for("practice.ask"), 303)


@blueprint.post("/practice/quiet")
def quiet() -> Response:
    """No more listening in this session: the learner cannot listen now."""
    running = _running()
    if running:
        _keep(PracticeSession(
            running.id, running.started_at, running.minutes, running.situation, True,
            running.more,
        ))
    return redirect(url_for("practice.ask"), 303)


@blueprint.get("/practice/session")
def ask() -> str | Response:
    """The next question, or the end of the session. ``ready`` skips the introduction."""
    running = _running()
    if running is None:
        return redirect(url_for("practice.page"))
    me = learner.learner()
    if practice().now() - running.ends_at > _OLD:
        session.pop("practice")
        return redirect(url_for("practice.page"))
    asked = practice().next_question(me, running)
    if asked is None:
        return render_template(
            "practice_done.html", summary=practice().summary(me),
            report=practice().report(me, running.id), over=practice().now() >= running.ends_at,
            running=running, minutes=max(1, round(running.minutes)), further=_FURTHER,
        )
    item = practice().item(me, asked.question.item)
    page = "practice_ask.html"
    if asked.fresh and request.args.get("ready") != item.id:
        page = "practice_new.html"
    return render_template(
        page, question=asked.question, item=item, number=asked.number,
        key=secrets.token_urlsafe(12), left=practice_view.minutes_left(running),
    )


@blueprint.get("/practice/try/<kind>")
def one(kind: str) -> str:
    """One exercise of a kind, outside a session; ``item`` chooses the phrase."""
    me = learner.learner()
    asked = practice().single(me, kind, request.args.get("item", "")[:120])
    return render_template(
        "practice_ask.html", question=asked, item=practice().item(me, asked.item), number=0,
        key=secrets.token_urlsafe(12), left=0,
    )


@blueprint.post("/practice/session")
def answer() -> Response:
    """Grade an answer; the same ``key`` sent again changes nothing."""
    form, running = request.form, _running()
    try:
        seed = int(form.get("seed", ""))
        took = form.get("took", "")
        duration = min(int(took), 600_000) if took else None
    except ValueError:
        raise InvalidInput(N_("That answer cannot be read.")) from None
    outcome = practice().answer(learner.learner(), Answer(
        form.get("key", ""), form.get("item", ""), form.get("kind", ""), seed, _values(),
        running.id if running else "", duration,
    ))
    return redirect(url_for("practice.outcome", key=outcome.key), 303)


def _values() -> tuple[str, ...]:
    """The values of the form: one, several in order, or numbered ones (a tone per syllable)."""
    values = request.form.getlist("answer")
    if values:
        return tuple(values[:40])
    numbered = [request.form.get(f"answer-{n}", "") for n in range(40)]
    while numbered and not numbered[-1]:
        numbered.pop()
    return tuple(numbered)


@blueprint.get("/practice/session/<key>")
def outcome(key: str) -> str:
    """What an answer was worth, and why."""
    me = learner.learner()
    found = practice().outcome(me, key)
    question: Question = practice().question(me, found.item, found.kind, found.seed)
    return render_template(
        "practice_outcome.html", outcome=found, verdict=found.verdict, question=question,
        item=practice().item(me, found.item), summary=practice().summary(me),
    )


@blueprint.post("/practice/undo")
def undo() -> Response:
    """Take the last answer back, if it is the one of ``key`` (an old page may ask)."""
    undone = practice().undo(learner.learner(), request.form.get("key", ""))
    flash(_("The last answer is taken back.") if undone else _("There is nothing to take back."))
    return redirect(url_for("practice.ask" if _running() else "practice.page"), 303)


@blueprint.post("/practice/suspend")
def suspend() -> Response:
    """Never ask a card again, or with ``on=0`` ask it again."""
    on = request.form.get("on", "1") != "0"
    practice().suspend(
        learner.learner(), request.form.get("item", ""), request.form.get("skill", ""), on=on
    )
    flash(_("This card will not come again.") if on else _("This card comes again."))
    otherwise = "practice.ask" if _running() else "practice.page"
    return redirect(back(request.form.get("next", ""), otherwise), 303)


@blueprint.post("/practice/add")
def add() -> Response:
    """Put a phrase or any Chinese text into practice."""
    me, form = learner.learner(), request.form
    if form.get("phrase"):
        ident = practice().add_phrase(me, form["phrase"])
    else:
        ident = practice().add(
            me, form.get("hanzi", ""), form.get("pinyin", ""), form.get("english", ""),
            services().dictionary,
        )
    flash(_("%(hanzi)s is in your practice now.", hanzi=practice().item(me, ident).hanzi))
    return redirect(back(form.get("next", ""), "practice.page"), 303)


@blueprint.post("/practice/list")
def add_list() -> Response | tuple[str, int]:
    """Put a pasted word list into practice; lines that cannot be are shown again, to be mended."""
    text = request.form.get("words", "")
    try:
        added = practice().add_list(learner.learner(), text, services().dictionary)
    except InvalidInput as error:
        return _page(text, sentence(error)), status_of(error)
    if added.items:
        flash(ngettext(
            "%(num)d word is in your practice now.", "%(num)d words are in your practice now.",
            len(added.items),
        ))
    if not added.unread:
        return redirect(url_for("practice.page"), 303)
    return _page("\n".join(added.unread), ngettext(
        "This line was not understood. Each needs Chinese characters, and what they mean where "
        "the dictionary does not know them.",
        "These lines were not understood. Each needs Chinese characters, and what they mean "
        "where the dictionary does not know them.", len(added.unread),
    )), 200 if added.items else 400
