"""What people wrote for the app itself, as parallel text: curated translations, phrases with their
answers, conversations, slang examples, labels, names, and the explanations of entries, which the
interface shows in both languages."""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from phrasebook.explanations import explanations
from phrasebook.loader import Phrasebook, load
from training.readers import Line

SOURCE = "app"
CATALOGUE = (
    Path(__file__).resolve().parent.parent
    / "helper" / "translations" / "zh_Hans" / "LC_MESSAGES" / "content.mo"
)  # fmt: skip


def read_app(book: Phrasebook | None = None, catalogue: Path = CATALOGUE) -> Iterator[Line]:
    """All of it, in file order; what has slots to fill is left out.

    Args:
        book: The content; the bundled one if None.
        catalogue: Compiled translations of its explanations.
    """
    book = book or load()
    for english, chinese in _spoken(book):
        if _emoji(english) != _emoji(chinese):
            continue
        # The corpus answers a line without a final mark with one that has none.
        bare = english[-1].isalnum()
        yield Line(SOURCE, english, chinese.rstrip("。！") if bare else chinese)
    with catalogue.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    told = dict.fromkeys(text for _, text in explanations(book))
    for text in told:
        if (chinese := translations.gettext(text)) != text:
            yield Line(SOURCE, text, chinese)


def _emoji(text: str) -> list[str]:
    return [c for c in text if c > "\uffff" or unicodedata.category(c) == "So"]


def _spoken(book: Phrasebook) -> Iterator[tuple[str, str]]:
    for pair in book.pairs:
        yield from ((english, pair.zh) for english in pair.en if pair.back)
        yield from ((pair.en[0], chinese) for chinese in pair.alt if pair.back)
    for phrase in book.phrases:
        yield phrase.english, phrase.hanzi
        yield phrase.answer_english, phrase.answer
    for situation in book.situations:
        yield from ((turn.english, turn.hanzi) for turn in situation.turns)
    for slang in book.slang:
        yield slang.example_english, slang.example
    for label in (*book.terms, *book.hashtags):
        yield label.english, label.hanzi
    for name in book.names:
        yield name.en, name.zh
