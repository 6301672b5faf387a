"""Out to Anki, CSV and paper; the server's voice."""

from __future__ import annotations

import csv
import io
import sqlite3
import wave
import zipfile

import pytest

from helper.errors import NotFound
from helper.practice import exports
from helper.practice.audio import Scripts, Voice, audio_name, script


def notes(package: bytes, folder) -> dict[str, str]:
    """guid → fields of the notes in an .apkg file."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as connection:
        return dict(connection.execute("SELECT guid, flds FROM notes"))


def test_the_anki_deck_keeps_its_ids_so_that_a_second_import_updates(lite, tmp_path):
    items = [lite.deck.item(ident) for ident in lite.deck.ids[:50]]
    first = notes(exports.anki(items), tmp_path)
    again = notes(exports.anki(items[::-1]), tmp_path)
    assert first == again
    assert len(first) == 50
    assert any("大家好" in fields for fields in first.values())


def test_csv_reads_back_and_starts_no_formula(lite):
    learner = lite.new_learner()
    lite.add(learner, "加油站", english="=HYPERLINK(1)")
    items = lite.items(learner)
    rows = list(csv.DictReader(io.StringIO(exports.table(items))))
    assert len(rows) == len(items)
    assert rows[0]["english"] == "'=HYPERLINK(1)"
    assert rows[1]["hanzi"] == items[1].hanzi


def test_the_sheet_has_word_for_word_glosses(lite):
    row = exports.sheet([lite.deck.item("first-hello.new-here")])[0]
    assert row.literal.startswith("我 I · 是 am")


def test_the_voice_reads_spoken_tones():
    assert script("你好，一样！") == "ni2 hao3 , yi2 yang4 ."
    assert script("女儿") == "nv3 er2"


def test_a_sound_is_made_once_and_kept(tmp_path):
    voice = Voice(tmp_path)
    if not voice.available:
        pytest.skip("espeak-ng is not installed (Debian: espeak-ng)")
    path = voice.speak("ni2 hao3")
    with wave.open(str(path)) as sound:
        assert 0.3 < sound.getnframes() / sound.getframerate() < 5
    stamp = path.stat().st_mtime_ns
    assert voice.speak("ni2 hao3") == path
    assert path.stat().st_mtime_ns == stamp
    slow = voice.speak("ni2 hao3", slow=True)
    assert slow.stat().st_size > path.stat().st_size


@pytest.mark.parametrize("read", ["", "-w /etc/passwd", "ni2; rm", "--stdin", "你好", "a1\x00"])
def test_nothing_but_pinyin_reaches_the_voice(tmp_path, read):
    assert Voice(tmp_path, "/bin/false").speak(read) is None
    assert list(tmp_path.iterdir()) == []


def test_without_a_voice_there_is_no_sound(tmp_path):
    assert Voice(tmp_path, "/bin/false").speak("ni3") is None
    assert list(tmp_path.glob("*.wav")) == []


def test_only_texts_of_the_content_and_own_words_are_spoken(lite, content):
    learner = lite.new_learner()
    assert lite.sound(learner, audio_name("大家好！")) == "da4 jia1 hao3 ."
    lite.add(learner, "加油站", english="petrol station")
    assert lite.sound(learner, audio_name("加油站")) == "jia1 you2 zhan4"
    with pytest.raises(NotFound):
        lite.sound(lite.new_learner(), audio_name("加油站"))
    assert Scripts(content).find("0" * 20) is None
