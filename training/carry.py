"""Stages `pack` and `adopt`: a run on its way to a machine that is lent for minutes, and back.

Such a machine (a GPU, say) takes a folder of some 60 MB and gives back a few files of at most 16
MiB. So a packed run has its pairs compressed, and of the newest checkpoint the averaged weights
in half precision only: the optimiser warms up anew over there, as after `--init`.
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any

from training import checkpoint, curve
from training.config import record_folder, run_folder
from training.prepare import pairs_file
from training.progress import Reporter

_PAIRS = ("train", "dev", "external", "synthetic")
#: What says which model the weights are.
_SHAPE = ("config.json", "sentencepiece.model")
#: A file that `pack` leaves in the folders it makes, and only there.
_MARK = ".packed"


def light_state(folder: Path) -> dict[str, Any] | None:
    """The newest checkpoint without optimiser, its averaged weights as float16; None if there is
    no checkpoint yet."""
    found = checkpoint.folders(folder / "checkpoints")
    if not found:
        return None
    state = checkpoint.load(found[-1])
    names = ("update", "epoch", "at", "tokens", "seconds", "data")
    kept: dict[str, Any] = {name: state[name] for name in names if name in state}
    kept["average"] = {name: value.half() for name, value in state["average"].items()}
    return kept


def _empty(target: Path, folder: Path) -> None:
    """Makes ``target`` an empty folder that is marked as ours; what was packed there before goes,
    anything else stays and is an error."""
    if target.resolve() == folder.resolve():
        raise ValueError(f"{target} is the run itself: pack into another folder")
    if target.exists() and any(target.iterdir()):
        if not (target / _MARK).exists():
            raise ValueError(f"{target} holds other things: name an empty folder")
        shutil.rmtree(target)
    target.mkdir(parents=True, exist_ok=True)
    (target / _MARK).touch()


def pack(run: str, out: Path, weights_only: bool, report: Reporter) -> int:
    """Writes what a leg needs into ``out``; returns its size in bytes.

    Args:
        run: Name of the run.
        out: With ``weights_only``: the light checkpoint and the curve, side by side, for the way
            back. Else a state folder: set ``REDNOTE_TRAINING_DIR`` to it over there.
        weights_only: See ``out``.
        report: Where progress is shown.

    Raises:
        FileNotFoundError: The run has no checkpoint, and only that was asked for.
        ValueError: There is something in ``out`` that `pack` has not put there.
    """
    folder = run_folder(run)
    state = light_state(folder)
    if weights_only and state is None:
        raise FileNotFoundError(f"{folder} has no checkpoint")
    target = out if weights_only else out / run
    _empty(target, folder)
    for name in _SHAPE:
        if (folder / name).exists():
            shutil.copy(folder / name, target / name)
    if state is not None:
        place = "light" if weights_only else f"checkpoints/{state['update']}"
        checkpoint.save(target / place, state)
    if weights_only:
        if (path := record_folder(run) / "curve.csv").exists():
            shutil.copy(path, target / "curve.csv")
    else:
        (target / "pairs").mkdir()
        for name in _PAIRS:
            path = pairs_file(folder, name)
            if path.exists():
                data = path.read_bytes()
                plain = gzip.decompress(data) if path.suffix == ".gz" else data
                packed = gzip.compress(plain, 9, mtime=0)
                (target / "pairs" / f"{name}.tsv.gz").write_bytes(packed)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    report.say(f"pack: {size / 1e6:.1f} MB in {target}")
    return size


def adopt(run: str, source: Path, report: Reporter) -> int:
    """Takes the light checkpoint and the curve that came back in ``source``; returns its update.

    A run that was begun over there is begun here with its configuration and vocabulary.

    Raises:
        ValueError: It is damaged, or older than the run's own newest checkpoint, or of a run with
            another configuration or vocabulary.
    """
    folder = run_folder(run)
    for name in _SHAPE:
        ours, theirs = folder / name, source / name
        if theirs.exists() and ours.exists() and ours.read_bytes() != theirs.read_bytes():
            raise ValueError(f"{theirs} differs from {ours}: this is another run")
    state = checkpoint.load(source / "light")
    found = checkpoint.folders(folder / "checkpoints")
    update = int(state["update"])
    if found and int(found[-1].name) >= update:
        raise ValueError(f"the run is at update {found[-1].name} already, this is {update}")
    folder.mkdir(parents=True, exist_ok=True)
    for name in _SHAPE:
        if (source / name).exists() and not (folder / name).exists():
            shutil.copy(source / name, folder / name)
    record_folder(run).mkdir(parents=True, exist_ok=True)
    if (source / "config.json").exists():
        shutil.copy(source / "config.json", record_folder(run) / "config.json")
    state["average"] = {name: value.float() for name, value in state["average"].items()}
    checkpoint.save(folder / "checkpoints" / str(update), state)
    if (source / "curve.csv").exists():
        path = record_folder(run) / "curve.csv"
        points = {p.update: p for p in curve.read_curve(path)}
        points |= {p.update: p for p in curve.read_curve(source / "curve.csv")}
        curve.rewind(path, 0)
        for number in sorted(points):
            if 0 < number <= update:
                curve.append(path, points[number])
    report.say(f"adopt: the run {run} is at update {update}")
    return update
