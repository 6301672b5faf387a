"""Practice pages. (Owned by the practice part; endpoints used elsewhere: page, add.)

``add`` takes a form with ``phrase`` (a phrase id) or ``hanzi``, ``pinyin``, ``english``, and
``next`` (a local path to go back to).
"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("practice", __name__)
