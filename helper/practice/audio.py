"""The server's own voice, where it has espeak-ng: one cached WAV file per text and speed.

espeak-ng (Debian package ``espeak-ng``) reads hanzi badly but pinyin well, so it is given our
spoken pinyin with tone numbers. The program gets a fixed list of arguments and the pinyin,
checked letter by letter, on standard input; nothing that a user wrote reaches a command line.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from helper.mandarin.pinyin import readings
from helper.practice.contrast import common_hanzi
from helper.practice.tones import drills
from phrasebook import Phrasebook

NORMAL, SLOW = 150, 95
"""Speed in words per minute, as espeak-ng counts."""
_PINYIN = re.compile(r"[a-z]+[1-5]|[,.?!]")
_TIMEOUT = 20
_VERSION = "1"


def audio_name(hanzi: str) -> str:
    """The name under which a text's sound is asked for: 20 hexadecimal digits."""
    return hashlib.sha256(hanzi.encode("utf-8")).hexdigest()[:20]


def script(hanzi: str, pinyin: str = "") -> str:
    """What the voice reads: spoken syllables with tone numbers, and pauses.

    ``pinyin`` is an override as in ``readings``; without it pypinyin's reading counts.
    """
    parts: list[str] = []
    for reading in readings(hanzi, pinyin, spoken=True):
        if reading.syllable:
            parts.append(reading.syllable.numbered)
        elif re.search(r"[。！？.!?…]", reading.text):
            parts.append(".")
        elif re.search(r"[，、；：,;:]", reading.text):
            parts.append(",")
    return " ".join(parts)


class Scripts:
    """What can be heard: every Chinese text of the content, by its ``audio_name``."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book

    @functools.cached_property
    def _texts(self) -> dict[str, tuple[str, str]]:
        """Name → (hanzi, pinyin override); texts with an override come last, so they win."""
        book = self._book
        texts = [(hanzi, "") for hanzi in common_hanzi()]
        for phrase in book.phrases:
            texts += [(word, "") for word, _ in phrase.words]
            texts += [(phrase.answer, ""), (phrase.hanzi, phrase.pinyin)]
        for situation in book.situations:
            texts += [(turn.hanzi, turn.pinyin) for turn in situation.turns]
        texts += [(term.hanzi, term.pinyin) for term in book.terms]
        texts += [(slang.hanzi, slang.pinyin) for slang in book.slang]
        texts += [(tag.hanzi, tag.pinyin) for tag in book.hashtags]
        for drill in drills():
            texts += [(s.hanzi, s.pinyin) for row in drill.rounds for s in row]
        found = {audio_name(hanzi): (hanzi, override) for hanzi, override in texts if hanzi}
        found |= {audio_name(h): (h, o) for h, o in texts if h and o}
        return found

    def find(self, name: str) -> str | None:
        """What the voice reads for ``name``; None if no text of the content has that name."""
        found = self._texts.get(name)
        if found is None:
            return None
        try:
            return script(*found)
        except ValueError:
            return script(found[0])


class Voice:
    """espeak-ng, if this machine has it.

    Args:
        folder: where the WAV files are kept.
        program: path of espeak-ng; found on PATH if None.
    """

    def __init__(self, folder: Path, program: str | None = None) -> None:
        self._folder = folder
        self._program = program or shutil.which("espeak-ng")

    @property
    def available(self) -> bool:
        """Whether there is a voice."""
        return self._program is not None

    def speak(self, read: str, *, slow: bool = False) -> Path | None:
        """A WAV file that says ``read`` (as ``script`` gives it); None if it cannot be made.

        Safe between threads and processes: a file appears whole or not at all.
        """
        pieces = read.split()
        if not self._program or not pieces or not all(map(_PINYIN.fullmatch, pieces)):
            return None
        speed = SLOW if slow else NORMAL
        path = self._path(read, speed)
        if path.exists():
            return path
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(suffix=".wav", dir=self._folder)
        os.close(handle)
        try:
            subprocess.run(
                [self._program, "-v", "cmn-latn-pinyin", "-b", "1", "-s", str(speed),
                 "--stdin", "-w", partial],
                input=" ".join(pieces).encode("ascii"), check=True, timeout=_TIMEOUT,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"LC_ALL": "C.UTF-8"},
            )
            Path(partial).replace(path)
        except (OSError, subprocess.SubprocessError):
            Path(partial).unlink(missing_ok=True)
            return None
        return path

    def forget(self, scripts: Iterable[str]) -> None:
        """Delete the files that say ``scripts``; whoever asks for one again has it made again."""
        for read in scripts:
            for speed in (NORMAL, SLOW):
                with contextlib.suppress(OSError):  # being played just now, on Windows
                    self._path(read, speed).unlink(missing_ok=True)

    def _path(self, read: str, speed: int) -> Path:
        digest = hashlib.sha256(f"{_VERSION}/{speed}/{read}".encode()).hexdigest()[:24]
        return self._folder / f"{digest}.wav"
