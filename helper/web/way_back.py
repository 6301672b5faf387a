"""The way back from a form: to the page that it stood on, and never out of this app."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import current_app, request, url_for

# browsers drop control characters and read "\" as "/": either would make another address of it
_DECEIVING = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")


def here() -> str:
    """Where this page can be got again: its own address, or the page of the form that was posted.

    What answers a POST may have an address that cannot be got, or that is a file to GET.
    """
    if request.method == "GET":
        return request.full_path.rstrip("?")
    page = f"{(request.blueprint or '').split('.')[0]}.page"
    return url_for(page if page in current_app.view_functions else "home.page")


def back(target: str, otherwise: str) -> str:
    """``target`` if it is the path of a page of this app, else the page of ``otherwise``."""
    return target if _is_page(target) else url_for(otherwise)


def _is_page(target: str) -> bool:
    if not target.startswith("/") or target.startswith("//") or _DECEIVING.search(target):
        return False
    return current_app.url_map.bind("").test(urlsplit(target).path, method="GET")
