"""The vocabulary: the source side folds, the target side does not, and text comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.pieces import BOS, CONTROLS, EOS, PLACEHOLDERS, TAGS, Pieces, without_normaliser
from training.prepare import prepare
from training.progress import Reporter
from training.vocabulary import train_vocabulary


@pytest.fixture
def pieces(workshop: Path) -> Pieces:
    from training.config import record_folder, run_folder

    prepare(run_folder("t"), record_folder("t"), [], None, Reporter())
    train_vocabulary("t", 950, Reporter())
    assert (record_folder("t") / "vocabulary.json").exists()
    return Pieces.load(run_folder("t") / "sentencepiece.model")


def test_control_pieces_come_first(pieces: Pieces) -> None:
    assert pieces.size == 950
    assert tuple(pieces.vocabulary()[:11]) == CONTROLS + PLACEHOLDERS


def test_sources_fold_capitals_and_width(pieces: Pieces) -> None:
    first, second = pieces.sources(["Where IS Ｅveryone？", "where is everyone?"], "zh")
    assert first == second
    assert (first[0], first[-1]) == (TAGS["zh"], EOS)


def test_targets_keep_capitals_and_width(pieces: Pieces) -> None:
    for text in ("Where is Everyone?", "我在这里，你呢？"):
        (ids,) = pieces.targets([text])
        assert (ids[0], ids[-1]) == (BOS, EOS)
        assert pieces.text(ids) == text


def test_placeholders_are_single_pieces(pieces: Pieces) -> None:
    for side in (pieces.sources(["I love ⟦2⟧!"], "zh"), pieces.targets(["我爱⟦2⟧！"])):
        assert CONTROLS.__len__() + 1 in side[0]


def test_only_the_normaliser_is_taken_out(pieces: Pieces) -> None:
    bare = without_normaliser(pieces.model)
    assert len(bare) < len(pieces.model)
    assert without_normaliser(bare) == bare
    assert Pieces(bare).vocabulary() == pieces.vocabulary()


def test_a_strange_vocabulary_is_refused(tmp_path: Path) -> None:
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["abc def"] * 9), model_prefix=str(tmp_path / "m"),
        model_type="char", hard_vocab_limit=False, vocab_size=20, minloglevel=2,
    )  # fmt: skip
    with pytest.raises(ValueError, match="control pieces"):
        Pieces.load(tmp_path / "m.model")
