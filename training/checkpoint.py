"""Checkpoints: folders of parts of at most 16 MiB, written atomically, the newest few kept.

A part is small enough to be carried by tools that refuse larger files; a manifest with sizes and
checksums makes a half-copied checkpoint an error instead of a strange model.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from pathlib import Path
from typing import IO, Any, cast

import torch

PART_BYTES = 16 << 20
MANIFEST = "manifest.json"


class _Splitter(io.RawIOBase):
    """A file that goes to part-000, part-001, ... of a folder as it is written."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._buffer = folder, bytearray()
        self.parts: list[dict[str, Any]] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        view = memoryview(data)
        self._buffer += view
        while len(self._buffer) >= PART_BYTES:
            self._put(bytes(self._buffer[:PART_BYTES]))
            del self._buffer[:PART_BYTES]
        return view.nbytes

    def finish(self) -> None:
        """Writes what is left."""
        if self._buffer:
            self._put(bytes(self._buffer))
            self._buffer.clear()

    def _put(self, data: bytes) -> None:
        name = f"part-{len(self.parts):03d}"
        _write(self._folder / name, data)
        self.parts.append(
            {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        )


def _write(path: Path, data: bytes) -> None:
    """Writes a file that is on the disk, not on its way there, when this returns."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def save(folder: Path, state: dict[str, Any]) -> None:
    """Writes ``state`` to ``folder``, which appears complete or not at all."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    splitter = _Splitter(part)
    torch.save(state, cast(IO[bytes], splitter))
    splitter.finish()
    manifest = {"update": state.get("update"), "parts": splitter.parts}
    _write(part / MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
    shutil.rmtree(folder, ignore_errors=True)
    part.replace(folder)


def load(folder: Path) -> dict[str, Any]:
    """Reads a checkpoint.

    Raises:
        ValueError: A part is missing or damaged.
    """
    data = bytearray()
    for part in json.loads((folder / MANIFEST).read_text("utf-8"))["parts"]:
        path = folder / part["name"]
        block = path.read_bytes() if path.exists() else b""
        if hashlib.sha256(block).hexdigest() != part["sha256"]:
            raise ValueError(f"{path} is missing or damaged; use an older checkpoint")
        data += block
    state: dict[str, Any] = torch.load(io.BytesIO(data), weights_only=True, map_location="cpu")
    return state


def load_newest(parent: Path) -> dict[str, Any] | None:
    """The newest checkpoint under ``parent`` that is whole; None if there is none at all.

    Raises:
        ValueError: There are some, and every one is damaged.
    """
    damage: ValueError | None = None
    for folder in reversed(folders(parent)):
        try:
            return load(folder)
        except ValueError as error:
            damage = error
    if damage is not None:
        raise damage
    return None


def folders(parent: Path) -> list[Path]:
    """Complete checkpoints under ``parent``, oldest first (their names are update numbers)."""
    found = [p for p in parent.glob("[0-9]*") if p.name.isdigit() and (p / MANIFEST).exists()]
    return sorted(found, key=lambda path: int(path.name))


def keep_newest(parent: Path, count: int) -> None:
    """Deletes all but the newest ``count`` checkpoints."""
    for old in folders(parent)[:-count]:
        shutil.rmtree(old)
