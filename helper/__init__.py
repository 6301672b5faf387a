"""RedNote Helper: a pocket companion for English speakers on Xiaohongshu."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from helper.settings import Settings

__version__ = "0.1.0"
__all__ = ["__version__", "create_app"]

_HERE = Path(__file__).resolve().parent


def create_app(settings: Settings | None = None) -> Flask:
    """The web app for ``settings`` (from the environment if None)."""
    # imported here, so that the command line's other verbs load no web framework
    from flask import Flask
    from jinja2 import StrictUndefined
    from werkzeug.middleware.proxy_fix import ProxyFix

    from helper import web
    from helper.services import Services
    from helper.settings import from_environment

    settings = settings or from_environment()
    packed = _HERE / "templates"  # inside an installed wheel
    app = Flask(
        __name__,
        template_folder=str(packed if packed.is_dir() else _HERE.parent / "templates"),
        static_folder=str(_HERE / "static"),
    )
    app.jinja_env.undefined = StrictUndefined
    app.extensions["helper"] = Services(settings)
    web.configure(app, settings)
    web.register(app)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=n, x_proto=n, x_host=n, x_prefix=n
        )
    return app
