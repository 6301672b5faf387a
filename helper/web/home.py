"""The start page."""

from __future__ import annotations

import datetime

from flask import Blueprint, render_template

from helper.mandarin import pinyin
from helper.web import services

blueprint = Blueprint("home", __name__)

#: Labels that newcomers look up first, in this order, as far as the content has them.
_OFTEN = ("note.save", "note.like", "note.follow", "bottom-bar.me", "login.get-code",
          "settings.log-out", "dialogs.confirm", "dialogs.cancel", "comments.reply")
#: The guides that newcomers want first, as far as the content has them.
_GUIDES = (
    "howto.english", "howto.translate-comment", "howto.make-private", "howto.delete-post",
    "howto.delete-comment", "howto.block", "howto.strangers-off", "howto.save-draft",
    "howto.appeal", "howto.notifications-off", "howto.find-red-id", "howto.delete-account",
)


@blueprint.get("/")
def page() -> str:
    """Search box, doors to the parts, a phrase for today, guides."""
    book = services().book
    phrases = [p for p in book.phrases if p.speaker == "you" and len(p.hanzi) <= 12]
    phrase = phrases[datetime.date.today().toordinal() % len(phrases)] if phrases else None
    return render_template(
        "home.html",
        often=[book.by_id[id_] for id_ in _OFTEN if id_ in book.by_id],
        phrase=phrase,
        readings=pinyin.readings(phrase.hanzi, phrase.pinyin) if phrase else (),
        howtos=[book.by_id[id_] for id_ in _GUIDES if id_ in book.by_id],
    )


@blueprint.get("/healthz")
def health() -> dict[str, str]:
    """For a process supervisor: the app answers."""
    return {"status": "ok"}
