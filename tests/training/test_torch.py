"""What needs PyTorch: the model, its loss, resuming, warm starts and export."""

from __future__ import annotations

# ruff: noqa: E402 (the imports after importorskip need PyTorch)
import dataclasses
import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs the training extra (pip install .[training])")

from training import checkpoint, curve
from training import config as config_module
from training.cli import main
from training.config import SIZES, TrainConfig, record_folder, run_folder
from training.ctmodel import read_package
from training.loss import smoothed_loss
from training.model import MaskPool, Transformer, positions
from training.package import VERSION
from training.pieces import CONTROLS, Pieces
from training.trainer import decay, rate
from training.weights import config_of, load_weights

E = "decoder/embeddings/weight"
NANO = dataclasses.replace(SIZES["nano"], vocabulary=50)


def test_the_loss_and_its_gradient_are_pytorchs() -> None:
    torch.manual_seed(1)
    shapes = [(700, 16), (50, 16), (50,)]
    ours = [torch.randn(s, requires_grad=True) for s in shapes]
    theirs = [t.detach().clone().requires_grad_() for t in ours]
    gold = torch.randint(0, 50, (700,))
    loss, plain = smoothed_loss(*ours, gold, 0.1)
    scores = torch.nn.functional.linear(*theirs)
    expected = torch.nn.functional.cross_entropy(scores, gold, label_smoothing=0.1, reduction="sum")
    torch.testing.assert_close(loss, expected, rtol=1e-4, atol=1e-2)
    unsmoothed = torch.nn.functional.cross_entropy(scores, gold, reduction="sum")
    torch.testing.assert_close(plain, unsmoothed, rtol=1e-4, atol=1e-2)
    loss.backward()
    expected.backward()
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one.grad, other.grad, rtol=1e-3, atol=1e-3)


def test_dropout_zeroes_its_share_and_is_told_by_its_seed() -> None:
    pool = MaskPool(0.1)
    pool.refill(1, torch.device("cpu"), torch.float32)
    pool.reseed(5)
    first = pool(torch.ones(1000, 100))
    assert abs(float((first == 0).float().mean()) - 0.1) < 0.01
    assert abs(float(first.mean()) - 1) < 0.01
    assert not torch.equal(first, pool(torch.ones(1000, 100)))
    pool.reseed(5)
    assert torch.equal(first, pool(torch.ones(1000, 100)))


def test_dropout_of_a_batch_larger_than_the_pool_is_told_by_its_seed_too() -> None:
    pool = MaskPool(0.1, size=1000)
    pool.refill(1, torch.device("cpu"), torch.float32)
    pool.reseed(5)
    first = pool(torch.ones(50, 70))
    assert abs(float((first == 0).float().mean()) - 0.1) < 0.05
    pool.reseed(5)
    assert torch.equal(first, pool(torch.ones(50, 70)))


def test_nothing_looks_ahead_and_padding_changes_nothing() -> None:
    torch.manual_seed(2)
    model = Transformer(NANO).eval()
    sources = torch.tensor([[4, 12, 13, 3]])
    padded = torch.tensor([[4, 12, 13, 3, 0, 0]])
    targets = torch.tensor([[2, 20, 21, 22]])
    whole = model(sources, targets)
    torch.testing.assert_close(model(padded, targets), whole, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(model(sources, targets[:, :2]), whole[:, :2], rtol=1e-4, atol=1e-5)


def test_positions_are_ctranslate2s() -> None:
    table = positions(256)
    # Read off a package: sin(1), sin(10000 ** (-1 / 127)), cos(1).
    for at, value in ((0, 0.841471), (1, 0.801647), (128, 0.540302)):
        assert float(table[0, at]) == pytest.approx(value, abs=1e-5)


def test_a_checkpoint_comes_in_small_parts_and_damage_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "PART_BYTES", 1000)
    state = {"update": 7, "model": {"w": torch.arange(2000.0)}}
    checkpoint.save(tmp_path / "7", state)
    parts = sorted((tmp_path / "7").glob("part-*"))
    assert len(parts) > 5
    assert max(part.stat().st_size for part in parts) <= 1000
    assert torch.equal(checkpoint.load(tmp_path / "7")["model"]["w"], state["model"]["w"])
    parts[2].write_bytes(b"x")
    with pytest.raises(ValueError, match="part-002"):
        checkpoint.load(tmp_path / "7")
    checkpoint.save(tmp_path / "30", state)
    checkpoint.keep_newest(tmp_path, 1)
    assert [path.name for path in checkpoint.folders(tmp_path)] == ["30"]


