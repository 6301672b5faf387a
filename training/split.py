"""Which part of our own corpus a pair belongs to: train, dev or test. Standard library only."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Literal

Part = Literal["train", "dev", "test"]

#: One line in so many goes to dev, and one in so many to test.
HELD_OUT_EVERY = 40

_NOT_WORD = re.compile(r"[^\w]+")


def split_key(english: str) -> str:
    """The English side as the split sees it.

    NFKC, case-folded, everything that is not a letter or a digit reduced to single spaces, so
    that a corrected comma or capital does not move a line from test to train. Apostrophes vanish
    (``don't`` and ``dont`` are one word).
    """
    text = unicodedata.normalize("NFKC", english).casefold()
    text = text.replace("'", "").replace("\u2019", "")
    return _NOT_WORD.sub(" ", text).strip()


def split_of(english: str) -> Part:
    """The part that the pair with this English side belongs to.

    A pure function of :func:`split_key`: neither the file, nor the order, nor the rest of the
    corpus matters, so a line keeps its part for ever, and lines that are added later fall into
    the same three parts at the same rates (38 : 1 : 1 in forty).
    """
    digest = hashlib.sha256(split_key(english).encode()).digest()
    bucket = int.from_bytes(digest[:8], "big") % HELD_OUT_EVERY
    if bucket == 0:
        return "dev"
    return "test" if bucket == 1 else "train"
