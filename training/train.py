"""Stage `train`: starts a run or goes on with it, in this process."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import torch

from training import curve
from training.config import TrainConfig, record_folder, run_folder, to_json, train_config_from
from training.ctmodel import read_package
from training.epochs import Batch, Epoch, build_epoch, fingerprint, load_epoch, save_epoch
from training.legs import MORE_TO_DO
from training.model import Transformer
from training.pieces import Pieces
from training.prepare import load_pairs
from training.progress import Reporter
from training.trainer import Trainer
from training.weights import config_of, load_weights


def settle_config(run: str, config: TrainConfig, init: Path | None) -> TrainConfig:
    """The run's configuration: the one it was started with, or ``config``, which is then kept.

    With ``init`` the model's shape and the vocabulary are the package's.
    """
    path = run_folder(run) / "config.json"
    if path.exists():
        return train_config_from(path.read_text("utf-8"))
    path.parent.mkdir(parents=True, exist_ok=True)
    vocabulary = path.parent / "sentencepiece.model"
    if init is not None:
        weights, pieces, _ = read_package(init)
        shape = dataclasses.replace(config_of(weights), dropout=config.model.dropout)
        config = dataclasses.replace(config, model=shape)
        vocabulary.write_bytes(pieces)
    else:
        size = Pieces.load(vocabulary).size
        config = dataclasses.replace(
            config, model=dataclasses.replace(config.model, vocabulary=size)
        )
    path.write_text(to_json(config), "utf-8")
    record = record_folder(run)
    record.mkdir(parents=True, exist_ok=True)
    (record / "config.json").write_text(to_json(config), "utf-8")
    return config


def epoch_source(
    folder: Path, mark: str, config: TrainConfig, pieces: Pieces, report: Reporter
) -> Callable[[int], Epoch]:
    """A function that gives epoch n: from its file, or built and kept (two files stay)."""

    def path_of(number: int) -> Path:
        return folder / "epochs" / f"{mark}-{number}.npz"

    def epoch_of(number: int) -> Epoch:
        path = path_of(number)
        if path.exists():
            return load_epoch(path)
        own = load_pairs(folder, "train")
        external = load_pairs(folder, "external") + load_pairs(folder, "synthetic")
        epoch = build_epoch(
            number, own, external, pieces, config.data, config.seed, config.micro_tokens
        )
        save_epoch(path, epoch)
        for old in path.parent.glob("*.npz"):
            if old not in (path, path_of(number - 1)):
                old.unlink()
        report.say(f"epoch {number}: {len(epoch)} batches, {epoch.pieces.size} pieces")
        return epoch

    return epoch_of


def dev_batches(folder: Path, config: TrainConfig, pieces: Pieces) -> list[Batch]:
    """A sample of the dev pairs of all files, always the same, both directions, undistorted."""
    from training.config import DataConfig

    lines = load_pairs(folder, "dev")
    lines.sort(key=lambda line: hashlib.sha256(line.english.encode()).digest())
    lines = lines[: config.dev_pairs]
    plain = DataConfig(own_copies=1, external_share=0, noise=0, placeholders=0)
    epoch = build_epoch(0, lines, [], pieces, plain, 0, config.micro_tokens)
    return [epoch.batch(n) for n in range(len(epoch))]


def resident_bytes() -> int:
    """Memory that this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def run_leg(
    run: str,
    config: TrainConfig,
    until: int,
    minutes: float | None,
    init: Path | None,
    threads: int,
    report: Reporter,
    memory: int = 8 << 30,
) -> int:
    """Trains until ``until`` updates, ``minutes`` or ``memory`` bytes; returns an exit status.

    SIGTERM and SIGINT end it after the update in progress, with a checkpoint.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(config.seed)
    folder, record = run_folder(run), record_folder(run)
    config = settle_config(run, config, init)
    pieces = Pieces.load(folder / "sentencepiece.model")
    model = Transformer(config.model)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if init is not None:
        load_weights(model, read_package(init)[0])
    mark = fingerprint(folder, config.data, config.seed, config.micro_tokens)
    epochs = epoch_source(folder, mark, config, pieces, report)
    dev = dev_batches(folder, config, pieces)
    trainer = Trainer(config, model, epochs, dev, device, report, mark)
    resumed = trainer.restore(folder)
    curve_path = record / "curve.csv"
    curve.rewind(curve_path, trainer.update)
    report.say(f"{'resumed at' if resumed else 'starting at'} update {trainer.update} on {device}")
    if trainer.update == 0 and init is not None:
        report.say(f"dev loss of the package's weights: {trainer.dev_loss():.4f}")
    ended = time.monotonic() + 60 * minutes if minutes else float("inf")
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: told.append(received))
    trainer.train(
        until, folder, curve_path,
        lambda: bool(told) or time.monotonic() > ended or resident_bytes() > memory,
    )  # fmt: skip
    curve.draw(curve.read_curve(curve_path), record / "curve.png", f"run {run}")
    if told:
        return 128 + told[0]
    return 0 if trainer.update >= until else MORE_TO_DO
