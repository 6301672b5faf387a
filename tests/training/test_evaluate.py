"""Scores and the report that is made of them (without a model)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

pytest.importorskip("sacrebleu", reason="needs the training extra")
pytest.importorskip("ctranslate2", reason="needs the training extra")

from training import evaluate as stage
from training.evaluate import Evaluation, grouped, score, write_scores
from training.progress import Reporter
from training.report import BEGIN, END, put_into, render


class Echo:
    """A decoder that knows the references of the sets by heart, but for one in three."""

    def __init__(self, package: Path) -> None:
        self.source, self.target = package.stem.split("-")[1].split("_")
        pairs = [pair for found in stage.own_sets().values() for pair in found]
        turn = 1 if self.source == "en" else -1
        self.known = dict(pair[::turn] for pair in pairs)

    def translate(self, lines: list[str]) -> list[str]:
        return [self.known.get(line, "") if n % 3 else "nothing" for n, line in enumerate(lines)]


@pytest.fixture
def evaluation(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> Evaluation:
    monkeypatch.setattr(stage, "Decoder", Echo)
    for system in ("old", "new"):
        (workshop / system).mkdir()
        for direction in ("en_zh", "zh_en"):
            (workshop / system / f"translate-{direction}.argosmodel").touch()
    systems = {"old": workshop / "old", "new": workshop / "new"}
    return stage.evaluate(systems, None, None, Reporter())


def test_right_lines_score_high_and_wrong_ones_low() -> None:
    gold = ["我今天早上在公园里遛狗。", "你好，世界，我来了！"]
    assert score("s", "en-zh", "t", "all", gold, gold).bleu == pytest.approx(100)
    assert score("s", "en-zh", "t", "all", ["错", ""], gold).chrf < 5
    assert score("s", "en-zh", "t", "all", ["错", ""], gold).empty == 1


def test_kept_placeholders_are_counted_where_there_are_any() -> None:
    gold = ["⟦1⟧今天来。", "买⟦1⟧，别买⟦2⟧。", "没有。"]
    assert stage.kept_places(gold, gold) == 1
    assert stage.kept_places(["今天来。", "买⟦2⟧⟦1⟧。", "⟦1⟧没有。"], gold) == 0.5
    assert stage.kept_places(["⟦1⟧⟦1⟧今天来。", "买⟦2⟧。", "没有。"], gold) == 0
    assert stage.kept_places(["没有。"], gold[2:]) is None


def test_held_places_stand_on_both_sides_and_do_not_change() -> None:
    pairs = [
        ("Maya has 3 cats in Boston.", "Maya在波士顿有3只猫。"),
        ("I am so tired.", "我好累。"),
    ] * 9
    held = stage.held_places(pairs)
    assert held
    assert held == stage.held_places(pairs)
    for english, chinese in held:
        assert sorted(re.findall("⟦.⟧", english)) == sorted(re.findall("⟦.⟧", chinese)) != []


def test_groups_need_ten_lines() -> None:
    pairs = [("Is it?", "是吗？")] * 10 + [("It is a long way to go today", "路还长")] * 9
    found = {s.group: s.lines for s in grouped("s", "en-zh", "t", pairs, ["x"] * 19)}
    assert found == {"1-5 words": 10, "questions": 10}


def test_what_has_been_translated_is_not_translated_again(
    evaluation: Evaluation, workshop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Echo, lines: list[str]) -> list[str]:
        raise AssertionError("asked again")

    monkeypatch.setattr(Echo, "translate", refuse)
    again = stage.evaluate({"new": workshop / "new"}, None, None, Reporter())
    for key, lines in again.outputs.items():
        assert lines == evaluation.outputs[key]
    (workshop / "new" / "translate-en_zh.argosmodel").write_bytes(b"another")
    with pytest.raises(AssertionError, match="asked again"):
        stage.evaluate({"new": workshop / "new"}, None, None, Reporter())


def test_a_folder_without_packages_is_refused(workshop: Path) -> None:
    (workshop / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="holds no"):
        stage.evaluate({"new": workshop / "empty"}, None, None, Reporter())


def test_stated_scores_are_those_of_our_own_test(evaluation: Evaluation, tmp_path: Path) -> None:
    write_scores(tmp_path / "scores.json", evaluation)
    stated = stage.stated_scores(tmp_path / "scores.json", "new")
    assert set(stated) == {"en-zh", "zh-en"}
    assert 0 < stated["en-zh"]["chrf"] <= 100
    with pytest.raises(ValueError, match="other"):
        stage.stated_scores(tmp_path / "scores.json", "other")


def test_absent_sets_are_skipped_and_named(evaluation: Evaluation) -> None:
    assert set(evaluation.sets) - {stage.HELD} == {"own dev", "own test", "own train (sample)"}
    assert [what.split(":")[0] for what in evaluation.skipped] == ["MSCTD test", "FLORES devtest"]


def test_public_sets_and_peers_are_read(tmp_path: Path) -> None:
    (tmp_path / "msctd-test.tsv").write_text("I Don 'T know.\t我不知道。\n", "utf-8")
    (tmp_path / "flores-peers").mkdir()
    (tmp_path / "flores-peers" / "en-zh.some.txt").write_text("一\n二\n", "utf-8")
    sets = stage.public_sets(tmp_path)
    assert sets["MSCTD test"] == [("I Don 'T know.", "我不知道。")]
    assert sets["MSCTD test, repaired English"] == [("I don't know.", "我不知道。")]
    assert stage.peer_outputs(tmp_path, 1) == {("some", "en-zh"): ["一"]}
    assert stage.peer_outputs(None, None) == {}


def test_a_subset_takes_from_everywhere(workshop: Path) -> None:
    whole, part = stage.own_sets()["own test"], stage.own_sets(3)["own test"]
    assert len(part) == 3
    assert set(part) <= set(whole)


def test_the_report_replaces_only_its_own_part(evaluation: Evaluation, tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(f"# Quality\n\nBefore.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n", "utf-8")
    put_into(page, render(evaluation, ["old", "new"], "Measured in a test."))
    text = page.read_text("utf-8")
    assert text.startswith("# Quality\n\nBefore.\n")
    assert text.endswith("After.\n")
    assert "old\n" + END not in text
    assert "Measured in a test." in text
    assert "| own test |" in text
    put_into(tmp_path / "new.md", render(evaluation, ["new"], ""))
    assert BEGIN in (tmp_path / "new.md").read_text("utf-8")


def test_scores_are_written_one_a_line(evaluation: Evaluation, tmp_path: Path) -> None:
    write_scores(tmp_path / "scores.json", evaluation)
    rows = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert len(rows) == len(evaluation.scores)
    assert {"system", "direction", "set", "bleu", "chrf", "chrfpp"} <= set(rows[0])
