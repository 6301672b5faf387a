"""``serve``: the web app on this machine."""

from __future__ import annotations

import argparse
import logging
import socket
import sys
import threading
from typing import Any

from helper.captions import Draft
from helper.errors import N_, InvalidInput
from helper.services import Services


def add(verbs: Any) -> None:
    """Add the verb."""
    verb = verbs.add_parser("serve", help="serve the web app")
    verb.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    verb.add_argument("--port", type=int, default=5000, help="port to listen on (5000)")
    verb.add_argument("--threads", type=int, default=8, help="requests served at once (8)")
    verb.set_defaults(run=run)


def run(parts: Services, options: argparse.Namespace) -> int:
    """Serve until stopped: gunicorn with threads, waitress where there is no gunicorn."""
    if not 0 < options.port < 65536:
        raise InvalidInput(N_("The port must be from 1 to 65535, not %(port)d."), port=options.port)
    _check_free(options.host, options.port)
    print(
        f"RedNote Helper is at http://{options.host}:{options.port} (Ctrl+C stops it)", flush=True
    )
    if sys.platform == "win32":
        import waitress

        waitress.serve(_app(parts), host=options.host, port=options.port, threads=options.threads)
        return 0
    return _gunicorn(parts, options)


def _app(parts: Services) -> Any:
    """The app, its model loading in the background: the first visitor should not wait for it."""
    from helper import create_app

    app = create_app(parts.settings)
    threading.Thread(target=_warm, args=(app.extensions["helper"],), daemon=True).start()
    return app


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InvalidInput(
                N_("Cannot listen on %(host)s:%(port)d (%(reason)s); try another --port."),
                host=host,
                port=port,
                reason=error.strerror or "error",
            ) from error


def _warm(parts: Services) -> None:
    try:
        parts.index.search("hello")
        # both directions: the check of a caption translates it back
        parts.composer.compose(Draft("Hello there, friend of mine. I moved to Buffalo last week."))
    except Exception as error:
        logging.getLogger(__name__).warning("warming up failed: %s", type(error).__name__)


def _gunicorn(parts: Services, options: argparse.Namespace) -> int:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        """gunicorn in this process's place; one worker holds the model, threads share it."""

        def load_config(self) -> None:
            for name, value in {
                "bind": f"[{options.host}]:{options.port}"
                if ":" in options.host
                else f"{options.host}:{options.port}",
                "workers": 1,
                "worker_class": "gthread",
                "threads": options.threads,
                "timeout": 120,
                "graceful_timeout": 3,
                "loglevel": "error",
                "preload_app": False,
                "control_socket_disable": True,
            }.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            # in the worker, after the fork: the engine's threads do not survive one
            return _app(parts)

    Server().run()
    return 0
