"""Makes the training tests' folders: a tiny corpus, its own state folder, its own records."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import config

PAIRS = Path(__file__).with_name("pairs.tsv")


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a run may do as it likes: corpus, state and records are all inside."""
    from training import app_text, evaluate, prepare

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "w0.tsv").write_bytes(PAIRS.read_bytes())
    for module in (config, prepare, evaluate):
        monkeypatch.setattr(module, "CORPUS", corpus)
    # A corpus of 160 lines and a vocabulary of 950 pieces have no room for the app's own text.
    monkeypatch.setattr(app_text, "read_app", list)
    monkeypatch.setattr(config, "RUNS", tmp_path / "runs")
    monkeypatch.setenv("REDNOTE_TRAINING_DIR", str(tmp_path / "state"))
    return tmp_path
