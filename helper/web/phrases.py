"""The phrasebook: situations and their phrases."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template, request

from helper.errors import N_, NotFound, Unavailable
from helper.mandarin import script
from helper.web import services
from helper.web.learner import known, practice

blueprint = Blueprint("phrases", __name__)


@blueprint.get("/phrases")
def page() -> str:
    """All situations, and the phrases that fit a query."""
    query = script.clean(request.args.get("q", "")).strip()[:200]
    book = services().book
    counts = Counter(phrase.situation for phrase in book.phrases)
    return render_template(
        "phrases.html", query=query, found=services().index.phrases(query, 12) if query else (),
        situations=[(s, counts[s.id]) for s in book.situations],
    )


@blueprint.get("/phrases/<id>")
def situation(id: str) -> str:
    """One situation: its conversation, then its phrases, that with the id ``open`` unfolded."""
    book = services().book
    found = next((s for s in book.situations if s.id == id), None)
    if found is None:
        raise NotFound(N_("There is no situation “%(id)s”; see the list of situations."),
                       id=id[:80])
    phrases = [p for p in book.phrases if p.situation == id]
    opened = next((p.id for p in phrases if p.id == request.args.get("open")), "")
    return render_template(
        "situation.html", situation=found, phrases=phrases, opened=opened,
        practised=_practised(opened) if opened else False,
    )


def _practised(phrase: str) -> bool:
    """Whether the learner practises it; the page is there also where that cannot be asked."""
    try:
        return bool(known()) and phrase in practice().practised(known())
    except Unavailable:
        return False
