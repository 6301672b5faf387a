"""Composing a post: the draft, the post under it, changes to it, ready-made posts.

The forms carry no token, like the API: nothing is stored, so a foreign page gains nothing by
sending one, and a tab that outlived its session cookie does not lose the draft to an error.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from helper.captions import REASONS, ComposedSentence, Draft, Layout, Post
from helper.captions.layouts import Line
from helper.captions.limits import BODY, TITLE
from helper.captions.starters import FilledStarter
from helper.captions.tags import taken_off
from helper.errors import N_, InvalidInput
from helper.mandarin import script
from helper.web import compose_api, compose_stream, costly, csrf, limiter, services
from helper.web.compose_form import draft_of, revise, rows
from helper.web.errors import sentence, status_of, wants_json

blueprint = Blueprint("compose", __name__)
blueprint.register_blueprint(compose_stream.blueprint)
blueprint.register_blueprint(compose_api.blueprint)

#: Names of the layouts, for the interface.
LAYOUTS = {
    Layout.CHINESE: N_("Chinese only"), Layout.BOTH: N_("Chinese, then English"),
    Layout.LINES: N_("Line by line"),
}


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {
        "layouts": LAYOUTS, "reason_text": lambda reason: REASONS[reason],
        "title_limit": TITLE, "body_limit": BODY,
    }


@blueprint.get("/compose")
def page() -> str:
    """The form, with ``title`` and ``text`` filled in if given."""
    draft = Draft(
        script.clean(request.args.get("text", ""))[: services().settings.max_chars],
        script.clean(request.args.get("title", ""))[:200],
    )
    return _page(draft)


@blueprint.post("/compose")
@csrf.exempt
@limiter.limit(costly)
def compose() -> tuple[str, int]:
    """The post beside the form; a mistake is named there and the draft stays."""
    draft = draft_of(request.form, request.form.getlist("tag"))
    try:
        post = services().composer.compose(draft)
    except InvalidInput as error:
        return _page(draft, problem=sentence(error)), status_of(error)
    return _page(draft, post), 200


@blueprint.post("/compose/revise")
@csrf.exempt
@limiter.limit(costly)
def change() -> tuple[Response | str, int]:
    """The post after a change of its fields: JSON with the changed parts, or the whole page."""
    partly = wants_json()
    draft = draft_of(request.form, request.form.getlist("tag"))
    # the tags at the draft's end are among the fields now, ticked or not
    bare = replace(draft, text=taken_off(script.clean(draft.text))[0])
    try:
        found, changed = revise(
            services().composer, rows(request.form), request.form.get("do", ""), not partly
        )
    except InvalidInput as error:
        if partly:
            raise
        return _page(draft, problem=sentence(error)), status_of(error)
    bare = replace(bare, title=_english(found, "title") or bare.title,
                   text=_english(found, "body") or bare.text)
    post = services().composer.finish(bare, found)
    if not partly:
        return _page(draft, post), 200
    return jsonify({
        "cards": {str(at): card(at, found[at]) for at in changed},
        "post": panel(draft, post),
    }), 200


@blueprint.get("/compose/starters")
def starters() -> str:
    """All ready-made posts."""
    return render_template("compose_starters.html", starters=services().composer.starters.all)


@blueprint.get("/compose/starters/<id>")
@limiter.limit(costly)
def starter(id: str) -> str:
    """One ready-made post with its blanks filled from the query; ``part=result`` the post alone."""
    filled = services().composer.starters.fill(id, request.args)
    template = "compose_filled.html" if request.args.get("part") == "result" \
        else "compose_starter.html"
    return render_template(template, filled=filled, lines=starter_lines(filled))


def starter_lines(filled: FilledStarter) -> list[Line]:
    """A filled starter line by line, for opening it in the composer; [] if the lines differ."""
    chinese, english = filled.text.split("\n"), filled.english.split("\n")
    if len(chinese) != len(english):
        return []
    title = [Line("title", filled.title_english, filled.title)] if filled.title else []
    return title + [
        Line("body", en.strip(), zh.strip(), "" if at == 0 else "\n")
        for at, (en, zh) in enumerate(zip(english, chinese, strict=True))
    ]


def _english(found: list[ComposedSentence], part: str) -> str:
    return "".join(
        s.sentence.before + s.sentence.source + s.sentence.after for s in found if s.part == part
    ).strip()


def _page(draft: Draft, post: Post | None = None, problem: str = "") -> str:
    shown = services().composer.starters.all[:6] if post is None else ()
    return render_template("compose.html", draft=draft, post=post, problem=problem, shown=shown,
                           offered=request.form.getlist("offered"))


def card(at: int, found: ComposedSentence) -> str:
    """The HTML of one sentence's card."""
    return render_template("compose_card.html", at=at, part=found, alone=True)


def panel(draft: Draft, post: Post) -> str:
    """The HTML of the post itself: preview, counts, layout, tags, notes."""
    return render_template("compose_post.html", draft=draft, post=post,
                           offered=request.form.getlist("offered"))


