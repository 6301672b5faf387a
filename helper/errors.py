"""Mistakes that a user can make; each message is one sentence that says what to do.

The web shows them as a page or an RFC 9457 problem, the command line as one line on stderr.
Messages are marked for translation here and translated where they are shown: ``str(error)`` is
the English sentence, ``message`` and ``values`` are what a catalogue needs.
"""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark ``message`` for extraction into the catalogues, and return it as it is."""
    return message


class HelperError(Exception):
    """Base of all user errors.

    Attributes:
        message: the English sentence, with ``%(name)s`` placeholders.
        values: what fills the placeholders.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values = values


class InvalidInput(HelperError):
    """The request itself is wrong: empty text, unreadable characters, an unknown option."""


class TooLong(InvalidInput):
    """The text is longer than the limit."""


class UnknownLanguage(InvalidInput):
    """A language code that no translator serves."""


class NotFound(HelperError):
    """An id that names nothing."""


class PackageError(HelperError):
    """A translation package that cannot be read, fetched or installed."""


class Unavailable(HelperError):
    """Something that the app needs is missing or does not answer."""


class StoreUnavailable(Unavailable):
    """The database of the practice store cannot be used."""


class EngineUnavailable(Unavailable):
    """No working translation engine for the direction."""
