"""English words that the translator has certainly seen, to tell which ones it guesses.

``known-words.txt`` holds every lower-case word of four letters or more in the train part of our
corpus, one a line; ``python -m helper.captions.vocabulary TRAIN.tsv …`` writes it. The content's
own words (net English, names, phrases, curated sentences) are added when it is read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from phrasebook import Phrasebook

PATH = Path(__file__).with_name("known-words.txt")
_WORD = re.compile(r"[a-z]{4,}")


def known_words(book: Phrasebook) -> frozenset[str]:
    """The training corpus's words and those of ``book``, case-folded."""
    found = set(PATH.read_text(encoding="ascii").split())
    for texts in (
        *([item.form, *item.also, item.plain] for item in book.netspeak),
        *([name.en, *name.also] for name in book.names),
        *([phrase.english, *phrase.also] for phrase in book.phrases),
        *(pair.en for pair in book.pairs),
        *(template.en for template in book.templates),
        *([tag.english, *tag.also] for tag in book.hashtags),
    ):
        for text in texts:
            found.update(_WORD.findall(text.casefold()))
    return frozenset(found)


def write(corpus: Iterable[Path], path: Path = PATH) -> int:
    """Gather the words of the English side of ``corpus`` (TSV files) into ``path``; how many."""
    found: set[str] = set()
    for file in corpus:
        for line in file.read_text(encoding="utf-8").splitlines():
            found.update(_WORD.findall(line.split("\t")[0]))
    path.write_text("\n".join(sorted(found)) + "\n", encoding="ascii")
    return len(found)


if __name__ == "__main__":
    print(write(map(Path, sys.argv[1:])), "words")
