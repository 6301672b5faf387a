"""Every number that a run depends on, as frozen values that are written beside its results."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Where the packages, the corpus and the written records live in the checkout.
HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
RUNS = HERE / "runs"
OUT = HERE / "out"


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The shape of a Transformer with one joint vocabulary and tied embeddings.

    Attributes:
        encoder_layers, decoder_layers: A deep encoder and a shallow decoder: the decoder is
            what costs time when a sentence is translated, piece by piece.
        width: Size of a position's vector; must be a multiple of ``heads``.
        inner: Size of the feed-forward layer.
        vocabulary: Number of pieces, control symbols included.
        dropout: Probability that a value is zeroed during training.
    """

    encoder_layers: int = 6
    decoder_layers: int = 2
    width: int = 256
    inner: int = 1024
    heads: int = 4
    vocabulary: int = 9000
    dropout: float = 0.1


SIZES: dict[str, ModelConfig] = {
    "nano": ModelConfig(2, 1, 64, 128, 2, 600, 0.0),
    "tiny": ModelConfig(),
    "small": ModelConfig(8, 2, 384, 1536, 6, 16000, 0.1),
    "base": ModelConfig(10, 4, 512, 2560, 8, 24000, 0.1),
}
"""`nano` is for tests; `tiny` (9.2 M parameters) is what two CPU cores can train; `small` (26 M)
and `base` (62 M) need a GPU or days."""


@dataclass(frozen=True, slots=True)
class DataConfig:
    """How an epoch is composed.

    Attributes:
        own_copies: How often a pair of our own corpus is seen in one epoch (each time with
            another distortion), per direction.
        external_share: The share of the outside pairs that one epoch uses, drawn anew each epoch
            (1 = all). Glosses of single words (`dict`) and outside pairs alike.
        noise: Probability that an English or Chinese source is distorted (see `augment`).
        placeholders: Probability that a name, number or link common to both sides is replaced
            by ⟦n⟧, where a pair has one.
        max_pieces: Pairs with more pieces on a side are left out.
    """

    own_copies: int = 3
    external_share: float = 0.5
    noise: float = 0.2
    placeholders: float = 0.15
    max_pieces: int = 120


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """How a model is trained.

    Attributes:
        batch_tokens: Target pieces, padding not counted, that one update sees at least three
            quarters of.
        micro_tokens: Padded pieces of the larger side held in memory at once; an update
            takes as many such batches as ``batch_tokens`` needs.
        peak_rate, warmup: AdamW's step size rises linearly to ``peak_rate`` over ``warmup``
            updates and then falls with the inverse square root of the update.
        rate_from: The update at which the inverse square root starts to count (a warm start
            goes on as if that many updates had been made).
        smoothing: Label smoothing.
        ema: Decay, per update, of the averaged weights that dev scores and export use.
        cool_from, cool_until: Between these updates the step size falls to nothing in a straight
            line, which settles the weights for an export; behind them it warms up again. Equal:
            no such descent.
        dev_every: Updates between two looks at ``dev_pairs`` dev pairs (loss, both directions).
        save_minutes: Time between two checkpoints.
    """

    size: str = "tiny"
    seed: int = 1
    batch_tokens: int = 4000
    micro_tokens: int = 5120
    peak_rate: float = 4e-4
    warmup: int = 200
    rate_from: int = 4000
    smoothing: float = 0.1
    clip: float = 1.0
    weight_decay: float = 0.01
    betas: tuple[float, float] = (0.9, 0.98)
    ema: float = 0.999
    cool_from: int = 0
    cool_until: int = 0
    dev_every: int = 250
    dev_pairs: int = 300
    save_minutes: float = 5.0
    model: ModelConfig = field(default_factory=ModelConfig)
    data: DataConfig = field(default_factory=DataConfig)


def to_json(value: Any) -> str:
    """A dataclass as indented JSON with a final newline."""
    return json.dumps(dataclasses.asdict(value), indent=1, ensure_ascii=False) + "\n"


def train_config_from(text: str) -> TrainConfig:
    """The inverse of :func:`to_json` for a `TrainConfig`; unknown keys are an error."""
    raw = json.loads(text)
    raw["model"] = ModelConfig(**raw["model"])
    raw["data"] = DataConfig(**raw["data"])
    raw["betas"] = tuple(raw["betas"])
    return TrainConfig(**raw)


def state_home() -> Path:
    """The folder, outside the work tree, that holds the runs' checkpoints and prepared data.

    ``REDNOTE_TRAINING_DIR``, else ``$XDG_CACHE_HOME/rednote-helper/training``, else
    ``~/.cache/rednote-helper/training``.
    """
    chosen = os.environ.get("REDNOTE_TRAINING_DIR")
    if chosen:
        return Path(chosen)
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "rednote-helper" / "training"


def run_folder(run: str) -> Path:
    """Where a run keeps what is large: checkpoints, prepared pairs, vocabulary, epochs."""
    return state_home() / run


def record_folder(run: str) -> Path:
    """Where a run keeps what is small and committed: configuration, curves, scores."""
    return RUNS / run
