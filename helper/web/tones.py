"""The tone trainer: twenty graded drills, each round one sound to tell from others."""

from __future__ import annotations

import secrets

from flask import Blueprint, render_template, request, session

from helper.errors import N_, InvalidInput
from helper.practice import tones

blueprint = Blueprint("tones", __name__)
_SEEDS = 1_000_000


def _whole(name: str, default: int) -> int:
    raw = request.args.get(name, "")
    if not raw:
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) < 8):
        raise InvalidInput(N_("“%(name)s” must be a whole number."), name=name)
    return int(raw)


@blueprint.get("/practice/tones")
def page() -> str:
    """All drills, with the best run in this browser."""
    return render_template("tones.html", drills=tones.drills(), best=session.get("tones", {}))


@blueprint.get("/practice/tones/<id>")
def drill(id: str) -> str:
    """One round. ``choice`` answers round ``n`` of the run ``seed``; ``right`` counts so far."""
    found = tones.drill(id)
    seed = _whole("seed", secrets.randbelow(_SEEDS))
    number, right = _whole("n", 0), _whole("right", 0)
    heard = tones.ask(id, seed, number)
    verdict = None
    if request.args.get("choice"):
        verdict = tones.grade(heard, _whole("choice", 0))
        right += verdict.right
        if number + 1 == len(found.rounds):
            best = dict(session.get("tones", {}))
            best[id] = max(int(best.get(id, 0)), min(right, number + 1))
            session["tones"] = best
    return render_template(
        "tones_drill.html", drill=found, heard=heard, seed=seed, n=number, right=right,
        verdict=verdict, last=number + 1 >= len(found.rounds),
        following=next((d for d in tones.drills() if d.level == found.level + 1), None),
    )
