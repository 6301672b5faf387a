"""`prepare`: from corpora to parts that do not leak into each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.config import record_folder, run_folder
from training.dedup import HeldOut
from training.prepare import load_pairs, prepare
from training.progress import Reporter
from training.readers import Line
from training.split import split_of


def run(workshop: Path, external: list[Path], sets: Path | None = None) -> dict[str, object]:
    prepare(run_folder("t"), record_folder("t"), external, sets, Reporter())
    found: dict[str, object] = json.loads((record_folder("t") / "data.json").read_text("utf-8"))
    return found


def test_parts_follow_the_hash_and_do_not_leak(workshop: Path) -> None:
    held_line = load_first(workshop, "test").split("\t")[0] + " ok?\t另一种译法好吗？"
    outside = workshop / "outside.tsv"
    outside.write_text(
        f"Good afternoon to you all.\t大家下午好。\n{held_line}\n"
        "We got an umbrella yesterday\t昨天我們買了一把傘.\n",
        "utf-8",
    )
    record = run(workshop, [outside])
    folder = run_folder("t")
    for part in ("train", "dev", "test"):
        lines = load_pairs(folder, part)
        assert lines
        assert {split_of(line.english) for line in lines} == {part}
    held = HeldOut((x.english, x.chinese) for p in ("dev", "test") for x in load_pairs(folder, p))
    learned = load_pairs(folder, "train") + load_pairs(folder, "external")
    assert not [line for line in learned if held.resembles(line.english, line.chinese)]
    external = load_pairs(folder, "external")
    assert [line.chinese for line in external] == ["大家下午好。", "昨天我们买了一把伞。"]
    assert "outside: like a dev or test line" in str(record["dropped"])
    assert set(record["outputs"]) >= {"train.tsv", "external.tsv"}  # type: ignore[call-overload]


def load_first(workshop: Path, part: str) -> str:
    lines = (workshop / "corpus" / "w0.tsv").read_text("utf-8").splitlines()
    return next(line for line in lines if split_of(line.split("\t")[0]) == part)


def test_what_was_written_for_the_app_joins_training_only(workshop: Path) -> None:
    held = load_first(workshop, "dev").split("\t")
    lines = [
        Line("app", f"Tap the little star number {n}.", f"点第{n}颗小星星。") for n in "ABCDEFGH"
    ]
    lines.append(Line("app", *held))
    prepare(run_folder("t"), record_folder("t"), [], None, Reporter(), lines)
    folder = run_folder("t")
    learned = [line.english for line in load_pairs(folder, "external")]
    assert learned == [line.english for line in lines[:-1]]
    for part in ("dev", "test"):
        assert not {line.english for line in load_pairs(folder, part)} & {
            line.english for line in lines[:-1]
        }
    prepare(run_folder("t"), record_folder("t"), [], None, Reporter(), lines[:3])
    assert len(load_pairs(folder, "external")) == 3


def test_pairs_that_are_gone_are_prepared_again(workshop: Path) -> None:
    """The record is committed, the pairs are not: what it says need not be there."""
    run(workshop, [])
    train = run_folder("t") / "pairs" / "train.tsv"
    whole = train.read_bytes()
    train.write_bytes(whole[: len(whole) // 2])
    run(workshop, [])
    assert train.read_bytes() == whole


def test_synthetic_pairs_near_a_new_held_out_line_go(workshop: Path) -> None:
    run(workshop, [])
    dev = load_pairs(run_folder("t"), "dev")[0]
    synthetic = run_folder("t") / "pairs" / "synthetic.tsv"
    synthetic.write_text(f"bt-zh\tSomething else\t{dev.chinese}\nbt-zh\tA b c\t甲乙丙\n", "utf-8")
    run(workshop, [])  # nothing has changed: they stay as they are
    (workshop / "corpus" / "x1.tsv").write_text("One new line.\t新的一行。\n", "utf-8")
    run(workshop, [])
    assert [line.chinese for line in load_pairs(run_folder("t"), "synthetic")] == ["甲乙丙"]


def test_public_test_lines_are_kept_out(workshop: Path) -> None:
    train_line = load_first(workshop, "train")
    sets = workshop / "sets"
    sets.mkdir()
    (sets / "msctd-test.tsv").write_text(train_line + "\n", "utf-8")
    run(workshop, [], sets)
    english = train_line.split("\t")[0]
    assert english not in {line.english for line in load_pairs(run_folder("t"), "train")}


def test_a_second_run_does_nothing_until_something_changes(
    workshop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(workshop, [])
    before = (run_folder("t") / "pairs" / "train.tsv").stat().st_mtime_ns
    run(workshop, [])
    assert "nothing has changed" in capsys.readouterr().err
    assert (run_folder("t") / "pairs" / "train.tsv").stat().st_mtime_ns == before
    (workshop / "corpus" / "x1.tsv").write_text("A brand new line.\t全新的一行。\n", "utf-8")
    run(workshop, [])
    parts = [load_pairs(run_folder("t"), part) for part in ("train", "dev", "test")]
    assert sum(line.english == "A brand new line." for part in parts for line in part) == 1


def test_there_is_no_synthetic_data_until_it_is_made(workshop: Path) -> None:
    run(workshop, [])
    assert load_pairs(run_folder("t"), "synthetic") == []
    with pytest.raises(FileNotFoundError):
        load_pairs(run_folder("other"), "train")
