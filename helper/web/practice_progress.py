"""Progress, settings, and practice on other tools: print, Anki, CSV, progress file, code."""

from __future__ import annotations

import functools
from collections.abc import Callable

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from helper.errors import N_, InvalidInput, NotFound
from helper.practice import exports
from helper.practice.deck import Item
from helper.practice.portable import MAX_BYTES
from helper.web import costly, limiter, services
from helper.web.audio import voice
from helper.web.errors import sentence, status_of, wants_json
from helper.web.learner import become, forget, learner, practice

View = Callable[[], AnyResponse]
blueprint = Blueprint("progress", __name__)
_FILE = "rednote-practice.progress"


def _chosen() -> list[Item]:
    """The items asked for: mine (default), all, or those of one situation."""
    which = request.args.get("which", "mine")
    if which == "mine":
        mine = practice().items(learner(), begun=True)
        return mine or practice().items(learner())
    items = practice().items(learner())
    if which == "all":
        return items
    found = [item for item in items if item.situation == which]
    if not found:
        raise InvalidInput(N_("Choose “mine”, “all” or a situation."))
    return found


@blueprint.get("/practice/progress")
def page() -> str:
    """Forecast, retention, what is known, heat map: drawn, and as tables."""
    return render_template(
        "practice_progress.html", progress=practice().progress(learner()),
        suspended=practice().suspended(learner()),
    )


@blueprint.get("/practice/print")
def sheet() -> str:
    """A sheet to print: hanzi, pinyin, English, word by word."""
    return render_template(
        "practice_print.html", rows=exports.sheet(_chosen()),
        situations=practice().deck.situations, which=request.args.get("which", "mine"),
    )


@blueprint.get("/practice/export.apkg")
def anki() -> Response:
    """An Anki deck; importing a later one updates the same notes."""
    return _file(exports.anki(_chosen()), "rednote-helper.apkg", "application/octet-stream")


@blueprint.get("/practice/export.csv")
def table() -> Response:
    """The same as CSV, with a byte-order mark so that Excel reads the hanzi."""
    return _file(("\ufeff" + exports.table(_chosen())).encode(), "rednote-helper.csv", "text/csv")


def _file(data: bytes, name: str, kind: str) -> Response:
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/practice/settings")
def settings() -> str:
    """Goal, new phrases, sound; take my progress with me; delete everything."""
    return _settings()


def _settings(mistaken: str = "", problem: str = "") -> str:
    """The page; ``problem`` is what is wrong with the form ``mistaken``, shown as it was sent."""
    return render_template(
        "practice_settings.html", chosen=practice().settings(learner()),
        situations=practice().deck.situations, code=session.pop("move-code", ""),
        mistaken=mistaken, problem=problem, sent=request.form,
    )


def _told(part: str) -> Callable[[View], Callable[[], AnyResponse | tuple[str, int]]]:
    """What is wrong with the form ``part`` of the settings is said beside it, on that page."""

    def wrap(view: View) -> Callable[[], AnyResponse | tuple[str, int]]:
        @functools.wraps(view)
        def told() -> AnyResponse | tuple[str, int]:
            try:
                return view()
            except (InvalidInput, NotFound) as error:
                if wants_json():
                    raise
                return _settings(part, sentence(error)), status_of(error)

        return told

    return wrap


@blueprint.post("/practice/settings")
@_told("settings")
def change() -> AnyResponse:
    """Keep the choices of the form."""
    changes: dict[str, object] = {}
    for name in ("goal", "new_per_day"):
        value = request.form.get(name, "")
        if value:
            changes[name] = int(value) if value.isascii() and value.isdigit() else -1
    if request.form.get("zone"):
        changes["zone"] = request.form["zone"][:64]
    if "goal" in changes:
        changes["sound"] = "sound" in request.form
    practice().change_settings(learner(), **changes)
    flash(_("Saved."))
    return redirect(url_for("practice.progress.settings"), 303)


@blueprint.get("/practice/my-progress")
def save() -> Response:
    """The learner's progress as a file."""
    return _file(practice().save(learner()), _FILE, "application/octet-stream")


@blueprint.url_value_preprocessor
def _room(endpoint: str | None, values: dict[str, object] | None) -> None:
    """A progress file may be as large as one can be saved, whatever the limit of other requests.

    Said before anything reads the form: the check of its token would.
    """
    if endpoint == "practice.progress.load":
        request.max_content_length = max(MAX_BYTES, services().settings.max_body)


@blueprint.post("/practice/my-progress")
@limiter.limit(costly)
@_told("file")
def load() -> AnyResponse:
    """Add the progress of an uploaded file."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise InvalidInput(N_("Choose the progress file that you saved."))
    added = practice().load(learner(), upload.read())
    flash(ngettext("%(num)d answer added.", "%(num)d answers added.", added))
    return redirect(url_for("practice.progress.settings"), 303)


@blueprint.post("/practice/code")
def code() -> AnyResponse:
    """Make a short code for another browser."""
    session["move-code"] = practice().move_code(learner())
    return redirect(url_for("practice.progress.settings", _anchor="code"), 303)


@blueprint.post("/practice/redeem")
@limiter.limit("10 per minute")
@_told("code")
def redeem() -> AnyResponse:
    """Take over the progress behind a code."""
    become(practice().redeem(request.form.get("code", "")[:40], learner()))
    flash(_("Your progress is here now."))
    return redirect(url_for("practice.page"), 303)


@blueprint.post("/practice/delete")
@_told("delete")
def delete() -> AnyResponse:
    """Delete everything about the learner; ``sure`` must be ticked."""
    if "sure" not in request.form:
        raise InvalidInput(N_("Tick the box to confirm that everything shall be deleted."))
    me = learner()
    sounds = practice().own_sounds(me)
    practice().delete(me)
    voice().forget(sounds)
    forget()
    for name in set(session) - {current_app.config["WTF_CSRF_FIELD_NAME"]}:
        del session[name]  # best runs, the running session, a code
    flash(_("Everything about you is deleted."))
    return redirect(url_for("practice.page"), 303)
