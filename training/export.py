"""Stage `export`: a checkpoint to two CTranslate2 int8 packages, one for each direction."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec
from torch import Tensor

from training import checkpoint
from training.config import ModelConfig, run_folder, train_config_from
from training.package import DIRECTIONS, Origin, file_name, write_package
from training.pieces import BOS, CONTROLS, EOS, TAGS, UNKNOWN, Pieces
from training.progress import Reporter

State = dict[str, Tensor]
#: chrF and BLEU by direction ("en-zh").
Scores = dict[str, dict[str, float]]


def mean_state(states: Sequence[State]) -> State:
    """The mean of several sets of weights, in float32."""
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]
    }


def load_average(
    folder: Path, last: int, update: int | None = None
) -> tuple[State, dict[str, Any]]:
    """The averaged weights of a run's newest checkpoint, or of the checkpoint or snapshot of
    ``update``; or their mean with those of the snapshots before, ``last`` sets in all; and the
    state they come from.

    Raises:
        FileNotFoundError: The run has no checkpoint, or none of that update.
    """
    if update is None:
        newest = checkpoint.load_newest(folder / "checkpoints")
        if newest is None:
            raise FileNotFoundError(f"{folder} has no checkpoint: run `train` first")
    else:
        found = [p for k in ("checkpoints", "snapshots") for p in checkpoint.folders(folder / k)]
        kept = [path for path in found if int(path.name) == update]
        if not kept:
            raise FileNotFoundError(f"{folder} has kept nothing of update {update}")
        newest = checkpoint.load(kept[0])
    states: list[State] = [newest["average"]]
    earlier = [
        path
        for path in checkpoint.folders(folder / "snapshots")
        if int(path.name) < newest["update"]
    ]
    for path in earlier[::-1][: last - 1]:
        states.append(checkpoint.load(path)["average"])
    newest["averaged"] = len(states)
    return mean_state(states), newest


def _spec(state: State, config: ModelConfig, pieces: Pieces, tag: str) -> Any:
    """CTranslate2's description of the model, filled in."""
    heads = config.heads
    spec = transformer_spec.TransformerSpec(
        transformer_spec.TransformerEncoderSpec(
            config.encoder_layers, heads, activation=common_spec.Activation.RELU
        ),
        transformer_spec.TransformerDecoderSpec(
            config.decoder_layers, heads, activation=common_spec.Activation.RELU
        ),
    )

    def array(name: str) -> Any:
        return state[name].detach().float().cpu().numpy().astype(np.float32)

    def fill(target: Any, prefix: str) -> None:
        target.weight, target.bias = array(f"{prefix}.weight"), array(f"{prefix}.bias")

    def norm(target: Any, prefix: str) -> None:
        target.gamma = array(f"{prefix}.layer_norm.weight")
        target.beta = array(f"{prefix}.layer_norm.bias")

    def block(target: Any, prefix: str, linears: Sequence[Any]) -> None:
        norm(target.layer_norm, prefix)
        for number, linear in enumerate(linears):
            fill(linear, f"{prefix}.linear_{number}")

    for side, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        norm(part.layer_norm, side)
        for number, layer in enumerate(part.layer):
            prefix = f"{side}.layer.{number}"
            block(layer.self_attention, f"{prefix}.self_attention", layer.self_attention.linear)
            block(layer.ffn, f"{prefix}.ffn", [layer.ffn.linear_0, layer.ffn.linear_1])
            if side == "decoder":
                block(layer.attention, f"{prefix}.attention", layer.attention.linear)
    spec.encoder.embeddings[0].weight = array("embedding")
    spec.decoder.embeddings.weight = array("embedding")
    spec.decoder.projection.weight = array("embedding")
    spec.decoder.projection.bias = array("bias")
    spec.config.add_source_bos = True
    spec.config.add_source_eos = True
    spec.config.bos_token = tag
    spec.config.eos_token = CONTROLS[EOS]
    spec.config.unk_token = CONTROLS[UNKNOWN]
    spec.config.decoder_start_token = CONTROLS[BOS]
    vocabulary = pieces.vocabulary()
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def write_packages(
    state: State, config: ModelConfig, pieces: Pieces, origin: Origin, out: Path, scores: Scores
) -> list[Path]:
    """Writes the packages of both directions into ``out``; returns their paths. ``scores`` by
    direction: see :func:`training.package.metadata`."""
    written = []
    for source, target in DIRECTIONS:
        spec = _spec(state, config, pieces, CONTROLS[TAGS[target]])
        parts = {"sentencepiece.model": pieces.model}
        with tempfile.TemporaryDirectory() as folder:
            spec.save(folder)
            for path in Path(folder).iterdir():
                parts[f"model/{path.name}"] = path.read_bytes()
        path = out / file_name(source, target)
        write_package(path, source, target, origin, parts, scores.get(f"{source}-{target}"))
        written.append(path)
    return written


