"""Routes with LibreTranslate's names and shapes, so that its clients work unchanged.

See the public API of LibreTranslate: /translate, /detect, /languages.
"""

from __future__ import annotations

import html
from typing import Any

import regex
from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from helper.errors import N_, HelperError, InvalidInput
from helper.mandarin import script
from helper.translation import Translation
from helper.web import costly, csrf, limiter, services
from helper.web.api import body, number_of, text_of

blueprint = Blueprint("libretranslate", __name__)
csrf.exempt(blueprint)
PATHS = frozenset({"/translate", "/detect", "/languages"})
#: LibreTranslate's codes for ours; newer clients say "zh-Hans".
_CODES = {"zh-Hans": "zh", "zh-CN": "zh", "zh_CN": "zh"}
_BATCH = 64


@blueprint.get("/languages")
def languages() -> Response:
    """The languages and what each can be translated to."""
    return jsonify([
        {"code": "en", "name": "English", "targets": ["en", "zh"]},
        {"code": "zh", "name": "Chinese", "targets": ["en", "zh"]},
    ])


@blueprint.post("/detect")
def detect() -> Response:
    """The language of ``q``."""
    text = text_of(body(), "q")
    if not text.strip():
        raise InvalidInput(N_("Say what to detect: add “q”."))
    return jsonify([{"confidence": 100.0, "language": script.detect(text)}])


@blueprint.post("/translate")
@limiter.limit(costly)
def translate() -> Response:
    """``q`` (a text or a list), ``source``, ``target``, ``format``, ``alternatives``.

    All texts together may be as long as one.
    """
    data = body()
    texts = data.get("q")
    many = isinstance(texts, list)
    given: list[Any] = texts if isinstance(texts, list) else [texts]
    if not given or len(given) > _BATCH or not all(isinstance(text, str) for text in given):
        raise InvalidInput(N_("“q” must be text or a list of at most %(most)d texts."), most=_BATCH)
    source, target = (_code(text_of(data, name)) for name in ("source", "target"))
    wanted = number_of(data, "alternatives", 0, 3)
    markup = text_of(data, "format") == "html"
    found = _translated(
        [_bare(text) if markup else text for text in given], source or "auto", target or "auto",
        wanted,
    )
    result: dict[str, Any] = {
        "translatedText": [_shown(t, markup) for t in found] if many else _shown(found[0], markup)
    }
    if wanted:
        alternatives = [list(t.alternatives[:wanted]) for t in found]
        result["alternatives"] = alternatives if many else alternatives[0]
    if source == "auto":
        detected = [{"confidence": 100, "language": t.source} for t in found]
        result["detectedLanguage"] = detected if many else detected[0]
    return jsonify(result)


def _code(code: str) -> str:
    return _CODES.get(code, code)


def _bare(markup: str) -> str:
    return html.unescape(regex.sub(r"<[^>]*>", "", markup))


def _translated(texts: list[str], source: str, target: str, wanted: int) -> list[Translation]:
    """All texts in one batch; the limit is on all of them together."""
    translator = services().translator
    translator.check("".join(texts), target, source)
    results = []
    for found in translator.translate_many(texts, target, source, wanted):
        if isinstance(found, HelperError):
            raise found
        results.append(found)
    return results


def _shown(translation: Translation, markup: bool) -> str:
    return html.escape(translation.text, quote=False) if markup else translation.text
