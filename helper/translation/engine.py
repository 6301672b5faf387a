"""Engines turn sentences into hypotheses; nothing else knows which engine runs.

``ArgosEngine`` runs installed Argos packages in this process through argostranslate's own
package and translation classes, and sends every sentence of every waiting request to
CTranslate2 in one batch.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import ctranslate2
from argostranslate.package import Package
from argostranslate.translate import Language, PackageTranslation

from helper.errors import N_, EngineUnavailable
from helper.translation.packages import PackageStore
from helper.translation.sentences import Splitter

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hypothesis:
    """One possible translation.

    Attributes:
        text: the translation.
        score: mean log-probability per token; 0 is certain, −1 is shaky.
        tokens: how many tokens the model wrote.
        back: the same measure for the source given this translation, by the model of the other
            direction; None where nobody asked it.
    """

    text: str
    score: float
    tokens: int = 1
    back: float | None = None

    @property
    def certainty(self) -> float:
        """The mean of both directions' log-probabilities per token; 0 is certain."""
        return self.score if self.back is None else (self.score + self.back) / 2


class Engine(Protocol):
    """What the pipeline needs of an engine."""

    def translate(
        self, sentences: Sequence[str], source: str, target: str, alternatives: int
    ) -> list[list[Hypothesis]]:
        """For every sentence up to ``alternatives`` + 1 hypotheses, best first.

        Raises:
            EngineUnavailable: no package for the direction, or it cannot be loaded.
        """
        ...

    def score(
        self, pairs: Sequence[tuple[str, str]], source: str, target: str
    ) -> list[tuple[float, int]]:
        """For every (sentence, translation): the translation's log-probability and its tokens."""
        ...

    def placeholders(self, source: str, target: str) -> int:
        """How many placeholders ⟦n⟧ the direction's model carries through a sentence."""
        ...


class _OurTranslation(PackageTranslation):
    """argostranslate's translation of one package, with our sentence splitter in its place."""

    def __init__(self, package: Package) -> None:
        # not super().__init__: it would build a splitter that is fetched at run time
        self.from_lang = Language(package.from_code, package.from_name)
        self.to_lang = Language(package.to_code, package.to_name)
        self.pkg = package
        self.translator = None
        self.sentencizer = Splitter(package)


@dataclass
class _Job:
    sentences: Sequence[str]
    beam: int
    done: threading.Event = field(default_factory=threading.Event)
    result: list[list[Hypothesis]] | None = None
    error: Exception | None = None


class Model:
    """One loaded package. Requests that wait for it share one batch.

    Whoever finds the model free translates what everybody is waiting for; there is no thread of
    its own and an idle server does nothing.
    """

    BEAM = 4
    LENGTH_PENALTY = 1.0
    #: Tokens in one CTranslate2 sub-batch: bounds memory whatever the request size.
    BATCH_TOKENS = 4096

    def __init__(self, package: Package, threads: int) -> None:
        self.translation = _OurTranslation(package)
        self._translator = self.translation.translator = ctranslate2.Translator(
            str(package.package_path / "model"), device="cpu", inter_threads=1,
            intra_threads=threads, compute_type="int8",
        )
        self._turn = threading.Lock()
        self._queue_lock = threading.Lock()
        self._queue: list[_Job] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        """See Engine.score."""
        encode = self.translation.pkg.tokenizer.encode
        found = self._translator.score_batch(
            [encode(sentence) or ["▁"] for sentence, _ in pairs],
            [encode(translation) or ["▁"] for _, translation in pairs],
            max_batch_size=self.BATCH_TOKENS, batch_type="tokens",
        )
        return [(sum(item.log_probs), len(item.log_probs)) for item in found]

    def translate(self, sentences: Sequence[str], alternatives: int) -> list[list[Hypothesis]]:
        """Hypotheses for every sentence; see Engine.translate."""
        job = _Job(sentences, max(self.BEAM, alternatives + 1))
        with self._queue_lock:
            self._queue.append(job)
        while not job.done.is_set():
            with self._turn:
                if not job.done.is_set():
                    with self._queue_lock:
                        jobs, self._queue = self._queue, []
                    self._run(jobs)
        if job.error:
            raise job.error
        assert job.result is not None
        return [found[: alternatives + 1] for found in job.result]

    def _run(self, jobs: list[_Job]) -> None:
        try:
            flat = [sentence for job in jobs for sentence in job.sentences]
            hypotheses = self._batch(flat, max(job.beam for job in jobs))
            start = 0
            for job in jobs:
                job.result = hypotheses[start: start + len(job.sentences)]
                start += len(job.sentences)
        except Exception as error:
            for job in jobs:
                job.error = error
        finally:
            for job in jobs:
                job.done.set()

    def _batch(self, sentences: Sequence[str], beam: int) -> list[list[Hypothesis]]:
        tokenizer = self.translation.pkg.tokenizer
        tokens = [tokenizer.encode(sentence) for sentence in sentences]
        results = self._translator.translate_batch(
            tokens, beam_size=beam, num_hypotheses=beam, length_penalty=self.LENGTH_PENALTY,
            max_batch_size=self.BATCH_TOKENS, batch_type="tokens", return_scores=True,
            max_decoding_length=2 * max((len(t) for t in tokens), default=0) + 24,
            disable_unk=True,
        )
        return [
            [
                Hypothesis(
                    tokenizer.decode(pieces).strip(),
                    score * max(1, len(pieces)) ** (self.LENGTH_PENALTY - 1), len(pieces),
                )
                for pieces, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]


class ArgosEngine:
    """Installed Argos packages, loaded on first use and again when a package is replaced."""

    def __init__(self, store: PackageStore, threads: int = 0) -> None:
        self._store = store
        self._threads = threads
        self._models: dict[tuple[str, str], tuple[object, Model]] = {}
        self._lock = threading.Lock()

    def _model(self, source: str, target: str) -> Model:
        folder, stamp = self._store.current(source, target)
        with self._lock:
            held = self._models.get((source, target))
            if held is None or held[0] != stamp:
                try:
                    model = Model(Package(folder), self._threads)
                except Exception as error:
                    log.error("package %s cannot be loaded: %s", folder.name, error)
                    if held is not None:
                        return held[1]
                    raise EngineUnavailable(
                        N_("The translation package %(package)s is damaged; run “rednote-helper"
                           " models verify”."), package=folder.name,
                    ) from error
                self._models[source, target] = held = (stamp, model)
            return held[1]

    def translate(
        self, sentences: Sequence[str], source: str, target: str, alternatives: int
    ) -> list[list[Hypothesis]]:
        """See Engine.translate."""
        return self._model(source, target).translate(sentences, alternatives) if sentences else []

    def score(
        self, pairs: Sequence[tuple[str, str]], source: str, target: str
    ) -> list[tuple[float, int]]:
        """See Engine.score."""
        return self._model(source, target).score(pairs) if pairs else []

    def placeholders(self, source: str, target: str) -> int:
        """See Engine.placeholders."""
        return self._store.placeholders(source, target)
