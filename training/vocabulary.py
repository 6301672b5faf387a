"""Stage `vocabulary`: trains the joint SentencePiece model on both sides of the training pairs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import sentencepiece

from training.config import record_folder, run_folder
from training.pieces import CONTROLS, PLACEHOLDERS, Pieces
from training.prepare import checksum, load_pairs
from training.progress import Reporter


def vocabulary_lines(folder: Path, own_copies: int, seed: int) -> Iterator[str]:
    """What the model is trained on: our own pairs so often that they weigh as in training.

    Every English line comes once as it is and once in lower case, every Chinese line once with
    full-width and once with half-width marks: that is how source and target sides will look
    (targets are as they are, sources normalised), and both need pieces.
    """
    half = str.maketrans("，。！？：；（）", ",。!?:;()")
    lines = load_pairs(folder, "train") * own_copies + load_pairs(folder, "external")
    Random(seed).shuffle(lines)
    for line in lines:
        yield line.english
        yield line.english.lower()
        yield line.chinese
        yield line.chinese.translate(half)


def train_vocabulary(run: str, size: int, report: Reporter, own_copies: int = 2) -> None:
    """Runs the stage; does nothing if the run has a vocabulary already.

    The model is a unigram model with byte fallback off, characters that make up 0.02 per cent of
    the text unknown, placeholders as pieces of their own, and NFKC with case folding as its
    normaliser (`pieces` says how targets escape it).
    """
    folder = run_folder(run)
    path = folder / "sentencepiece.model"
    if path.exists():
        report.say(f"vocabulary: {path} is there already ({Pieces.load(path).size} pieces)")
        return
    with tempfile.TemporaryDirectory() as scratch:
        prefix = str(Path(scratch) / "model")
        # Trained with the identity normaliser, so that capitals and full-width marks get pieces;
        # the normaliser is put in afterwards.
        common: dict[str, Any] = {
            "model_type": "unigram", "vocab_size": size, "character_coverage": 0.9998,
            "pad_id": 0, "unk_id": 1, "bos_id": 2, "eos_id": 3, "pad_piece": CONTROLS[0],
            "unk_piece": CONTROLS[1], "bos_piece": CONTROLS[2], "eos_piece": CONTROLS[3],
            "control_symbols": list(CONTROLS[4:]), "user_defined_symbols": list(PLACEHOLDERS),
            "split_digits": True, "num_threads": 2, "minloglevel": 2, "max_sentence_length": 4000,
            "input_sentence_size": 1_000_000, "shuffle_input_sentence": False,
        }  # fmt: skip
        lines = list(vocabulary_lines(folder, own_copies, seed=1))
        report.say(f"vocabulary: training on {len(lines)} lines")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines), model_prefix=prefix,
            normalization_rule_name="identity", **common,
        )  # fmt: skip
        trained = Path(prefix + ".model").read_bytes()
        # Any text will do to obtain the normaliser's table.
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["abcdefgh"] * 9), model_prefix=prefix + "-folded",
            model_type="char", vocab_size=12, normalization_rule_name="nfkc_cf", minloglevel=2,
            hard_vocab_limit=False,
        )  # fmt: skip
        folded = Path(prefix + "-folded.model").read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(with_normaliser_of(trained, folded))
    found = Pieces.load(path)
    record = record_folder(run)
    record.mkdir(parents=True, exist_ok=True)
    (record / "vocabulary.json").write_text(
        json.dumps({"pieces": found.size, "sha256": checksum(path)}, indent=1) + "\n", "utf-8"
    )
    report.say(f"vocabulary: {found.size} pieces in {path}")


def with_normaliser_of(model: bytes, other: bytes) -> bytes:
    """``model`` with the normaliser of ``other``."""
    from training.pieces import NORMALISER_FIELD, message_fields

    normaliser = [whole for number, whole, _ in message_fields(other) if number == NORMALISER_FIELD]
    rest = [whole for number, whole, _ in message_fields(model) if number != NORMALISER_FIELD]
    return b"".join(rest + normaliser)
