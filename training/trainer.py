"""The training loop: one update after the other, the same whether or not it was interrupted."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import torch
from torch import Tensor, nn

from training import checkpoint, curve
from training.config import TrainConfig
from training.curve import Point
from training.epochs import Batch, Epoch
from training.loss import smoothed_loss
from training.model import Transformer
from training.pieces import PAD
from training.progress import Reporter

#: Updates between two rows of the curve, two refills of the dropout pool, two steps of the average.
ROW_EVERY, REFILL_EVERY, AVERAGE_EVERY = 25, 20, 5
KEEP_CHECKPOINTS, KEEP_SNAPSHOTS, SNAPSHOT_EVERY = 2, 6, 1000


def rate(config: TrainConfig, update: int, fresh_from: int = 0) -> float:
    """AdamW's step size at an update (counted from one); it warms up from ``fresh_from``, the
    update at which the optimiser knew nothing."""
    if config.cool_from < update <= config.cool_until:
        cooled = (config.cool_until - update) / (config.cool_until - config.cool_from)
    else:
        cooled = 1.0
    if update > config.cool_until > config.cool_from:
        fresh_from = max(fresh_from, config.cool_until)
    start = config.rate_from
    slope = math.sqrt(start / (start + max(0, update - config.warmup)))
    return config.peak_rate * min(1.0, (update - fresh_from) / config.warmup) * slope * cooled


def decay(config: TrainConfig, update: int) -> float:
    """What the average keeps of itself at an update. A young run is averaged over its last
    quarter only: the beginning is to be forgotten; a run that cools down, over a tenth of that."""
    kept = min(config.ema, update / (update + 4))
    if config.cool_from < update <= config.cool_until:
        kept = min(kept, max(0.0, 1 - 10 / (config.cool_until - config.cool_from)))
    return kept


class Trainer:
    """A model in training, with everything that the next update depends on.

    Attributes:
        update: Updates made.
        epoch, at: The epoch, and how many of its batches have been used.
        tokens: Target pieces seen; seconds: time spent.
        data_mark: Names the data that epochs are made of; a checkpoint that was made with other
            data goes on with the beginning of the next epoch.
        fresh_from: The update at which the optimiser knew nothing: 0, or where a checkpoint
            without its state was taken up.
        average: The exponential average of the weights.
    """

    def __init__(
        self,
        config: TrainConfig,
        model: Transformer,
        epoch_of: Callable[[int], Epoch],
        dev: list[Batch],
        device: torch.device,
        report: Reporter,
        data_mark: str = "",
    ) -> None:
        self.config, self.report, self.device = config, report, device
        self.data_mark = data_mark
        self.model = model.to(device).train()
        self.average = Transformer(config.model).to(device).eval()
        self.average.load_state_dict(model.state_dict())
        self.dev = dev
        self.update = self.epoch = self.at = self.tokens = 0
        self.seconds = 0.0
        self._epoch_of = epoch_of
        self.fresh_from = 0
        self._sums = torch.zeros(3, dtype=torch.float64, device=device)
        self._pool = -1
        matrices = [p for p in model.parameters() if p.ndim >= 2]
        vectors = [p for p in model.parameters() if p.ndim < 2]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": config.weight_decay},
                {"params": vectors, "weight_decay": 0.0},
            ],
            lr=config.peak_rate, betas=config.betas, eps=1e-9, fused=True,
        )  # fmt: skip
        self._run: Callable[[Tensor, Tensor], Tensor] = self.model
        if device.type == "cuda":
            self._run = torch.compile(self.model, dynamic=True)

    def _autocast(self) -> AbstractContextManager[object]:
        return torch.autocast(self.device.type, torch.bfloat16)

    def _loss(self, batch: Batch, smoothing: float, training: bool) -> tuple[Tensor, Tensor]:
        model = self.model if training else self.average
        sources = torch.from_numpy(batch.sources).to(self.device)
        targets = torch.from_numpy(batch.targets).to(self.device)
        with self._autocast():
            hidden = (self._run if training else model)(sources, targets[:, :-1])
        gold = targets[:, 1:].reshape(-1)
        counts = gold != PAD
        hidden = hidden.reshape(-1, hidden.shape[-1])[counts].to(torch.bfloat16)
        weight, bias = (p.to(torch.bfloat16) for p in (model.embedding, model.bias))
        return smoothed_loss(hidden, weight, bias, gold[counts], smoothing)

    def _batches(self) -> Iterator[Batch]:
        """From where the run stands, for ever."""
        while True:
            epoch = self._epoch_of(self.epoch)
            while self.at < len(epoch):
                self.at += 1
                yield epoch.batch(self.at - 1)
            self.epoch, self.at = self.epoch + 1, 0

    def _refill(self) -> None:
        """Dropout depends on nothing but the number of the update."""
        pool = self.update // REFILL_EVERY
        if self.device.type == "cuda":
            torch.manual_seed(self.config.seed * 1_000_003 + self.update)
            return
        self.model.drop.reseed(self.config.seed * 1_000_003 + self.update)
        if pool != self._pool:
            self.model.drop.refill(self.config.seed * 7919 + pool, self.device, torch.bfloat16)
            self._pool = pool

    def step(self, batches: Iterator[Batch]) -> None:
        """One update."""
        self._refill()
        self.update += 1
        used: list[Batch] = []
        enough = 0.75 * self.config.batch_tokens
        while sum(batch.tokens for batch in used) < enough:
            used.append(next(batches))
        count = sum(batch.tokens for batch in used)
        for batch in used:
            loss, plain = self._loss(batch, self.config.smoothing, training=True)
            (loss / count).backward()  # type: ignore[no-untyped-call]
            self._sums[0] += loss.detach()
            self._sums[1] += plain
            self._sums[2] += batch.tokens
        nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = rate(self.config, self.update, self.fresh_from)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.tokens += count
        if self.update % AVERAGE_EVERY == 0:
            share = 1 - decay(self.config, self.update) ** AVERAGE_EVERY
            with torch.no_grad():
                torch._foreach_lerp_(
                    list(self.average.parameters()), list(self.model.parameters()), share
                )

    @torch.no_grad()
    def dev_loss(self) -> float:
        """Plain loss per piece of the averaged weights on the dev sample, in nats."""
        total = sum(float(self._loss(batch, 0.0, training=False)[1]) for batch in self.dev)
        return total / max(1, sum(batch.tokens for batch in self.dev))

    def train(self, until: int, folder: Path, curve_path: Path, stop: Callable[[], bool]) -> None:
        """Updates until there are ``until`` of them or ``stop()`` says so; saves at the end."""
        batches = self._batches()
        saved = started = time.monotonic()
        before = self.seconds
        while self.update < until and not stop():
            self.step(batches)
            self.seconds = before + time.monotonic() - started
            looked = self.update % self.config.dev_every == 0
            if self.update % ROW_EVERY == 0 or looked:
                loss, plain, count = self._sums.tolist()
                point = Point(
                    self.update, self.tokens, self.seconds,
                    rate(self.config, self.update, self.fresh_from),
                    loss / max(1, count), plain / max(1, count),
                    self.dev_loss() if looked and self.dev else None,
                )  # fmt: skip
                self._sums.zero_()
                curve.append(curve_path, point)
                self._tell(point)
            if self.update % SNAPSHOT_EVERY == 0 or self.update == self.config.cool_until:
                self._snapshot(folder)
            if time.monotonic() - saved > 60 * self.config.save_minutes:
                self.save(folder)
                saved = time.monotonic()
        self.save(folder)

    def _tell(self, point: Point) -> None:
        dev = "" if point.dev is None else f"  dev {point.dev:.4f}"
        if point.dev is not None or point.update % 100 == 0:
            speed = point.tokens / max(1.0, point.seconds)
            self.report.say(
                f"update {point.update}  epoch {self.epoch}:{self.at}  plain {point.plain:.4f}"
                f"{dev}  {speed:.0f} pieces/s  {point.seconds / 60:.1f} min"
            )

    def _snapshot(self, folder: Path) -> None:
        parent = folder / "snapshots"
        state = {"update": self.update, "average": self.average.state_dict()}
        checkpoint.save(parent / str(self.update), state)
        checkpoint.keep_newest(parent, KEEP_SNAPSHOTS)

    def save(self, folder: Path) -> None:
        """Writes a checkpoint from which :meth:`restore` goes on exactly."""
        parent = folder / "checkpoints"
        state = {
            "update": self.update, "data": self.data_mark, "epoch": self.epoch, "at": self.at,
            "tokens": self.tokens, "seconds": self.seconds, "sums": self._sums.tolist(),
            "model": self.model.state_dict(), "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(), "fresh_from": self.fresh_from,
        }  # fmt: skip
        checkpoint.save(parent / str(self.update), state)
        checkpoint.keep_newest(parent, KEEP_CHECKPOINTS)

    def restore(self, folder: Path) -> bool:
        """Goes back to the newest checkpoint that is whole; whether there was one."""
        state = checkpoint.load_newest(folder / "checkpoints")
        if state is None:
            return False
        self.update, self.epoch, self.at = state["update"], state["epoch"], state["at"]
        if state.get("data", self.data_mark) != self.data_mark:
            self.epoch, self.at = self.epoch + 1, 0
        self.tokens, self.seconds = state["tokens"], state["seconds"]
        self.average.load_state_dict(state["average"])
        self.model.load_state_dict(state.get("model", state["average"]))
        if "optimiser" in state:
            self.optimiser.load_state_dict(state["optimiser"])
            self._sums += torch.tensor(state["sums"], dtype=torch.float64, device=self.device)
            self.fresh_from = state.get("fresh_from", 0)
        else:
            self.fresh_from = self.update
        return True
