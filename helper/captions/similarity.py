"""How alike two English sentences are: chrF, the character n-gram F-score of machine translation.

Popović (2015), "chrF: character n-gram F-score for automatic MT evaluation"; n = 1 to 6, β = 2,
white space left out, as in sacrebleu's default. Here case and punctuation are left out too: a
back-translation is asked what it says, not how it is typed.
"""

from __future__ import annotations

from collections import Counter

import regex

_ORDER = 6
_BETA = 2.0
_DROP = regex.compile(r"[^\p{L}\p{N}]+")


def letters(text: str) -> str:
    """The letters and digits of ``text``, case-folded."""
    return _DROP.sub("", text).casefold()


def chrf(hypothesis: str, reference: str) -> float:
    """chrF of ``hypothesis`` against ``reference``, 0 to 1; 1.0 when both are empty."""
    first, second = letters(hypothesis), letters(reference)
    if not first or not second:
        return float(first == second)
    precisions, recalls = [], []
    for n in range(1, min(_ORDER, len(first), len(second)) + 1):
        a = Counter(first[i: i + n] for i in range(len(first) - n + 1))
        b = Counter(second[i: i + n] for i in range(len(second) - n + 1))
        shared = (a & b).total()
        precisions.append(shared / a.total())
        recalls.append(shared / b.total())
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    if not precision + recall:
        return 0.0
    weight = _BETA ** 2
    return (1 + weight) * precision * recall / (weight * precision + recall)
