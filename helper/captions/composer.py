"""Composes posts: the draft's translation with every word explained."""

from __future__ import annotations

from dataclasses import dataclass

from helper.lookup.glosses import Glosser, Word
from helper.translation import Sentence, Translation, Translator
from phrasebook import Phrasebook


@dataclass(frozen=True)
class ComposedSentence:
    """One sentence of the post, its Chinese words explained."""

    sentence: Sentence
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Composed:
    """A composed post."""

    translation: Translation
    sentences: tuple[ComposedSentence, ...]


class Composer:
    """Turns drafts into posts."""

    def __init__(self, book: Phrasebook, translator: Translator, glosser: Glosser) -> None:
        self._translator = translator
        self._glosser = glosser

    def compose(self, text: str) -> Composed:
        """The Chinese of ``text``; raises as Translator.translate does."""
        translation = self._translator.translate(text, target="zh")
        return Composed(translation, tuple(
            ComposedSentence(s, self._glosser.words(s.text)) for s in translation.sentences if s.text
        ))
