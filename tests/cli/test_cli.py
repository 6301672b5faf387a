"""The command line, as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def run(data_dir):
    def _run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "helper", *arguments],
            input=given,
            capture_output=True,
            env={**os.environ, "HELPER_DATA_DIR": str(data_dir)},
            timeout=120,
            check=False,
        )

    return _run


def test_lookup_json(run):
    done = run("lookup", "--json", "--limit", "2", "shoucang")
    data = json.loads(done.stdout)
    assert data["query"] == "shoucang"
    assert data["results"][0]["hanzi"] == "收藏"
    assert len(data["results"]) <= 2


def test_lookup_lines(run):
    done = run("lookup", "--lines", "--json", given="likes\n\n收藏\n".encode())
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [item["query"] for item in found] == ["likes", "", "收藏"]
    assert done.returncode == 0


def test_translate_lines(run):
    done = run(
        "translate",
        "--lines",
        "--to",
        "zh",
        "--json",
        given="Hello!\n\nMy dog 🐶 is 3 years old. #dogs\n".encode(),
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == 3
    for item in found:
        assert {"source", "translation", "alternatives", "confidence", "origin", "warnings"} <= set(
            item
        )
    assert found[0]["translation"] == "你好！"
    assert "#dogs" in found[2]["translation"]
    assert "🐶" in found[2]["translation"]
    assert done.returncode == 0


def test_lines_that_are_no_utf8_do_not_stop_the_others(run):
    done = run(
        "translate", "--lines", "--to", "zh", "--json", given=b"Hello!\n\xff\xfe\nGood night!\n"
    )
    assert len(done.stdout.splitlines()) == 3


def test_translate_plain(run):
    done = run("translate", "Hello!", "--to", "zh")
    assert done.stdout.decode().strip() == "你好！"


def test_phrases_json(run, book):
    everything = json.loads(run("phrases", "--json").stdout)["results"]
    assert len(everything) == len(book.phrases)
    some = json.loads(run("phrases", "--json", "thank you").stdout)["results"]
    assert 0 < len(some) < len(everything)
    assert {"id", "situation", "hanzi", "pinyin", "english"} <= set(some[0])


def test_read_json(run):
    data = json.loads(run("read", "--json", "绝绝子").stdout)
    assert data["slang"][0]["hanzi"] == "绝绝子"


def test_phrasebook_check(run):
    assert run("phrasebook", "check").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("lookup", "--limit", "0", "x"),
        ("lookup", "--limit", "z", "x"),
        ("translate", "--to", "xx", "hi"),
        ("translate", "--to", "zh"),
        ("translate", "x" * 5001),
        ("models", "install", "/nonexistent.argosmodel"),
        ("serve", "--port", "99999999"),
        ("serve", "--host", "no.such.host.invalid"),
        ("practice", "--minutes", "-1"),
        ("practice", "--minutes", "121"),
    ],
)
def test_bad_input_is_one_line_and_status_2(run, arguments):
    done = run(*arguments)
    message = done.stderr.decode()
    assert done.returncode == 2, message
    assert len(message.strip().splitlines()) == 1
    assert message.startswith("rednote-helper: ")
    assert not done.stdout


def test_a_database_that_cannot_be_reached_is_one_line(data_dir):
    done = subprocess.run(
        [sys.executable, "-m", "helper", "practice"],
        input=b"",
        capture_output=True,
        timeout=60,
        check=False,
        env={
            **os.environ,
            "HELPER_DATA_DIR": str(data_dir),
            "HELPER_DATABASE_URL": "postgresql://me:secret@127.0.0.1:9/practice",
        },
    )
    message = done.stderr.decode()
    assert done.returncode == 2, message
    assert message.startswith("rednote-helper: The database in HELPER_DATABASE_URL")
    assert len(message.strip().splitlines()) == 1
    assert "secret" not in message


def test_a_closed_pipe_is_no_fault(data_dir):
    command = f"{sys.executable} -m helper phrases | head -1"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "HELPER_DATA_DIR": str(data_dir)},
    )
    assert b"Traceback" not in done.stderr
    assert done.stdout


def test_our_tests_are_not_shadowed():
    """argos-translate-lt's wheel brings a top-level ``tests`` package."""
    import tests

    assert Path(tests.__path__[0]).resolve() == Path(__file__).resolve().parent.parent


def test_compose_and_check(run, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text("Hi everyone! 😊\nAdd me on WhatsApp 555-123-4567 #cats\n", encoding="utf-8")
    data = json.loads(run("compose", str(draft), "--title", "My first post", "--json").stdout)
    assert data["title"]
    assert data["body"].startswith("大家好")
    assert "555-123-4567" in data["body"]
    assert any(note["rule"] == "rule.contact" for note in data["rules"])
    checked = json.loads(run("check", str(draft), "--json").stdout)
    assert checked["ok"]
    assert {limit["part"] for limit in checked["limits"]} == {"title", "body"}
    draft.write_text("字" * 1001, encoding="utf-8")
    assert run("check", str(draft)).returncode == 1
    assert run("compose", str(tmp_path / "none.txt")).returncode == 2
    draft.write_bytes(b"\xff\xfe\xfa")
    assert run("compose", str(draft)).returncode == 2


def test_a_data_folder_that_is_no_folder_is_one_line(tmp_path):
    (tmp_path / "file").write_text("no folder")
    done = subprocess.run(
        [sys.executable, "-m", "helper", "translate", "A sentence for the engine."],
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "HELPER_DATA_DIR": str(tmp_path / "file")},
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.decode().strip().splitlines()) == 1
