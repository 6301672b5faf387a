"""Stage `prepare`: corpora in, clean and split pairs out.

Writes into the run's folder ``pairs/{train,dev,test,external}.tsv`` (train, dev, test are our own
corpus; `external` has the source's name in front, `app` among them), and a record with counts and
checksums beside the other records. Resumable in the sense that it does nothing when nothing has
changed.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from training import CODE_VERSION
from training.cleaning import fault, repair_chinese, repair_english
from training.config import CORPUS
from training.dedup import HeldOut, Pair, Seen
from training.progress import Reporter
from training.readers import Line, open_text, read_any, read_own, read_pairs
from training.split import split_of

PARTS = ("train", "dev", "test")


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as data:
        while block := data.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def input_files(external: Iterable[Path], sets: Path | None) -> list[Path]:
    """Every file that `prepare` would read, in order."""
    files = sorted(CORPUS.glob("*.tsv"))
    for path in external:
        files += sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    if sets is not None:
        files += sorted(sets.glob("*-test.tsv"))
    return files


def cleaned(lines: Iterable[Line], dropped: Counter[str]) -> Iterator[Line]:
    """Repaired pairs without a fault; counts the others by source and reason."""
    from opencc import OpenCC

    simplify = OpenCC("t2s")
    for source, english, chinese in lines:
        english = repair_english(english)
        chinese = repair_chinese(simplify.convert(chinese))
        # Our own lines were written and checked by hand; brands may well fill one.
        if (reason := fault(english, chinese)) and (source != "own" or reason.startswith("no ")):
            dropped[f"{source}: {reason}"] += 1
        else:
            yield Line(source, english, chinese)


def test_pairs(sets: Path | None) -> Iterator[Pair]:
    """The pairs of every public test set that is there."""
    if sets is None:
        return
    for path in sorted(sets.glob("*-test.tsv")):
        for line in read_pairs(path):
            yield repair_english(line.english), repair_chinese(line.chinese)


def prepare(
    folder: Path, record: Path, external: list[Path], sets: Path | None, report: Reporter,
    app: Iterable[Line] = (),
) -> None:  # fmt: skip
    """Runs the stage.

    Args:
        folder: The run's folder outside the work tree.
        record: The run's folder of records.
        external: Files or folders of outside corpora.
        sets: Folder with public test sets (``*-test.tsv``) that no training pair may resemble.
        report: Where progress is shown.
        app: What was written for the app itself (see `app_text`). It is learned from like the
            outside pairs, once an epoch: dev and test stay lines of the corpus.
    """
    inputs = input_files(external, sets)
    sums = {f"{path.parent.name}/{path.name}": checksum(path) for path in inputs}
    app = list(app)
    sums["app"] = hashlib.sha256("\n".join(map("\t".join, app)).encode()).hexdigest()
    summary = record / "data.json"
    out = folder / "pairs"
    if summary.exists() and (out / "external.tsv").exists():
        old = json.loads(summary.read_text("utf-8"))
        there = {path.name: checksum(path) for path in sorted(out.glob("*.tsv"))}
        same = (old["inputs"], old["code"]) == (sums, CODE_VERSION)
        # The record travels with the repository, the pairs do not.
        if same and old["outputs"].items() <= there.items():
            report.say("prepare: nothing has changed")
            return
    out.mkdir(parents=True, exist_ok=True)
    record.mkdir(parents=True, exist_ok=True)
    dropped: Counter[str] = Counter()
    public_pairs = list(test_pairs(sets))
    public = HeldOut(public_pairs)
    own: dict[str, list[Pair]] = {part: [] for part in PARTS}
    seen = Seen()
    for _, english, chinese in report.over(cleaned(read_own(CORPUS), dropped), "own corpus"):
        if seen.repeats(english, chinese):
            dropped["own: repeated"] += 1
        elif public.resembles(english, chinese):
            dropped["own: like a public test line"] += 1
        else:
            own[split_of(english)].append((english, chinese))
    held = HeldOut(own["dev"] + own["test"])
    kept = []
    for english, chinese in own["train"]:
        if held.resembles(english, chinese):
            dropped["own: like a dev or test line"] += 1
        else:
            kept.append((english, chinese))
    own["train"] = kept
    outside: list[Line] = []
    lines = (line for path in external for line in read_any(path))
    lines = itertools.chain(app, lines)
    for line in report.over(cleaned(lines, dropped), "the app's own text and outside corpora"):
        source, english, chinese = line
        if seen.repeats(english, chinese):
            dropped[f"{source}: repeated"] += 1
        elif public.resembles(english, chinese) or held.resembles(english, chinese):
            dropped[f"{source}: like a dev or test line"] += 1
        else:
            outside.append(line)
    for part, pairs in own.items():
        _write(out / f"{part}.tsv", pairs)
    _write(out / "external.tsv", outside)
    _write(out / "public.tsv", public_pairs)
    if synthetic := load_pairs(folder, "synthetic"):
        _write(out / "synthetic.tsv", clear_of_held_out(folder, synthetic))
    result = {
        "code": CODE_VERSION,
        "inputs": sums,
        "kept": {part: len(pairs) for part, pairs in own.items()}
        | {"external": dict(sorted(Counter(line.source for line in outside).items()))},
        "dropped": dict(sorted(dropped.items())),
        "outputs": {
            path.name: checksum(path)
            for path in sorted(out.glob("*.tsv"))
            if path.stem != "synthetic"
        },
    }
    summary.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    report.say(f"prepare: kept {result['kept']}")


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    path.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")


def clear_of_held_out(folder: Path, lines: Iterable[Line]) -> list[Line]:
    """Those lines that resemble no line of dev, test or a public test set."""
    held = HeldOut(
        (english, chinese)
        for name in ("dev", "test", "public")
        for _, english, chinese in load_pairs(folder, name)
    )
    return [line for line in lines if not held.resembles(line.english, line.chinese)]


def load_pairs(folder: Path, name: str) -> list[Line]:
    """The pairs that `prepare` wrote: ``train``, ``dev``, ``test``, ``external``, or ``public``
    (the public test sets, to keep clear of); or those that `backtranslate` and `distil` wrote, if
    they did: ``synthetic``.

    Raises:
        FileNotFoundError: `prepare` has not been run for this run.
    """
    path = pairs_file(folder, name)
    if name in ("synthetic", "public") and not path.exists():
        return []
    with open_text(path) as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return [Line(*row) if len(row) == 3 else Line("own", *row) for row in rows]


def pairs_file(folder: Path, name: str) -> Path:
    """Where the pairs of this name are: plain, or packed (see `carry`)."""
    plain = folder / "pairs" / f"{name}.tsv"
    packed = folder / "pairs" / f"{name}.tsv.gz"
    return packed if packed.exists() and not plain.exists() else plain
