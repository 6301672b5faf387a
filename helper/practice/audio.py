"""The server's own voice, where it has espeak-ng: one cached WAV file per text and speed.

espeak-ng (Debian package ``espeak-ng``) reads hanzi badly but pinyin well, so it is given our
spoken pinyin with tone numbers. The program gets a fixed list of arguments and the pinyin,
checked letter by letter, on standard input; nothing that a user wrote reaches a command line.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from helper.mandarin.pinyin import readings

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
        digest = hashlib.sha256(f"{_VERSION}/{speed}/{read}".encode()).hexdigest()[:24]
        path = self._folder / f"{digest}.wav"
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
