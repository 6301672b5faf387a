"""Translates many lines with a package, the way the app's engine does."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import ctranslate2

from training.package import unpack
from training.pieces import Pieces

#: As the app decodes.
BEAM, LENGTH_PENALTY = 4, 1.0


class Decoder:
    """A package, unpacked and loaded.

    Attributes:
        source, target: Its language codes.
    """

    def __init__(self, package: Path, threads: int = 2) -> None:
        import json

        self._folder = tempfile.TemporaryDirectory()
        inside = unpack(package, Path(self._folder.name))
        described = json.loads((inside / "metadata.json").read_text("utf-8"))
        self.source: str = described["from_code"]
        self.target: str = described["to_code"]
        self._pieces = Pieces.load(inside / "sentencepiece.model")
        self._names = self._pieces.vocabulary()
        self._model = ctranslate2.Translator(
            str(inside / "model"), compute_type="int8", intra_threads=threads, inter_threads=1
        )

    def n_best(
        self, lines: Sequence[str], count: int, beam: int = BEAM
    ) -> list[list[tuple[str, float]]]:
        """For every line its ``count`` best translations with their scores (mean
        log-probability of a piece, length penalty in)."""
        encoded = self._pieces.sources(lines, self.target)
        # The package adds tag and </s> itself.
        pieces = [[self._names[n] for n in ids[1:-1]] for ids in encoded]
        results = self._model.translate_batch(
            pieces, max_batch_size=2048, batch_type="tokens", beam_size=max(beam, count),
            num_hypotheses=count, length_penalty=LENGTH_PENALTY, return_scores=True,
            max_decoding_length=2 * max(map(len, pieces), default=0) + 24, disable_unk=True,
        )  # fmt: skip
        return [
            [
                ("".join(hypothesis).replace("▁", " ").strip(), score)
                for hypothesis, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def translate(self, lines: Sequence[str]) -> list[str]:
        """The best translation of every line."""
        return [found[0][0] for found in self.n_best(lines, 1)]
