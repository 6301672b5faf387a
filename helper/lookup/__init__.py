"""Finding entries: one index over terms, slang, hashtags, phrases, how-tos and dictionary words."""

from helper.lookup.entry import Entry
from helper.lookup.hits import Hit, Results
from helper.lookup.index import Index

__all__ = ["Entry", "Hit", "Index", "Results"]