def train(run: str, updates: int, *more: str) -> int:
    return main([
        "train", "--run", run, "--size", "nano", "--updates", str(updates), "--threads", "1",
        "--batch-tokens", "300", "--micro-tokens", "400", *more,
    ])  # fmt: skip


@pytest.fixture
def prepared(workshop: Path) -> Path:
    for run in ("whole", "halves"):
        assert main(["prepare", "--run", run]) == 0
        assert main(["vocabulary", "--run", run, "--pieces", "950"]) == 0
    return workshop


def test_a_run_in_two_halves_has_the_curve_of_a_whole_one(prepared: Path) -> None:
    assert train("whole", 75) == 0
    assert train("halves", 35) == 0
    # A leg that was killed after its checkpoint: its later rows are forgotten.
    late = curve.Point(50, 1, 1.0, 0.0, 9.9, 9.9)
    curve.append(record_folder("halves") / "curve.csv", late)
    assert train("halves", 75) == 0
    whole, halves = (curve.read_curve(record_folder(r) / "curve.csv") for r in ("whole", "halves"))
    assert [p.update for p in whole] == [25, 50, 75]
    assert [(p.update, p.tokens, p.loss) for p in whole] == [
        (p.update, p.tokens, p.loss) for p in halves
    ]
    assert whole[-1].plain < whole[0].plain
    newest = [checkpoint.load(checkpoint.folders(run_folder(r) / "checkpoints")[-1])
              for r in ("whole", "halves")]  # fmt: skip
    for name, value in newest[0]["model"].items():
        assert torch.equal(value, newest[1]["model"][name]), name


def test_new_data_begin_with_the_next_epoch(prepared: Path) -> None:
    assert train("whole", 10) == 0
    (prepared / "corpus" / "x1.tsv").write_text(
        "We have a new line here.\t这里有新的一行。\n", "utf-8"
    )
    assert main(["prepare", "--run", "whole"]) == 0
    assert train("whole", 12) == 0
    state = checkpoint.load(checkpoint.folders(run_folder("whole") / "checkpoints")[-1])
    assert state["epoch"] == 1


def test_export_is_the_same_twice_and_starts_another_run(prepared: Path) -> None:
    ctranslate2 = pytest.importorskip("ctranslate2", reason="needs the training extra")
    assert train("whole", 30) == 0
    for out in ("one", "two"):
        assert main(["export", "--run", "whole", "--out", str(prepared / out)]) == 0
    packages = sorted((prepared / "one").glob("*.argosmodel"))
    assert [path.name for path in packages] == [
        "translate-en_zh.argosmodel", "translate-zh_en.argosmodel",
    ]  # fmt: skip
    for path in packages:
        assert path.read_bytes() == (prepared / "two" / path.name).read_bytes()

    weights, model, names = read_package(packages[0])
    config = config_of(weights)
    assert dataclasses.replace(config, dropout=0.0) == dataclasses.replace(
        SIZES["nano"], vocabulary=950
    )
    ours = Transformer(config).eval()
    load_weights(ours, weights)
    pieces = Pieces(model)
    from training.package import unpack

    folder = unpack(packages[0], prepared / "unpacked")
    theirs = ctranslate2.Translator(str(folder / "model"), compute_type="float32")
    lines = ["Where is everyone from?", "I love it here, thank you all so much!"]
    sources = pieces.sources(lines, "zh")
    results = theirs.translate_batch(
        [[names[n] for n in ids[1:-1]] for ids in sources], beam_size=1, max_decoding_length=20
    )
    for ids, result in zip(sources, results, strict=True):
        (greedy,) = ours.greedy(torch.tensor([ids]), limit=20)
        # An untrained model may write control pieces; ours leaves them out.
        assert [names[n] for n in greedy] == [p for p in result.hypotheses[0] if p not in CONTROLS]

    assert main(["prepare", "--run", "warm"]) == 0
    assert train("warm", 5, "--init", str(packages[0])) == 0
    kept = json.loads((run_folder("warm") / "config.json").read_text("utf-8"))
    assert kept["model"]["vocabulary"] == 950


