"""Finding entries: one index over terms, slang, hashtags, phrases, how-tos and dictionary words."""

from helper.lookup.entry import Entry
from helper.lookup.index import Hit, Index, Results

__all__ = ["Entry", "Hit", "Index", "Results"]
