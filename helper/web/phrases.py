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
    asked = request.args.get("open", "")
    return render_template(
        "situation.html", situation=found, phrases=phrases, practised=_practised(),
        opened=asked if any(p.id == asked for p in phrases) else "",
    )


def _practised() -> frozenset[str]:
    """Ids of what the learner practises; phrases are there also where that cannot be asked."""
    try:
        return practice().practised(known()) if known() else frozenset()
    except Unavailable:
        return frozenset()
