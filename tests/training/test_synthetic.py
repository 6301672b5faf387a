"""Back-translation and distillation: what is asked, ranked and kept (without a model)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("sacrebleu", reason="needs the training extra")
pytest.importorskip("ctranslate2", reason="needs the training extra")

from training import synthetic
from training.progress import Reporter
from training.readers import Line


class Dictionary:
    """Translates by table; what it does not know it loses."""

    def __init__(self, table: dict[str, str]) -> None:
        self.table = table

    def translate(self, lines: Sequence[str]) -> list[str]:
        return [self.table.get(line, "?") for line in lines]

    def n_best(self, lines: Sequence[str], count: int) -> list[list[tuple[str, float]]]:
        return [[(text, 0.0)] * count for text in self.translate(lines)]


def held_out(folder: Path) -> Path:
    """Where `prepare` has put a dev and a test line; returns the folder of pairs."""
    pairs = folder / "pairs"
    pairs.mkdir()
    (pairs / "dev.tsv").write_text("Where do you buy this tea?\t这茶你在哪儿买的？\n", "utf-8")
    (pairs / "test.tsv").write_text("Nobody here drinks coffee.\t这里没人喝咖啡。\n", "utf-8")
    return pairs


def test_lines_of_content_files(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'id = "x"\n[[term]]\nmeaning = "The home page of the app."\nzh = "应用的首页。"\n'
        'tags = ["ui", "Tap it to go back, friend."]\n',
        "utf-8",
    )
    lines = tmp_path / "lines.txt"
    lines.write_text("我们 明天见.\nok\nTap it to go back, friend.\n", "utf-8")
    assert synthetic.monolingual([tmp_path, lines]) == [
        "The home page of the app.", "应用的首页。", "Tap it to go back, friend.", "我们明天见。",
    ]  # fmt: skip


def test_round_trips_rank_what_survives_first() -> None:
    there = Dictionary({"good tea": "好茶", "bad tea": "坏茶"})
    back = Dictionary({"好茶": "good tea", "坏茶": "mad sea"})
    trips = synthetic.round_trips(["bad tea", "good tea"], there, back)  # type: ignore[arg-type]
    assert [trip.text for trip in trips] == ["good tea", "bad tea"]
    assert trips[0].score == pytest.approx(100)


def test_the_consensus_is_what_the_others_are_like() -> None:
    wild = "一只紫色的大象"
    assert synthetic.consensus(["我喜欢茶", wild, "我很喜欢茶"], "我喜欢喝茶") != wild
    assert synthetic.consensus([wild, wild], "我喜欢喝茶") == wild


def test_only_the_better_part_is_kept_and_other_kinds_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = held_out(tmp_path)
    (pairs / "synthetic.tsv").write_text("kd-zh\tHi all\t大家好\nbt-zh\told\t旧的\n", "utf-8")
    lines = tmp_path / "lines.txt"
    lines.write_text("这是一杯好茶。\n这是一杯坏茶。\n", "utf-8")
    tables = {
        "translate-en_zh.argosmodel": Dictionary({"A good tea.": "这是一杯好茶。"}),
        "translate-zh_en.argosmodel": Dictionary(
            {"这是一杯好茶。": "A good tea.", "这是一杯坏茶。": "Bad."}
        ),
    }
    monkeypatch.setattr(synthetic, "Decoder", lambda path: tables[path.name])
    assert synthetic.backtranslate(tmp_path, tmp_path, [lines], 0.5, Reporter()) == 1
    text = (pairs / "synthetic.tsv").read_text("utf-8")
    assert text == "kd-zh\tHi all\t大家好\nbt-zh\tA good tea.\t这是一杯好茶。\n"


def test_what_resembles_a_held_out_line_is_never_learned(tmp_path: Path) -> None:
    held_out(tmp_path)
    rows = [
        Line("bt-zh", "Where did you buy this tea?", "这茶你是在哪儿买的？"),
        Line("bt-zh", "Somebody said so.", "这里没人喝咖啡。"),
        Line("bt-zh", "The cat sleeps on the warm roof.", "猫睡在暖和的屋顶上。"),
    ]
    synthetic.replace_synthetic(tmp_path, "bt-", rows)
    assert synthetic.load_pairs(tmp_path, "synthetic") == rows[2:]


def test_distillation_keeps_a_pair_for_each_direction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_out(tmp_path)
    (tmp_path / "pairs" / "train.tsv").write_text("I like tea.\t我喜欢茶。\n", "utf-8")
    tables = {
        "translate-en_zh.argosmodel": Dictionary({"I like tea.": "我爱茶。"}),
        "translate-zh_en.argosmodel": Dictionary({"我喜欢茶。": "I love tea."}),
    }
    monkeypatch.setattr(synthetic, "Decoder", lambda path: tables[path.name])
    assert synthetic.distil(tmp_path, [tmp_path], 2, None, Reporter()) == 2
    assert synthetic.load_pairs(tmp_path, "synthetic") == [
        Line("kd-zh", "I like tea.", "我爱茶。"), Line("kd-en", "I love tea.", "我喜欢茶。"),
    ]  # fmt: skip
