"""The server's own voice: ``/audio/<name>.wav`` for browsers without a Chinese one."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, request, send_file, url_for
from werkzeug.wrappers import Response

from helper.errors import N_, NotFound
from helper.practice.audio import Voice, audio_name
from helper.web.learner import learner, practice

blueprint = Blueprint("audio", __name__)
_KEY = "practice-voice"


def voice() -> Voice:
    """espeak-ng as found when the app started."""
    return current_app.extensions[_KEY]


def audio_url(hanzi: str) -> str:
    """Where the sound of ``hanzi`` is; "" where this server has no voice."""
    if not voice().available:
        return ""
    return url_for("practice.audio.wav", name=audio_name(hanzi))


def init_app(app: Flask) -> None:
    """Look for the voice and tell the templates."""
    app.extensions[_KEY] = Voice(app.extensions["helper"].settings.data_dir / "audio")
    app.jinja_env.globals.update(audio_url=audio_url)


@blueprint.get("/audio/<name>.wav")
def wav(name: str) -> Response:
    """The sound of a text of the content or of the learner's words; ``slow=1`` for slow."""
    found = voice().speak(
        practice().sound(learner(), name), slow=request.args.get("slow") == "1"
    )
    if found is None:
        raise NotFound(N_("There is no such sound."))
    response = send_file(found, mimetype="audio/wav", conditional=True, max_age=86400)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


