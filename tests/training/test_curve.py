"""The curve: grows, is cut back when a leg is repeated, and is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.curve import Point, append, draw, read_curve, rewind


def points(*updates: int) -> list[Point]:
    return [Point(n, n * 4000, n * 1.5, 1e-3, 4.0, 3.0, 2.5 if n % 50 == 0 else None)
            for n in updates]  # fmt: skip


def test_rows_come_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "records" / "curve.csv"
    rewind(path, 0)
    assert read_curve(path) == []
    for point in points(25, 50):
        append(path, point)
    assert read_curve(path) == points(25, 50)


def test_what_came_after_the_checkpoint_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "curve.csv"
    rewind(path, 0)
    for point in points(25, 50, 75):
        append(path, point)
    rewind(path, 60)
    append(path, points(75)[0])
    assert [point.update for point in read_curve(path)] == [25, 50, 75]


def test_a_row_that_a_kill_cut_short_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "curve.csv"
    rewind(path, 0)
    for point in points(25, 50):
        append(path, point)
    with path.open("a", encoding="utf-8") as rows:
        rows.write("75,3000")
    assert read_curve(path) == points(25, 50)
    rewind(path, 50)
    append(path, points(75)[0])
    assert read_curve(path) == points(25, 50, 75)


def test_the_picture_is_the_same_for_the_same_points(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the training extra")
    draw(points(25, 50, 75, 100), tmp_path / "a.png", "run t")
    draw(points(25, 50, 75, 100), tmp_path / "b.png", "run t")
    assert (tmp_path / "a.png").read_bytes()[:4] == b"\x89PNG"
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
