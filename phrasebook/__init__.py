"""The content of RedNote Helper: interface terms, phrases, slang, names and rules, as data."""

from phrasebook.loader import ContentError, Phrasebook, load, phrasebook

__all__ = ["ContentError", "Phrasebook", "load", "phrasebook"]
