"""The installed web app: manifest and service worker."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, render_template, url_for
from flask_babel import gettext as _

from helper.web.rendering import asset

blueprint = Blueprint("offline", __name__)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The web app manifest, in the interface language."""
    response = jsonify(
        {
            "name": _("RedNote Helper"),
            "short_name": _("RedNote Helper"),
            "start_url": url_for("home.page"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf7f0",
            "theme_color": "#faf7f0",
            "icons": [
                {"src": asset("icons/seal.svg"), "sizes": "any", "type": "image/svg+xml"},
                {"src": asset("icons/seal-192.png"), "sizes": "192x192", "type": "image/png"},
                {
                    "src": asset("icons/seal-512.png"),
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "any maskable",
                },
            ],
        }
    )
    response.mimetype = "application/manifest+json"
    return response


@functools.cache
def _worker_source(folder: str) -> str:
    """The service worker with the list of assets and a digest of them filled in."""
    root = Path(folder)
    files = sorted(
        file
        for part in ("css", "js", "icons")
        for file in (root / part).iterdir()
        if file.is_file()
    )
    digest = hashlib.blake2b(digest_size=8)
    for file in [*files, root / "sw.js"]:
        digest.update(file.read_bytes())
    assets = [f"/static/{file.relative_to(root).as_posix()}" for file in files]
    return (
        (root / "sw.js")
        .read_text(encoding="utf-8")
        .replace('"rednote-helper-dev"', json.dumps(f"rednote-helper-{digest.hexdigest()}"))
        .replace("const ASSETS = [];", f"const ASSETS = {json.dumps(assets)};")
    )


@blueprint.get("/offline")
def page() -> str:
    """What the service worker shows where there is neither a network nor a kept copy."""
    return render_template("offline.html")


@blueprint.get("/sw.js")
def worker() -> Response:
    """The service worker, served from the root so that it may serve every page."""
    response = Response(_worker_source(str(current_app.static_folder)), mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response
