"""What the web tests share."""

from __future__ import annotations

import pytest


class Listening:
    """The real engine, noting every batch that it is asked for."""

    def __init__(self, engine):
        self._engine, self.batches = engine, []

    def translate(self, sentences, *rest):
        self.batches.append(list(sentences))
        return self._engine.translate(sentences, *rest)

    def score(self, *rest):
        return self._engine.score(*rest)

    def placeholders(self, *rest):
        return self._engine.placeholders(*rest)


@pytest.fixture
def batches(translator, monkeypatch):
    """The batches of sentences that the engine is asked for during the test."""
    engine = Listening(translator._engine)
    monkeypatch.setattr(translator, "_engine", engine)
    return engine.batches