def test_a_blend_lies_between_its_two_sides(prepared: Path) -> None:
    pytest.importorskip("ctranslate2", reason="needs the training extra")
    for run, seed in (("whole", "1"), ("other", "2")):
        assert main(["prepare", "--run", run]) == 0
        vocabulary = run_folder(run) / "sentencepiece.model"
        vocabulary.write_bytes((run_folder("whole") / "sentencepiece.model").read_bytes())
        assert train(run, 10, "--seed", seed) == 0
        assert main(["export", "--run", run, "--out", str(prepared / run)]) == 0
    name = "translate-en_zh.argosmodel"
    theirs = prepared / "other" / name
    blend = ["--blend", str(theirs), "--share", "0.25", "--out", str(prepared / "mixed")]
    assert main(["export", "--run", "whole", *blend]) == 0
    ours, other, mixed = (
        read_package(prepared / folder / name)[0][E] for folder in ("whole", "other", "mixed")
    )
    assert abs(ours - other).max() > 0.1
    assert abs(mixed - (0.75 * ours + 0.25 * other)).max() < 0.02

    shorter = ["--pieces", "900"]
    (run_folder("whole") / "sentencepiece.model").unlink()
    assert main(["vocabulary", "--run", "whole", *shorter]) == 0
    with pytest.raises(ValueError, match="another vocabulary"):
        main(["export", "--run", "whole", *blend])


def test_the_cooled_down_weights_are_kept_and_can_be_exported(prepared: Path) -> None:
    pytest.importorskip("ctranslate2", reason="needs the training extra")
    assert train("whole", 5) == 0
    path = run_folder("whole") / "config.json"
    config = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(config | {"cool_from": 5, "cool_until": 9}), "utf-8")
    assert train("whole", 15) == 0
    out = prepared / "out"
    assert main(["export", "--run", "whole", "--update", "9", "--out", str(out)]) == 0
    from training.package import unpack

    folder = unpack(out / "translate-en_zh.argosmodel", prepared / "unpacked")
    described = json.loads((folder / "metadata.json").read_text("utf-8"))
    assert described["training"]["updates"] == 9
    with pytest.raises(FileNotFoundError, match="update 8"):
        main(["export", "--run", "whole", "--update", "8", "--out", str(out)])


def test_a_damaged_checkpoint_falls_back_to_the_one_before(prepared: Path) -> None:
    assert train("whole", 5) == 0
    assert train("whole", 10) == 0
    newest = checkpoint.folders(run_folder("whole") / "checkpoints")[-1]
    assert newest.name == "10"
    part = next(newest.glob("part-*"))
    part.write_bytes(part.read_bytes()[:-1])
    state = checkpoint.load_newest(newest.parent)
    assert state is not None
    assert state["update"] == 5
    assert train("whole", 12) == 0
    for folder in checkpoint.folders(newest.parent):
        (folder / "part-000").write_bytes(b"")
    with pytest.raises(ValueError, match="damaged"):
        checkpoint.load_newest(newest.parent)


def test_plain_argostranslate_loads_it(prepared: Path) -> None:
    package = pytest.importorskip("argostranslate.package", reason="needs argos-translate-lt")
    assert train("whole", 10) == 0
    assert main(["export", "--run", "whole", "--out", str(prepared / "out")]) == 0
    from training.package import unpack

    folder = unpack(prepared / "out" / "translate-en_zh.argosmodel", prepared / "unpacked")
    loaded = package.Package(folder)
    assert (loaded.from_code, loaded.to_code, loaded.package_version) == ("en", "zh", VERSION)
    import ctranslate2
    from argostranslate.translate import apply_packaged_translation

    class OneSentence:
        """Argos would fetch its own, and our packages bring none."""

        def split_sentences(self, text: str) -> list[str]:
            return [text]

    model = ctranslate2.Translator(str(folder / "model"))
    # Ten updates teach nothing; that it answers at all is what an incompatible model cannot do.
    hypotheses = apply_packaged_translation(
        loaded, "Where is everyone from?", model, OneSentence(), 2
    )
    assert len(hypotheses) == 2
    assert all(isinstance(hypothesis.value, str) for hypothesis in hypotheses)


def test_legs_restart_until_the_end_and_pass_on_a_failure(
    monkeypatch: pytest.MonkeyPatch, prepared: Path
) -> None:
    from training import legs
    from training.progress import Reporter

    statuses = iter([legs.MORE_TO_DO, legs.MORE_TO_DO, 0])
    started: list[list[str]] = []

    class Child:
        def __init__(self, command: list[str], env: dict[str, str]) -> None:
            started.append(command)

        def wait(self) -> int:
            return next(statuses)

    monkeypatch.setattr(legs.subprocess, "Popen", Child)
    monkeypatch.setattr(legs.signal, "signal", lambda *_: None)
    monkeypatch.setattr(legs.time, "sleep", lambda _: None)
    assert legs.run_legs(["--run", "t"], Reporter()) == 0
    assert [command[2:] for command in started] == [["training", "train", "--run", "t"]] * 3
    statuses = iter([1, 1, 1])
    assert legs.run_legs([], Reporter()) == 1