def blended(state: State, config: ModelConfig, pieces: bytes, package: Path, share: float) -> State:
    """``share`` of a package's weights and the rest of ``state``.

    A run that began from the package lies in the same valley, and a point between the two is often
    better all round than either: what the run forgot comes back, most of what it learned stays.

    Raises:
        ValueError: The package's SentencePiece model is not ``pieces``.
    """
    from training.ctmodel import read_package
    from training.model import Transformer
    from training.weights import load_weights

    weights, model, _ = read_package(package)
    if model != pieces:
        raise ValueError(f"{package.name} has another vocabulary: its weights cannot be mixed in")
    other = Transformer(config)
    load_weights(other, weights)
    theirs = other.state_dict()
    return {name: share * theirs[name] + (1 - share) * state[name].float() for name in theirs}


def export(
    run: str, out: Path, last: int, report: Reporter, blend: Path | None = None,
    share: float = 0.5, update: int | None = None, scores: Scores | None = None,
) -> list[Path]:  # fmt: skip
    """Runs the stage for the newest checkpoint; ``last`` and ``update``: see
    :func:`load_average`; ``blend`` and ``share``: see :func:`blended`; ``scores`` are stated in
    the metadata."""
    folder = run_folder(run)
    config = train_config_from((folder / "config.json").read_text("utf-8"))
    pieces = Pieces.load(folder / "sentencepiece.model")
    state, newest = load_average(folder, last, update)
    averaged = newest["averaged"]
    if blend is not None:
        state = blended(state, config.model, pieces.model, blend, share)
        averaged += 1
    origin = Origin(run, newest["update"], newest.get("tokens", 0), averaged)
    paths = write_packages(state, config.model, pieces, origin, out, scores or {})
    for path in paths:
        report.say(f"export: {path} ({path.stat().st_size / 1e6:.1f} MB, update {origin.updates})")
    return paths


def export_snapshots(run: str, last: int, report: Reporter) -> list[Path]:
    """Packages of each of the newest ``last`` snapshots, in the run's folder: the teachers that
    `distil` asks. Those that are there already stay as they are.

    Raises:
        FileNotFoundError: The run has no snapshot yet.
    """
    folder = run_folder(run)
    config = train_config_from((folder / "config.json").read_text("utf-8"))
    found = checkpoint.folders(folder / "snapshots")[-last:]
    if not found:
        raise FileNotFoundError(f"{folder} has no snapshot yet: train on")
    pieces = Pieces.load(folder / "sentencepiece.model")
    teachers = []
    for path in found:
        out = folder / "teachers" / path.name
        if not all((out / file_name(*direction)).exists() for direction in DIRECTIONS):
            origin = Origin(run, int(path.name), 0, 1)
            write_packages(checkpoint.load(path)["average"], config.model, pieces, origin, out, {})
            report.say(f"export: snapshot {path.name} for distillation")
        teachers.append(out)
    return teachers
