"""An .argosmodel: a zip with one folder that argostranslate unpacks. No PyTorch needed here.

The same parts give the same bytes: entries are sorted, uncompressed (compressors differ between
versions, and int8 weights hardly shrink), and bear one fixed date.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.pieces import PLACEHOLDERS

VERSION = "1.3"
NAMES = {"en": "English", "zh": "Chinese"}
DIRECTIONS = (("en", "zh"), ("zh", "en"))
_DATE = (2025, 1, 1, 0, 0, 0)

README = """Translates {source} into {target}: a compact Transformer for casual text, made by the
pipeline in training/ of RedNote Helper.

Trained on our own corpus (CC BY 4.0) and on MSCTD (MIT), XDailyDialog (Apache-2.0), Tatoeba (CC BY
2.0 FR, tatoeba.org) and short glosses from CC-CEDICT (CC BY-SA 4.0). It errs, most of all with
names and with long or formal sentences: do not rely on it where a mistake can hurt somebody.
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a package's weights come from; stated in its metadata.

    Attributes:
        run: Name of the training run.
        updates: Updates behind the weights.
        tokens: Target pieces that the run had seen by then.
        averaged: How many sets of averaged weights were averaged again.
    """

    run: str
    updates: int
    tokens: int
    averaged: int


def folder_name(source: str, target: str) -> str:
    """The folder inside the package, as argostranslate names it."""
    return f"translate-{source}_{target}-{VERSION.replace('.', '_')}"


def file_name(source: str, target: str) -> str:
    """The package's file name."""
    return f"translate-{source}_{target}.argosmodel"


def metadata(
    source: str, target: str, origin: Origin, scores: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """What metadata.json says. argostranslate passes over the keys that it does not know:
    ``placeholders`` (how many ⟦n⟧ the source side knows), ``training``, and ``scores`` (``chrf``
    and ``bleu`` on our own test split, where they have been measured)."""
    return {
        "package_version": VERSION,
        "argos_version": "1.5",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "type": "translate",
        "placeholders": len(PLACEHOLDERS),
        "training": {
            "run": origin.run, "updates": origin.updates, "target_pieces": origin.tokens,
            "averaged": origin.averaged,
        },
        **({"scores": dict(scores)} if scores else {}),
    }  # fmt: skip


def write_package(
    path: Path, source: str, target: str, origin: Origin, parts: Mapping[str, bytes],
    scores: Mapping[str, float] | None = None,
) -> None:  # fmt: skip
    """Writes a package, atomically.

    Args:
        path: The .argosmodel to make.
        source, target: Language codes, ``en`` and ``zh``.
        origin: Stated in the metadata.
        parts: File contents by path inside the folder: ``sentencepiece.model`` and what
            CTranslate2 wants under ``model/``.
        scores: Stated in the metadata, if they are known.
    """
    described = json.dumps(metadata(source, target, origin, scores), indent=1, ensure_ascii=False)
    readme = README.format(source=NAMES[source], target=NAMES[target])
    whole = dict(parts)
    whole["metadata.json"] = described.encode() + b"\n"
    whole["README.md"] = readme.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(f"{folder_name(source, target)}/{name}", _DATE)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            package.writestr(entry, whole[name])
    unfinished.replace(path)


def unpack(path: Path, into: Path) -> Path:
    """Unpacks a package and returns its folder.

    Raises:
        ValueError: The zip has an entry outside its one folder, or no model.
    """
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        tops = {name.split("/")[0] for name in names}
        if len(tops) != 1 or any(".." in name.split("/") or name.startswith("/") for name in names):
            raise ValueError(f"{path.name} is not a package with one folder")
        package.extractall(into)
    folder = into / tops.pop()
    if not (folder / "model" / "model.bin").exists():
        raise ValueError(f"{path.name} holds no model")
    return folder
