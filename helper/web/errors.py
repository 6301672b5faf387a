"""Errors as a page or, for the API, as an RFC 9457 problem. Faults are logged without text."""

from __future__ import annotations

import logging

from flask import Flask, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from helper import errors

log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[errors.HelperError], int], ...] = (
    (errors.TooLong, 413),
    (errors.InvalidInput, 400),
    (errors.NotFound, 404),
    (errors.Unavailable, 503),
    (errors.PackageError, 500),
)


def status_of(error: errors.HelperError) -> int:
    """The HTTP status of a user error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def sentence(error: errors.HelperError) -> str:
    """The error's sentence in the interface language."""
    return _(error.message, **error.values) if error.values else _(error.message)


def wants_json() -> bool:
    """Whether the client of this request is a program."""
    from helper.web.libretranslate import PATHS

    return request.path.startswith("/api/") or request.path in PATHS or (
        request.accept_mimetypes.best_match(["text/html", "application/json"])
        == "application/json"
    )


def _answer(status: int, title: str, detail: str) -> tuple[Response | str, int]:
    if wants_json():
        response = jsonify(
            {"type": "about:blank", "title": title, "status": status, "detail": detail,
             "error": detail}
        )
        response.mimetype = "application/problem+json"
        return response, status
    return render_template("error.html", status=status, title=title, detail=detail), status


def _titles() -> dict[int, tuple[str, str]]:
    return {
        400: (_("That did not work"), _("Check what you entered and try again.")),
        404: (_("Nothing here"), _("This page does not exist; search for what you need instead.")),
        405: (_("That did not work"), _("This address does not take that kind of request.")),
        413: (_("Too much at once"), _("This is too large; send less at once.")),
        415: (_("That did not work"), _("Send JSON or a form.")),
        429: (_("A moment, please"), _("Too many requests; wait a minute and try again.")),
        500: (_("Our mistake"), _("Something broke on our side; please try again.")),
    }


def init_app(app: Flask) -> None:
    """Register the handlers."""

    @app.errorhandler(errors.HelperError)
    def _user_error(error: errors.HelperError) -> tuple[Response | str, int]:
        status = status_of(error)
        title = _titles().get(status, _titles()[400])[0]
        return _answer(status, title, sentence(error))

    @app.errorhandler(CSRFError)
    def _csrf(error: CSRFError) -> tuple[Response | str, int]:
        return _answer(400, _("That did not work"),
                       _("This page was open for too long; go back, reload it and send again."))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[Response | str, int]:
        status = error.code or 500
        title, detail = _titles().get(status, (error.name, error.description or ""))
        return _answer(status, title, detail)

    @app.errorhandler(Exception)
    def _fault(error: Exception) -> tuple[Response | str, int]:
        # the traceback's place, not its values: a user's text may stand in them
        trace = error.__traceback__
        place = "?"
        while trace is not None:
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
            trace = trace.tb_next
        log.error("%s at %s on %s %s", type(error).__name__, place, request.method,
                  request.endpoint)
        title, detail = _titles()[500]
        return _answer(500, title, detail)