def test_a_run_goes_to_another_machine_and_back(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert train("whole", 30) == 0
    assert main(["pack", "--run", "whole", "--out", str(prepared / "carried")]) == 0

    home = prepared / "state"
    monkeypatch.setenv("REDNOTE_TRAINING_DIR", str(prepared / "carried"))
    monkeypatch.setattr(config_module, "RUNS", prepared / "runs-there")
    assert train("whole", 55) == 0
    assert main(["pack", "--run", "whole", "--weights", "--out", str(prepared / "back")]) == 0
    there = curve.read_curve(record_folder("whole") / "curve.csv")
    assert there[-1].rate < 4e-4  # warming up anew, from update 30

    monkeypatch.setenv("REDNOTE_TRAINING_DIR", str(home))
    monkeypatch.setattr(config_module, "RUNS", prepared / "runs")
    assert main(["adopt", "--run", "whole", str(prepared / "back")]) == 0
    assert [p.update for p in curve.read_curve(record_folder("whole") / "curve.csv")] == [25, 50]
    assert train("whole", 60) == 0
    with pytest.raises(ValueError, match="already"):
        main(["adopt", "--run", "whole", str(prepared / "back")])


def test_a_run_begun_on_another_machine_comes_back(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As training/README.md has it: packed before it began, begun over there."""
    pytest.importorskip("ctranslate2", reason="needs the training extra")
    home = prepared / "state"
    carried, back = prepared / "carried", prepared / "back"
    assert main(["pack", "--run", "whole", "--out", str(carried)]) == 0
    monkeypatch.setenv("REDNOTE_TRAINING_DIR", str(carried))
    monkeypatch.setattr(config_module, "RUNS", prepared / "runs-there")
    assert train("whole", 30) == 0
    assert main(["pack", "--run", "whole", "--weights", "--out", str(back)]) == 0

    monkeypatch.setenv("REDNOTE_TRAINING_DIR", str(home))
    monkeypatch.setattr(config_module, "RUNS", prepared / "runs")
    assert main(["adopt", "--run", "whole", str(back)]) == 0
    assert main(["export", "--run", "whole", "--out", str(prepared / "out")]) == 0
    assert (record_folder("whole") / "config.json").exists()
    (back / "sentencepiece.model").write_bytes(b"another")
    with pytest.raises(ValueError, match="another run"):
        main(["adopt", "--run", "whole", str(back)])


def test_packing_never_empties_a_folder_that_is_not_its_own(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert train("whole", 5) == 0
    keep = prepared / "results"
    keep.mkdir()
    (keep / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(ValueError, match="empty folder"):
        main(["pack", "--run", "whole", "--weights", "--out", str(keep)])
    assert (keep / "letter.txt").exists()
    with pytest.raises(ValueError, match="the run itself"):
        main(["pack", "--run", "whole", "--out", str(prepared / "state")])
    assert checkpoint.folders(run_folder("whole") / "checkpoints")
    for _ in range(2):
        assert main(["pack", "--run", "whole", "--weights", "--out", str(prepared / "w")]) == 0


def test_the_step_size_warms_up_falls_and_can_cool_down() -> None:
    config = TrainConfig(
        peak_rate=1.0, warmup=10, rate_from=100, cool_from=200, cool_until=300, ema=0.99
    )
    assert rate(config, 5) == pytest.approx(0.5)
    assert rate(config, 10) == pytest.approx(1.0)
    assert rate(config, 110) == pytest.approx(0.5**0.5)
    assert rate(config, 113, fresh_from=110) < 0.3
    assert rate(config, 250) == pytest.approx(0.5 * rate(config, 200), rel=0.1)
    assert rate(config, 300) == 0
    assert 0 < rate(config, 301) < rate(config, 310) < rate(config, 200)
    assert decay(config, 16) == pytest.approx(0.8)
    assert decay(config, 250) == pytest.approx(0.9)
    assert decay(config, 5000) == pytest.approx(0.99)
