"""Reads the weights of a CTranslate2 `model.bin`, dequantised to float32.

The format (CTranslate2's ``ModelSpec._serialize``), little-endian: version u32; specification
name; revision u32; number of variables u32; per variable its name, rank u8, dimensions u32 each,
element type u8, length in bytes u32, data; number of aliases u32; per alias its name and the
name of the variable it stands for. A name is a u16 length, the bytes and a NUL that the length
counts. An int8 matrix has a companion ``<name>_scale`` with one number a row: w = q / scale.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

_TYPES = ("<f4", "i1", "<i2", "<i4", "<f2")

Weights = dict[str, NDArray[np.float32]]


class _Reader:
    """A cursor over the file's bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def number(self, code: str) -> int:
        (value,) = struct.unpack_from("<" + code, self.data, self.at)
        self.at += struct.calcsize(code)
        return int(value)

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise ValueError("model.bin ends in the middle of a variable")
        self.at += count
        return self.data[self.at - count : self.at]

    def name(self) -> str:
        return self.take(self.number("H"))[:-1].decode()


def read_weights(data: bytes) -> Weights:
    """Every float or int8 variable of a `model.bin` by name, as float32; aliases resolved.

    Scalars (settings such as ``num_heads``) are arrays of rank 0.

    Raises:
        ValueError: The bytes are not a CTranslate2 model of version 6, or are cut short.
    """
    reader = _Reader(data)
    version = reader.number("I")
    if version != 6:
        raise ValueError(f"model.bin has format version {version}; this reads version 6")
    reader.name()
    reader.number("I")
    raw: dict[str, NDArray[np.generic]] = {}
    for _ in range(reader.number("I")):
        name = reader.name()
        shape = tuple(reader.number("I") for _ in range(reader.number("B")))
        kind = reader.number("B")
        if kind >= len(_TYPES):
            raise ValueError(f"{name}: element type {kind} is not known here")
        length = reader.number("I")
        raw[name] = np.frombuffer(reader.take(length), _TYPES[kind]).reshape(shape)
    weights: Weights = {}
    for name, value in raw.items():
        if name.endswith("_scale"):
            continue
        floats = value.astype(np.float32)
        if (scale := raw.get(name + "_scale")) is not None:
            floats = floats / scale.astype(np.float32).reshape(-1, *[1] * (floats.ndim - 1))
        weights[name] = floats
    for _ in range(reader.number("I")):
        alias, target = reader.name(), reader.name()
        weights[alias] = weights[target]
    return weights


def read_package(path: Path) -> tuple[Weights, bytes, list[str]]:
    """An .argosmodel's weights, SentencePiece model and list of pieces.

    Raises:
        ValueError: A part is missing.
    """
    import json

    with zipfile.ZipFile(path) as package:
        parts = {"/".join(PurePosixPath(name).parts[1:]): name for name in package.namelist()}
        try:
            weights = read_weights(package.read(parts["model/model.bin"]))
            pieces = package.read(parts["sentencepiece.model"])
            vocabulary = json.loads(package.read(parts["model/shared_vocabulary.json"]))
        except KeyError as missing:
            raise ValueError(f"{path.name} has no {missing.args[0]}") from None
    return weights, pieces, list(vocabulary)
