"""Composes an epoch: which pairs, distorted how, in which batches. A pure function of its seed.

An epoch is encoded once and kept as one file of 16-bit piece numbers, so that a run that is
restarted goes on in the middle without encoding anything again.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from training.augment import distort, hold_places
from training.config import DataConfig
from training.pieces import PAD, Pieces
from training.prepare import pairs_file
from training.readers import Line

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """One padded batch.

    Attributes:
        sources: [B, S] piece numbers, tag first.
        targets: [B, T + 1]; the decoder reads all but the last and predicts all but the first.
        tokens: How many target pieces there are to predict.
    """

    sources: Ids
    targets: Ids
    tokens: int


@dataclass(frozen=True, slots=True)
class Epoch:
    """Encoded pairs and the order of their batches.

    Attributes:
        pieces: All sources and targets, one behind the other.
        starts: [2 N + 1]; source n is at ``starts[2 n]``, its target at ``starts[2 n + 1]``.
        order: Numbers of pairs, batch by batch.
        bounds: [number of batches + 1] into ``order``.
    """

    pieces: NDArray[np.uint16]
    starts: NDArray[np.int64]
    order: NDArray[np.int32]
    bounds: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def batch(self, number: int) -> Batch:
        """The batch at this place in the epoch's order."""
        pairs = self.order[self.bounds[number] : self.bounds[number + 1]]
        sources = self._padded(2 * pairs.astype(np.int64))
        targets = self._padded(2 * pairs.astype(np.int64) + 1)
        return Batch(sources, targets, int((targets[:, 1:] != PAD).sum()))

    def _padded(self, rows: NDArray[np.int64]) -> Ids:
        lengths = self.starts[rows + 1] - self.starts[rows]
        out = np.full((len(rows), int(lengths.max())), PAD, np.int64)
        for line, row, length in zip(out, rows, lengths, strict=True):
            start = self.starts[row]
            line[:length] = self.pieces[start : start + length]
        return out


def compose(
    own: list[Line], external: list[Line], config: DataConfig, rng: Random
) -> Iterator[tuple[str, str, str]]:
    """(source, target, target language) of every pair of an epoch, in no particular order."""
    lines = [line for line in own for _ in range(config.own_copies)]
    lines += [line for line in external if rng.random() < config.external_share]
    for line in lines:
        # What a model wrote ("bt-zh": the Chinese is real, the English is not) is a source only.
        only = line.source[3:] if line.source.startswith(("bt-", "kd-")) else ""
        for language in (only,) if only else ("zh", "en"):
            english, chinese = line.english, line.chinese
            if line.source != "dict" and rng.random() < config.placeholders:
                english, chinese = hold_places(english, chinese, rng)
            pair = (english, chinese) if language == "zh" else (chinese, english)
            if line.source != "dict" and rng.random() < config.noise:
                pair = distort(*pair, "en" if language == "zh" else "zh", rng)
            yield *pair, language


def build_epoch(
    number: int,
    own: list[Line],
    external: list[Line],
    pieces: Pieces,
    config: DataConfig,
    seed: int,
    micro_tokens: int,
) -> Epoch:
    """Encodes epoch ``number``.

    Batches hold pairs of like length (sorted by source, then target length, with some jitter, so
    that the same pairs do not always meet: one piece in 150 is padding), at most ``micro_tokens``
    padded pieces on the larger side, and come in random order.
    """
    rng = Random(f"{seed}:{number}")
    triples = list(compose(own, external, config, rng))
    encoded: list[tuple[list[int], list[int]]] = []
    for language in ("zh", "en"):
        chosen = [(source, target) for source, target, tag in triples if tag == language]
        sources = pieces.sources([source for source, _ in chosen], language)
        targets = pieces.targets([target for _, target in chosen])
        encoded += [
            pair
            for pair in zip(sources, targets, strict=True)
            if max(map(len, pair)) <= config.max_pieces
        ]
    flat = [ids for pair in encoded for ids in pair]
    starts = np.zeros(len(flat) + 1, np.int64)
    np.cumsum([len(ids) for ids in flat], out=starts[1:])
    lengths = np.diff(starts).reshape(-1, 2)
    draw = np.random.default_rng(rng.getrandbits(64))
    order = np.lexsort(
        (
            lengths[:, 1] + draw.uniform(0, 1.5, len(lengths)),
            np.floor(lengths[:, 0] + draw.uniform(0, 1, len(lengths))),
        )
    )
    bounds = [0]
    longest = 0
    for at, pair in enumerate(order):
        longest = max(longest, int(lengths[pair].max()))
        if at > bounds[-1] and longest * (at + 1 - bounds[-1]) > micro_tokens:
            bounds.append(at)
            longest = int(lengths[pair].max())
    bounds.append(len(order))
    spans = [(bounds[n], bounds[n + 1]) for n in draw.permutation(len(bounds) - 1)]
    return Epoch(
        pieces=np.fromiter((n for ids in flat for n in ids), np.uint16, int(starts[-1])),
        starts=starts,
        order=np.concatenate([order[a:b] for a, b in spans]).astype(np.int32),
        bounds=np.cumsum([0, *(b - a for a, b in spans)]).astype(np.int32),
    )


def fingerprint(folder: Path, config: DataConfig, seed: int, micro_tokens: int) -> str:
    """Twelve hex digits that change when an epoch would: pairs, vocabulary, settings."""
    from training import CODE_VERSION

    digest = hashlib.sha256(repr((CODE_VERSION, config, seed, micro_tokens)).encode())
    parts = [pairs_file(folder, name) for name in ("train", "external", "synthetic")]
    for path in (*parts, folder / "sentencepiece.model"):
        data = path.read_bytes() if path.exists() else b"-"
        digest.update(gzip.decompress(data) if path.suffix == ".gz" else data)
    return digest.hexdigest()[:12]


def save_epoch(path: Path, epoch: Epoch) -> None:
    """Writes an epoch, atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez(part, pieces=epoch.pieces, starts=epoch.starts, order=epoch.order, bounds=epoch.bounds)
    part.replace(path)


def load_epoch(path: Path) -> Epoch:
    """Reads what :func:`save_epoch` wrote."""
    with np.load(path) as parts:
        return Epoch(parts["pieces"], parts["starts"], parts["order"], parts["bounds"])
