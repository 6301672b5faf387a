"""The index that pages keep: the glossary and the phrases as compact JSON, compressed once."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from helper import __version__
from helper.lookup.compact import compact
from helper.web import services
from helper.web.names import kind_names, place_names
from phrasebook.cache import signature

blueprint = Blueprint("page_index", __name__)

#: What each file holds. Two, so that the first stays small enough to be there at once.
_FILES = {"index": ("term", "slang", "hashtag", "howto"), "index-phrases": ("phrase",)}
_YEAR = 365 * 24 * 3600
_making = threading.Lock()


@dataclass(frozen=True)
class _File:
    """One index file, as sent with and without compression."""

    plain: bytes
    packed: bytes


def _version() -> str:
    """Changes whenever content or code of the index changes; asked for once by an app."""
    held = current_app.extensions.get("page-index-version")
    if held is None:
        text = f"{__version__} {signature()}"
        held = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
        current_app.extensions["page-index-version"] = held
    return str(held)


def _file(name: str) -> _File:
    """The file ``name``, made on first use and kept by the app."""
    files: dict[str, _File] = current_app.extensions.setdefault("page-index", {})
    with _making:  # two requests at once make it once
        if name not in files:
            parts = services()
            data = compact(
                (entry for entry in parts.index.entries if entry.kind in _FILES[name]),
                {screen.id: screen.order for screen in parts.book.screens},
            )
            plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
            files[name] = _File(plain, gzip.compress(plain, 9, mtime=0))
    return files[name]


@blueprint.get("/index.json", defaults={"name": "index"})
@blueprint.get("/index-phrases.json", defaults={"name": "index-phrases"})
def index(name: str) -> Response:
    """Terms, slang, hashtags and guides; or the phrases."""
    file = _file(name)
    packed = request.accept_encodings["gzip"] > 0
    response = Response(file.packed if packed else file.plain, mimetype="application/json")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    if request.args.get("v") == _version():
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


@blueprint.app_template_global("page_index_urls")
def urls() -> list[str]:
    """Addresses of the index files, each with its version."""
    return [url_for("page_index.index", name=name, v=_version()) for name in _FILES]


@blueprint.app_template_global("page_index_says")
def says() -> dict[str, object]:
    """What static/js/lookup.js prints, in the interface language.

    "2" in ``also2`` and ``count2`` stands for the number, "{query}" for what was typed, "ID" in
    ``entry`` for an entry's id.
    """
    return {
        "kinds": kind_names(),
        "places": place_names(),
        "entry": url_for("lookup.entry", id="ID"),
        "nearest": _("Nothing fits exactly. The nearest there is:"),
        "nothing": _(
            "Nothing found for “%(query)s”. Try one English word, the pinyin without tones, or "
            "paste the Chinese.", query="{query}",
        ),
        "also1": ngettext("also on %(num)d other screen", "also on %(num)d other screens", 1),
        "also2": ngettext("also on %(num)d other screen", "also on %(num)d other screens", 2),
        "count1": ngettext("%(num)d result", "%(num)d results", 1),
        "count2": ngettext("%(num)d result", "%(num)d results", 2),
    }
