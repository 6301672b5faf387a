"""Finding entries: one index over terms, slang, hashtags, phrases, how-tos and dictionary words."""

from helper.lookup.index import Entry, Hit, Index, Results, entries

__all__ = ["Entry", "Hit", "Index", "Results", "entries"]
