"""The installed web app: manifest and service worker."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, url_for
from flask_babel import gettext as _

from helper import __version__
from helper.web.rendering import asset

blueprint = Blueprint("offline", __name__)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The web app manifest, in the interface language."""
    response = jsonify({
        "name": _("RedNote Helper"), "short_name": _("RedNote Helper"),
        "start_url": url_for("home.page"), "scope": "/", "display": "standalone",
        "background_color": "#faf7f0", "theme_color": "#faf7f0",
        "icons": [
            {"src": asset("icons/seal.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": asset("icons/seal-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": asset("icons/seal-512.png"), "sizes": "512x512", "type": "image/png",
             "purpose": "any maskable"},
        ],
    })
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/sw.js")
def worker() -> Response:
    """The service worker, served from the root so that it may serve every page."""
    response = current_app.send_static_file("sw.js")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Version"] = __version__
    return response
