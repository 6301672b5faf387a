"""Who practises: a random id in a signed cookie of its own, good for two years."""

from __future__ import annotations

from flask import Flask, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from helper.practice import PracticeService
from helper.web import services

COOKIE = "learner"
_LIFE = 2 * 365 * 24 * 3600


def practice() -> PracticeService:
    """The practice service of this app."""
    return services().practice


def learner() -> str:
    """The id of whoever sends this request; a newcomer gets a new one.

    Only a request that stores something gives a newcomer the cookie: whoever looks at a page
    sees what a newcomer would, and stays unknown.
    """
    if "learner" not in g:
        kept = _kept()
        g.learner = kept or practice().new_learner()
        g.keep_learner = bool(kept) or request.method == "POST"
    return g.learner


def known() -> str:
    """The id of whoever sends this request; "" for a newcomer."""
    return g.learner if g.get("keep_learner") else _kept()


def become(ident: str) -> None:
    """From now on this browser is that learner."""
    g.learner, g.keep_learner = ident, True


def forget() -> None:
    """From now on this browser is a newcomer's."""
    g.keep_learner, g.forget_learner = False, True


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="learner")


def _kept() -> str:
    try:
        value = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return ""
    return value if isinstance(value, str) and 0 < len(value) <= 64 else ""


def init_app(app: Flask) -> None:
    """Send the cookie, for two more years, with every answer to a learner who is known."""

    @app.after_request
    def _keep(response: Response) -> Response:
        if g.get("keep_learner"):
            response.set_cookie(
                COOKIE, _signer().dumps(g.learner), max_age=_LIFE, samesite="Lax",
                httponly=True, secure=request.is_secure,
            )
        elif g.get("forget_learner"):
            response.delete_cookie(
                COOKIE, samesite="Lax", httponly=True, secure=request.is_secure
            )
        return response
