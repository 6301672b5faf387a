"""Reading CTranslate2's binary format, and writing it through its own library."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from training.ctmodel import read_weights


def name(text: str) -> bytes:
    return struct.pack("<H", len(text) + 1) + text.encode() + b"\0"


def variable(text: str, value: np.ndarray, kind: int) -> bytes:
    shape = struct.pack(f"<B{value.ndim}I", value.ndim, *value.shape)
    return name(text) + shape + struct.pack("<BI", kind, value.nbytes) + value.tobytes()


def model(*variables: bytes, aliases: tuple[tuple[str, str], ...] = (), version: int = 6) -> bytes:
    head = struct.pack("<I", version) + name("TransformerSpec") + struct.pack("<I", 7)
    tail = struct.pack("<I", len(aliases)) + b"".join(name(a) + name(b) for a, b in aliases)
    return head + struct.pack("<I", len(variables)) + b"".join(variables) + tail


def test_int8_rows_are_divided_by_their_scales() -> None:
    data = model(
        variable("w", np.array([[127, -64], [10, 0]], np.int8), 1),
        variable("w_scale", np.array([127, 20], np.float32), 0),
        variable("b", np.array([0.5, -1], np.float32), 0),
        variable("heads", np.array(4, np.int16), 2),
        aliases=(("again", "w"),),
    )
    weights = read_weights(data)
    assert set(weights) == {"w", "b", "heads", "again"}
    np.testing.assert_allclose(weights["w"], [[1, -64 / 127], [0.5, 0]], rtol=1e-6)
    np.testing.assert_array_equal(weights["again"], weights["w"])
    assert weights["heads"] == 4


def test_another_version_and_a_cut_file_are_refused() -> None:
    whole = model(variable("b", np.zeros(8, np.float32), 0))
    with pytest.raises(ValueError, match="version 5"):
        read_weights(model(version=5))
    with pytest.raises(ValueError, match="middle"):
        read_weights(whole[:-20])
