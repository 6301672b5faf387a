"""Long drafts sentence by sentence: server-sent events that stop when the reader goes away."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from flask import Blueprint, Response, render_template, request, stream_with_context

from helper.captions import ComposedSentence, Draft, Post, Step
from helper.errors import HelperError
from helper.web import costly, csrf, limiter, services
from helper.web.compose_form import draft_of
from helper.web.errors import sentence

blueprint = Blueprint("stream", __name__)


def event(name: str, data: object) -> str:
    """One server-sent event (WHATWG HTML, section 9.2) with JSON data on one line."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@blueprint.post("/compose/stream")
@csrf.exempt
@limiter.limit(costly)
def stream() -> Response:
    """Events: ``sentence`` {number, total, html}, then ``post`` {html}; or ``problem`` {detail}.

    A draft that cannot be translated is an ordinary error answer. When the reader closes the
    connection the server closes the generator, and with it the translation.
    """
    draft = draft_of(request.form, request.form.getlist("tag"))
    steps = services().composer.stream(draft)
    first = next(steps, None)  # raises what is wrong with the draft before the answer begins
    answer = Response(stream_with_context(_events(draft, first, steps)),
                      mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"  # nginx would hold events back
    return answer


def _events(draft: Draft, first: Step | None, steps: Iterator[Step]) -> Iterator[str]:
    found: list[ComposedSentence] = []
    try:
        step = first
        while step is not None:
            found.append(step.sentence)
            yield event("sentence", {
                "number": step.number, "total": step.total,
                "html": render_template("compose_card.html", at=len(found) - 1,
                                        part=step.sentence, alone=True),
            })
            step = next(steps, None)
        post = services().composer.finish(draft, found)
        yield event("post", {"html": _panel(draft, post)})
    except HelperError as error:
        yield event("problem", {"detail": sentence(error)})
    finally:
        close: Callable[[], None] | None = getattr(steps, "close", None)
        if close is not None:
            close()


def _panel(draft: Draft, post: Post) -> str:
    return render_template("compose_post.html", draft=draft, post=post, offered=[])
