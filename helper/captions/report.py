"""What the command line and the API say about a draft or a finished text, as JSON-ready dicts."""

from __future__ import annotations

from helper.captions import limits, tags
from helper.captions.composer import Composer
from helper.captions.layouts import Layout
from helper.captions.post import Draft
from helper.errors import N_, InvalidInput
from helper.mandarin import script


def layout_of(name: str) -> Layout:
    """The layout called ``name`` ("" is Chinese only); InvalidInput names the choices."""
    try:
        return Layout(name or Layout.CHINESE)
    except ValueError as error:
        raise InvalidInput(
            N_("There is no layout “%(name)s”; use one of: %(choices)s."),
            name=name, choices=", ".join(Layout),
        ) from error


def compose_report(
    composer: Composer, text: str, title: str = "", layout: str = "", tag_names: str = ""
) -> dict:
    """``rednote-helper compose``: the whole post with every sentence explained and checked.

    Args:
        layout: "chinese", "chinese-english" or "lines"; "" is the first.
        tag_names: further tags, separated by spaces, with or without "#".

    Raises:
        InvalidInput, TooLong, EngineUnavailable: as Composer.compose.
    """
    chosen = tuple(composer.tags.own(name).text for name in tag_names.split() if name.strip("#"))
    return composer.compose(Draft(text, title, layout_of(layout), chosen)).to_dict()


def check_report(composer: Composer, text: str, title: str = "") -> dict:
    """``rednote-helper check``: the limits and the rule notes of a text in either language.

    Nothing is translated. ``ok`` is False only when a limit is broken: notes never block.

    Raises:
        InvalidInput: there is neither a title nor a text.
    """
    text, title = script.clean(text).strip(), " ".join(script.clean(title).split())
    if not text and not title:
        raise InvalidInput(N_("There is no text to check; write or paste some first."))
    found = (limits.title(title), limits.body(text))
    notes = composer.rules.check({"title": title, "body": text})
    return {
        "ok": not any(limit.over for limit in found),
        "limits": [limit.to_dict() for limit in found],
        "rules": [note.to_dict() for note in notes],
        "tags": [composer.tags.own(tag).to_dict() for tag in tags.taken_off(text)[1]],
    }
