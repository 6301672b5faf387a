"""Packages: the same bytes for the same parts, and what plain argostranslate asks of them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from training.package import (
    VERSION,
    Origin,
    file_name,
    folder_name,
    metadata,
    unpack,
    write_package,
)

ORIGIN = Origin("tiny", 7000, 28_000_000, 1)
PARTS = {"sentencepiece.model": b"sp", "model/model.bin": b"weights", "model/config.json": b"{}"}


def test_the_same_parts_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.argosmodel", tmp_path / "two.argosmodel"
    write_package(one, "en", "zh", ORIGIN, PARTS)
    write_package(two, "en", "zh", ORIGIN, dict(reversed(PARTS.items())))
    assert one.read_bytes() == two.read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_its_one_folder_and_its_names() -> None:
    assert folder_name("en", "zh") == f"translate-en_zh-{VERSION.replace('.', '_')}"
    assert file_name("zh", "en") == "translate-zh_en.argosmodel"


def test_metadata_says_what_argos_needs_and_where_it_comes_from() -> None:
    said = metadata("en", "zh", ORIGIN)
    assert {"package_version", "argos_version", "from_code", "from_name", "to_code", "to_name"} <= (
        set(said)
    )
    assert (said["type"], said["placeholders"]) == ("translate", 5)
    assert said["training"]["updates"] == 7000


def test_it_unpacks_again(tmp_path: Path) -> None:
    path = tmp_path / "p.argosmodel"
    write_package(path, "en", "zh", ORIGIN, PARTS)
    folder = unpack(path, tmp_path / "out")
    assert (folder / "model" / "model.bin").read_bytes() == b"weights"
    assert json.loads((folder / "metadata.json").read_text("utf-8"))["to_code"] == "zh"
    assert "CC BY" in (folder / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/evil"])
def test_entries_outside_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "p.argosmodel"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("a/model/model.bin", b"x")
        out.writestr(name, b"x")
    with pytest.raises(ValueError, match="one folder"):
        unpack(path, tmp_path / "out")
    assert not (tmp_path / "evil").exists()


def test_a_package_without_a_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.argosmodel"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("a/metadata.json", b"{}")
    with pytest.raises(ValueError, match="no model"):
        unpack(path, tmp_path / "out")
