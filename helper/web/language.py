"""The interface language: the visible switch's cookie first, then the browser's wish."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect, request
from flask_babel import Babel, Domain, get_locale
from werkzeug.wrappers import Response

from helper.web.way_back import back

COOKIE = "language"
#: code → (name in its own language, BCP 47 tag for the page)
LANGUAGES = {"en": ("English", "en"), "zh_Hans": ("中文", "zh-Hans")}
_YEAR = 365 * 24 * 3600

blueprint = Blueprint("language", __name__)
_content = Domain(domain="content")


def choose() -> str:
    """The locale of this request."""
    kept = request.cookies.get(COOKIE, "")
    if kept in LANGUAGES:
        return kept
    best = request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans", "zh-TW", "zh-HK"])
    return "zh_Hans" if best and best.startswith("zh") else "en"


def told(explanation: str) -> str:
    """An explanation of the content in the interface language, as it stands where there is none."""
    return _content.gettext(explanation) if explanation else ""


@blueprint.post("/language")
def switch() -> Response:
    """Keep the chosen language in a cookie and go back to the page."""
    chosen = request.form.get("language", "")
    response = redirect(back(request.form.get("next", ""), "home.page"), 303)
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=_YEAR, samesite="Lax",
                            secure=request.is_secure, httponly=True)
    return response


def init_app(app: Flask) -> None:
    """Flask-Babel, the switch, and what templates need of it."""
    Babel(app, default_locale="en", default_translation_directories="translations",
          locale_selector=choose)
    app.register_blueprint(blueprint)
    app.add_template_filter(told)

    @app.context_processor
    def _languages() -> dict[str, object]:
        code = str(get_locale())
        return {
            "languages": LANGUAGES, "language": code, "html_lang": LANGUAGES[code][1],
            "zh": code == "zh_Hans",
        }

    @app.after_request
    def _vary(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.vary.update(["Cookie", "Accept-Language"])
        return response
