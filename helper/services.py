"""Everything the web and the command line call, built once from the settings.

Each part is built on first use, so that ``rednote-helper lookup`` loads no model and a page
that needs no translation waits for none.
"""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, TypeVar

from helper.settings import Settings
from phrasebook import Phrasebook
from phrasebook.cache import load_cached
from phrasebook.types import Shown

if TYPE_CHECKING:
    from helper.captions import Composer
    from helper.lookup import Index
    from helper.lookup.glosses import Glosser
    from helper.mandarin.words import Dictionary, Segmenter
    from helper.practice import PracticeService
    from helper.reading import Reader
    from helper.translation import Translator
    from helper.translation.packages import PackageStore


T = TypeVar("T")


class built_once(functools.cached_property[T]):
    """A cached property that threads wait for instead of building it twice.

    One lock for all parts of all instances: parts need each other, and a start is no time to race.
    """

    _lock = threading.RLock()

    def __get__(self, instance: object, owner: type | None = None) -> T:  # type: ignore[override]
        if instance is not None and self.attrname in instance.__dict__:
            return instance.__dict__[self.attrname]
        with self._lock:
            return super().__get__(instance, owner)


class Services:
    """The app's parts for one Settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._cache = settings.data_dir / "cache"

    @built_once
    def book(self) -> Phrasebook:
        """The content."""
        return load_cached(self._cache)

    @built_once
    def dictionary(self) -> Dictionary:
        """CC-CEDICT, compiled into the data directory on first use."""
        from helper.mandarin.words import Dictionary

        return Dictionary(self.settings.data_dir)

    @built_once
    def segmenter(self) -> Segmenter:
        """jieba with the content's own words."""
        from helper.mandarin.words import Segmenter

        entries: list[Shown] = [*self.book.terms, *self.book.slang, *self.book.hashtags]
        own = [entry.hanzi for entry in entries]
        return Segmenter(word for word in own if 1 < len(word) <= 8)

    @built_once
    def index(self) -> Index:
        """The search index over the content and the dictionary."""
        from helper.lookup import Index

        return Index(self.book, self.dictionary, self._cache)

    @built_once
    def packages(self) -> PackageStore:
        """Translation packages, bundled and installed."""
        from helper.translation.packages import PackageStore

        return PackageStore(self.settings.data_dir)

    @built_once
    def translator(self) -> Translator:
        """The translation pipeline over the installed packages."""
        from helper.translation import Translator
        from helper.translation.engine import ArgosEngine
        from helper.translation.rerank import RerankingEngine

        engine = RerankingEngine(ArgosEngine(self.packages, self.settings.threads))
        return Translator(self.book, engine, self.settings.max_chars)

    @built_once
    def glosser(self) -> Glosser:
        """Glosses words: slang, names, interface terms, dictionary."""
        from helper.lookup.glosses import Glosser

        return Glosser(self.book, self.segmenter, self.dictionary)

    @built_once
    def reader(self) -> Reader:
        """Explains Chinese text word by word."""
        from helper.reading import Reader

        return Reader(self.translator, self.glosser)

    @built_once
    def composer(self) -> Composer:
        """Composes posts: translation, back-translation, limits, tags and rule notes."""
        from helper.captions import Composer

        return Composer(self.book, self.translator, self.glosser)

    @built_once
    def practice(self) -> PracticeService:
        """The practice deck and its store."""
        from helper.practice import PracticeService

        url = self.settings.database_url
        if not url:
            url = f"sqlite:///{self.settings.ensure_data_dir() / 'practice.sqlite'}"
        return PracticeService(self.book, url)
