"""The web: one module per page, the JSON API beside them. Parse, call one floor down, render."""

from __future__ import annotations

import secrets
from importlib import import_module

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect

from helper.services import Services
from helper.settings import Settings

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, headers_enabled=True)
talisman = Talisman()

_CSP = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_PERMISSIONS = {
    "microphone": "(self)",
    "geolocation": "()",
    "camera": "()",
    "browsing-topics": "()",
}

#: Modules that each hold a ``blueprint``.
PAGES = (
    "home",
    "lookup",
    "compose",
    "read",
    "phrases",
    "practice",
    "about",
    "api",
    "libretranslate",
    "offline",
    "screens",
    "page_index",
)


def services() -> Services:
    """The parts of the app that is serving this request."""
    return current_app.extensions["helper"]


def costly() -> str:
    """The rate limit of routes that translate or search at length."""
    return services().settings.rate_limit


def configure(app: Flask, settings: Settings) -> None:
    """Security, limits and languages."""
    from helper.web import language

    app.config.update(
        SECRET_KEY=settings.secret_key or kept_secret(settings),
        MAX_CONTENT_LENGTH=settings.max_body,
        MAX_FORM_MEMORY_SIZE=settings.max_body,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.rate_storage,
        RATELIMIT_ENABLED=bool(settings.rate_limit),
        RATELIMIT_STRATEGY="moving-window",
    )
    csrf.init_app(app)
    limiter.init_app(app)
    talisman.init_app(
        app,
        force_https=settings.https,
        strict_transport_security=settings.https,
        session_cookie_secure=settings.https,
        content_security_policy=_CSP,
        permissions_policy=_PERMISSIONS,
        referrer_policy="same-origin",
    )
    language.init_app(app)


def register(app: Flask) -> None:
    """Blueprints and error pages."""
    from helper.web import errors, names, rendering

    for name in PAGES:
        app.register_blueprint(import_module(f"helper.web.{name}").blueprint)
    errors.init_app(app)
    rendering.init_app(app)
    names.init_app(app)


def kept_secret(settings: Settings) -> str:
    """The cookie key of this data directory, made on first use and readable by its owner only."""
    path = settings.ensure_data_dir() / "secret-key"
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
