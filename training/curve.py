"""The learning curve: a CSV that grows with the run, and a picture of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Point:
    """One row of the curve.

    Attributes:
        update: Updates made so far.
        tokens: Target pieces seen so far.
        seconds: Time spent training so far, over all legs.
        rate: The step size.
        loss: Mean smoothed loss per piece since the last row, in nats.
        plain: The same without smoothing.
        dev: Plain loss per piece of the averaged weights on a sample of dev pairs; blank between
            evaluations.
    """

    update: int
    tokens: int
    seconds: float
    rate: float
    loss: float
    plain: float
    dev: float | None = None


_NAMES = [field.name for field in fields(Point)]


def read_curve(path: Path) -> list[Point]:
    """Every whole row of the file, oldest first; none if there is no file. A row that a kill cut
    short lies behind the last checkpoint, and is written again."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Point(
                update=int(row["update"]), tokens=int(row["tokens"]),
                seconds=float(row["seconds"]), rate=float(row["rate"]), loss=float(row["loss"]),
                plain=float(row["plain"]), dev=float(row["dev"]) if row["dev"] else None,
            )
            for row in csv.DictReader(line for line in rows if line.endswith("\n"))
            if row["dev"] is not None
        ]  # fmt: skip


def _row(point: Point) -> list[str]:
    dev = "" if point.dev is None else f"{point.dev:.5f}"
    return [
        str(point.update), str(point.tokens), f"{point.seconds:.1f}", f"{point.rate:.3e}",
        f"{point.loss:.6f}", f"{point.plain:.6f}", dev,
    ]  # fmt: skip


def rewind(path: Path, update: int) -> None:
    """Drops the rows behind ``update``: what a killed leg wrote after its last checkpoint."""
    kept = [point for point in read_curve(path) if point.update <= update]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_NAMES)
        writer.writerows(map(_row, kept))
    part.replace(path)


def append(path: Path, point: Point) -> None:
    """Adds one row."""
    with path.open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerow(_row(point))


def draw(points: list[Point], path: Path, title: str) -> None:
    """Draws losses over updates as a PNG (the same bytes for the same points)."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4), dpi=110)
    axes.plot([p.update for p in points], [p.plain for p in points], lw=0.7, label="train")
    dev = [(p.update, p.dev) for p in points if p.dev is not None]
    axes.plot([x for x, _ in dev], [y for _, y in dev], marker=".", label="dev (averaged weights)")
    axes.set(xlabel="updates", ylabel="nats per target piece", title=title)
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})
    pyplot.close(figure)
