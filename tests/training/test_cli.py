"""The command line: every stage has its help, and `check` and `prepare` run for real."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.cli import main

STAGES = (
    "prepare", "vocabulary", "train", "export", "evaluate", "backtranslate", "distil", "check",
)  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_help(stage: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([stage, "--help"])
    assert ended.value.code == 0
    assert "usage" in capsys.readouterr().out


def test_prepare_and_vocabulary(workshop: Path) -> None:
    assert main(["prepare", "--run", "t"]) == 0
    assert main(["vocabulary", "--run", "t", "--pieces", "950"]) == 0
    assert main(["vocabulary", "--run", "t", "--pieces", "950"]) == 0
    assert (workshop / "state" / "t" / "sentencepiece.model").exists()


def test_check_gives_a_status(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.tsv", tmp_path / "bad.tsv"
    good.write_text("Fine.\t好的。\n", "utf-8")
    bad.write_text("Fine.\n", "utf-8")
    assert main(["check", str(good)]) == 0
    assert main(["check", str(bad)]) == 1


def test_a_system_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "--system", "new=/does/not/exist"])
    assert "NAME=FOLDER" in capsys.readouterr().err
