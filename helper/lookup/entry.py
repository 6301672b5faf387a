"""What the index holds: every kind of content flattened to one searchable shape."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from helper.mandarin.pinyin import pinyin
from helper.mandarin.script import has_hanzi
from phrasebook import Phrasebook

#: Order of kinds when everything else is equal: what is on the screen comes first.
KINDS = ("term", "slang", "hashtag", "phrase", "howto", "word")


class Entry(msgspec.Struct, frozen=True):
    """One thing that can be found.

    Attributes:
        id: the content's id; "word.<hanzi>" for dictionary words.
        kind: one of KINDS.
        hanzi, pinyin, english: as shown.
        names: English wordings that name it, the label first.
        text: the rest that may be searched, of less weight.
        screen: id of the screen or situation it belongs to; "" for none.
        place: English name of the screen or situation.
        spoken: what the pinyin reads where the entry itself is not hanzi ("永远的神").
    """

    id: str
    kind: str
    hanzi: str
    pinyin: str
    english: str
    names: tuple[str, ...]
    text: str
    screen: str = ""
    place: str = ""
    spoken: str = ""


def entries(book: Phrasebook) -> Iterator[Entry]:
    """Every entry of the content in search order of kinds."""
    screens = {screen.id: screen for screen in book.screens}
    situations = {situation.id: situation for situation in book.situations}
    for term in book.terms:
        screen = screens[term.screen]
        yield Entry(
            term.id, "term", term.hanzi, pinyin(term.hanzi, term.pinyin), term.english,
            (term.english, *term.also), f"{term.literal}. {term.explain} {screen.title}",
            term.screen, screen.title,
        )
    for slang in book.slang:
        read = slang.stands_for or slang.hanzi
        yield Entry(
            slang.id, "slang", slang.hanzi,
            pinyin(read, slang.pinyin) if has_hanzi(read) else "", slang.english,
            (slang.english, *slang.also), f"{slang.literal}. {slang.meaning}", spoken=read,
            place="What people write",
        )
    for tag in book.hashtags:
        yield Entry(
            tag.id, "hashtag", tag.hanzi, pinyin(tag.hanzi, tag.pinyin), tag.english,
            (tag.english, *tag.also), f"{tag.literal}. {tag.posts}", place="Hashtags",
        )
    for phrase in book.phrases:
        situation = situations[phrase.situation]
        yield Entry(
            phrase.id, "phrase", phrase.hanzi, pinyin(phrase.hanzi, phrase.pinyin),
            phrase.english, (phrase.english, *phrase.also), phrase.when, phrase.situation,
            situation.title,
        )
    for howto in book.howtos:
        yield Entry(
            howto.id, "howto", howto.title_zh, pinyin(howto.title_zh), howto.title,
            (howto.title, *howto.also), "", place="How to",
        )
