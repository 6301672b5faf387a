"""Overlong sentences: a small model loses half of them, so they go to the engine in clauses."""

from __future__ import annotations

from helper.translation import sentences
from helper.translation.engine import Engine, Hypothesis
from helper.translation.joining import join_clauses

#: Sentences longer than this (in words; two hanzi are one) are cut at their commas.
LONG = 34


def run(
    engine: Engine, texts: list[str], source: str, target: str, alternatives: int = 3
) -> list[list[Hypothesis]]:
    """Hypotheses for every text; overlong ones are cut into clauses and joined again."""
    units = [
        sentences.clauses(text, LONG) if sentences.length(text) > LONG * 1.25 else [text]
        for text in texts
    ]
    flat = [unit for group in units for unit in group]
    found = iter(engine.translate(flat, source, target, alternatives))
    results = []
    for group in units:
        parts = [next(found) for _ in group]
        if len(parts) == 1:
            results.append(parts[0])
            continue
        results.append([
            Hypothesis(
                join_clauses([part[min(rank, len(part) - 1)].text for part in parts], target),
                sum(part[min(rank, len(part) - 1)].certainty for part in parts) / len(parts),
            )
            for rank in range(min(map(len, parts)))
        ])
    return results
