"""Writes the measured part of docs/quality.md out of an evaluation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.evaluate import Evaluation, Score
from training.synthetic import likeness

BEGIN, END = "<!-- scores: begin -->", "<!-- scores: end -->"
TITLES = {"en-zh": "English to Chinese", "zh-en": "Chinese to English"}


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = list(head)
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _numbers(score: Score) -> str:
    return f"{score.bleu:.1f} / {score.chrf:.1f} / {score.chrfpp:.1f}"


def _whole(scores: list[Score], systems: list[str]) -> Iterator[str]:
    for direction, title in TITLES.items():
        own = [s for s in scores if s.direction == direction and s.group == "all"]
        names = list(dict.fromkeys(s.set for s in own if s.system in systems))
        if not names:
            continue
        yield f"### {title}"
        yield ""
        yield "BLEU / chrF / chrF++."
        yield ""
        rows = []
        for name in names:
            found = {s.system: s for s in own if s.set == name}
            lines = str(next(iter(found.values())).lines)
            numbers = [_numbers(found[s]) if s in found else "-" for s in systems]
            rows.append([name, lines, *numbers])
        yield from _table(["set", "lines", *systems], rows)
        yield ""
        held = {s.system: s for s in own if s.kept is not None}
        for system in systems:
            if system in held:
                yield (
                    f"{system} keeps the placeholders of {held[system].kept:.1%} of the lines of "
                    f"“{held[system].set}”, each exactly once."
                )
        yield ""


def _peers(scores: list[Score], systems: list[str]) -> Iterator[str]:
    chosen = [s for s in scores if s.set == "FLORES devtest" and s.group == "all"]
    if all(s.system in systems for s in chosen):
        return
    yield "### FLORES devtest beside published systems"
    yield ""
    yield (
        "The peers' outputs are those published in mozilla/firefox-translations-models, scored "
        "here on the same lines. They are many times larger or run on servers, and FLORES is "
        "news and encyclopaedia text: far from what this model was trained for."
    )
    yield ""
    best = sorted(
        {s.system for s in chosen},
        key=lambda name: (
            -max(s.bleu for s in chosen if s.system == name and s.direction == "en-zh")
        ),
    )
    rows = []
    for name in best:
        found = {s.direction: s for s in chosen if s.system == name}
        rows.append([name, *(_numbers(found[d]) if d in found else "-" for d in TITLES)])
    yield from _table(["system", *TITLES.values()], rows)
    yield ""


def _groups(scores: list[Score], systems: list[str]) -> Iterator[str]:
    yield "### By length and kind"
    yield ""
    yield "chrF; groups of at least ten lines. The kind is told from the English side."
    yield ""
    for direction, title in TITLES.items():
        chosen = [s for s in scores if s.direction == direction and s.group != "all"]
        keys = list(dict.fromkeys((s.set, s.group) for s in chosen))
        if not keys:
            continue
        rows = []
        for name, group in keys:
            found = {s.system: s for s in chosen if (s.set, s.group) == (name, group)}
            lines = str(next(iter(found.values())).lines)
            values = [f"{found[s].chrf:.1f}" if s in found else "-" for s in systems]
            rows.append([name, group, lines, *values])
        yield f"**{title}**"
        yield ""
        yield from _table(["set", "lines that are", "lines", *systems], rows)
        yield ""


def _examples(evaluation: Evaluation, system: str, before: str | None) -> Iterator[str]:
    """Thirty examples of our own test, chosen by rule: of each direction's lines in order of
    chrF, five from the best tenth, five from the middle fifth, five from the worst tenth."""
    yield "### Thirty examples"
    yield ""
    yield (
        "From our own test lines of four words or more, chosen by a hash, not by hand: in each "
        "direction five from the best tenth by chrF, five from the middle fifth, five from the "
        "worst tenth."
    )
    yield ""
    pairs = evaluation.sets.get("own test", [])
    for direction, title in TITLES.items():
        out = evaluation.outputs.get((system, direction, "own test"))
        if not out:
            continue
        side = 0 if direction == "en-zh" else 1
        other = evaluation.outputs.get((before or "", direction, "own test"))
        ranked = sorted(
            (n for n, pair in enumerate(pairs) if len(pair[0].split()) >= 4),
            key=lambda n: -likeness(out[n], pairs[n][1 - side]),
        )
        size = len(ranked)
        for label, band in (
            ("Good", ranked[: size // 10]),
            ("Middling", ranked[size * 2 // 5 : size * 3 // 5]),
            ("Bad", ranked[size * 9 // 10 :]),
        ):
            band = sorted(band, key=lambda n: hashlib.sha256(pairs[n][0].encode()).digest())[:5]
            rows = [
                [
                    _cell(pairs[n][side]),
                    _cell(out[n]),
                    *([_cell(other[n])] if other else []),
                    _cell(pairs[n][1 - side]),
                ]
                for n in band
            ]
            yield f"**{title}: {label.lower()}**"
            yield ""
            yield from _table(
                ["source", system, *([before] if other and before else []), "reference"], rows
            )
            yield ""


def render(evaluation: Evaluation, systems: list[str], note: str) -> str:
    """The measured part as Markdown; the last of ``systems`` is the one that examples show, the
    first the one it is compared with."""
    lines = [BEGIN, "", note, ""]
    lines += [f"Skipped: {what}." for what in evaluation.skipped]
    lines += _whole(evaluation.scores, systems)
    lines += _peers(evaluation.scores, systems)
    lines += _groups(evaluation.scores, systems)
    lines += _examples(evaluation, systems[-1], systems[0] if len(systems) > 1 else None)
    return "\n".join([*lines, END])


def put_into(path: Path, text: str) -> None:
    """Replaces what stands between the two marks in a file, or adds it at the end."""
    old = path.read_text("utf-8") if path.exists() else f"# Quality\n\n{BEGIN}\n{END}\n"
    if BEGIN not in old:
        old += f"\n{BEGIN}\n{END}\n"
    head, rest = old.split(BEGIN, 1)
    path.write_text(head + text + rest.split(END, 1)[1], "utf-8")
