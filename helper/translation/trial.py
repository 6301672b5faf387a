"""Whether an unpacked package works: its parts are there, its weights load and translate."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helper.errors import N_, PackageError
from helper.translation.archive import parse_metadata

#: Language codes that packages may translate between.
LANGUAGES = ("en", "zh")
_NEEDED = ("metadata.json", "model/model.bin", "model/config.json")
_TOKENIZERS = ("sentencepiece.model", "bpe.model")
#: Sentences that any translator between English and Chinese must match to their translations.
_PAIRS = (
    ("Thank you so much!", "非常感谢！"),
    ("Where are you from?", "你是哪里人？"),
    ("I love cats.", "我喜欢猫。"),
    ("This is delicious.", "这个很好吃。"),
    ("See you tomorrow.", "明天见。"),
    ("How much is it?", "多少钱？"),
    ("I am learning Chinese.", "我在学中文。"),
    ("Good night.", "晚安。"),
)
#: The right translation of at least so many must be likelier than the seven others; the
#: bundled packages manage 7 and 8, weights of which a tenth is noise about 3, noise alone 1.
_MATCHED = 4
#: Mean log-probability per token that right translations must reach (bundled: −1.4 and −1.9).
_LIKELY = -4.0
_SCRIPTS = {"en": re.compile("[A-Za-z]"), "zh": re.compile("[\u4e00-\u9fff]")}


def check_folder(folder: Path) -> dict[str, Any]:
    """Check an unpacked package and return its metadata.

    Raises:
        PackageError: a part is missing, the languages are others than English and Chinese, or
            the weights do not load or do not translate; the message says which.
    """
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        missing.append(_TOKENIZERS[0])
    if missing:
        raise PackageError(
            N_("The package %(name)s is incomplete: %(missing)s is missing."),
            name=folder.name, missing=", ".join(missing),
        )
    metadata = parse_metadata((folder / "metadata.json").read_bytes(), folder.name)
    check_direction(metadata, folder.name)
    _try_weights(folder, metadata["from_code"], metadata["to_code"])
    return metadata


def check_direction(metadata: dict[str, Any], name: str) -> None:
    """PackageError if the metadata's languages are not the two that are used here."""
    source, target = metadata["from_code"], metadata["to_code"]
    if source not in LANGUAGES or target not in LANGUAGES or source == target:
        raise PackageError(
            N_("The package %(name)s translates %(source)s to %(target)s; only English and Chinese"
               " are used here."), name=name, source=source, target=target,
        )


def placeholders(folder: Path, metadata: dict[str, Any]) -> int:
    """How many ⟦n⟧ an unpacked package carries through a sentence: what its metadata says, or
    else how many its vocabulary lists among the special pieces at its start."""
    stated = metadata.get("placeholders")
    if isinstance(stated, int):
        return stated
    vocabulary = folder / "model" / "shared_vocabulary.json"
    try:
        tokens = set(json.loads(vocabulary.read_text(encoding="utf-8"))[:64])
    except (OSError, ValueError, TypeError):
        return 0
    return sum(f"⟦{n}⟧" in tokens for n in range(1, 10))


def _try_weights(folder: Path, source: str, target: str) -> None:
    """Load the model once and let it tell translations of a few sentences apart.

    Weights in which some bytes were changed load without complaint, hence the second part.
    """
    import ctranslate2
    from argostranslate.package import Package

    error: Exception | None = None
    try:
        tokenizer = Package(folder).tokenizer
        translator = ctranslate2.Translator(str(folder / "model"), device="cpu", intra_threads=1)
        side = LANGUAGES.index(source)
        sources = [tokenizer.encode(pair[side]) for pair in _PAIRS]
        targets = [tokenizer.encode(pair[1 - side]) for pair in _PAIRS]
        if _tells_apart(translator, sources, targets):
            best = translator.translate_batch(sources, beam_size=1, max_decoding_length=32)
            text = "".join(tokenizer.decode(result.hypotheses[0]) for result in best)
            if _SCRIPTS[target].search(text):
                return
    except Exception as broken:  # ctranslate2 raises whatever its parsers stumble over
        error = broken
    raise PackageError(
        N_("The weights of the package %(name)s are damaged; nothing was changed."),
        name=folder.name,
    ) from error


def _tells_apart(
    translator: Any, sources: Sequence[list[str]], targets: Sequence[list[str]]
) -> bool:
    count = len(sources)
    scores = translator.score_batch(
        [tokens for tokens in sources for _ in range(count)], [*targets] * count
    )
    means = [sum(score.log_probs) / max(1, len(score.log_probs)) for score in scores]
    rows = [means[row * count: (row + 1) * count] for row in range(count)]
    matched = sum(max(row) == row[place] for place, row in enumerate(rows))
    likely = sum(row[place] for place, row in enumerate(rows)) / count
    # NaN, which broken weights give, fails both comparisons
    return matched >= _MATCHED and likely >= _LIKELY
