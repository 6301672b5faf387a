"""Stage `evaluate`: packages against references, and published peers on the same lines."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import sacrebleu

from training.augment import hold_places
from training.cleaning import repair_english
from training.config import CORPUS, state_home
from training.decode import BEAM, LENGTH_PENALTY, Decoder
from training.pieces import PLACEHOLDERS
from training.prepare import checksum
from training.progress import Reporter
from training.readers import read_own_file, read_pairs
from training.split import split_of

Pair = tuple[str, str]
_PLACE = re.compile("|".join(map(re.escape, PLACEHOLDERS)))
#: Lines that are translated and kept at a time.
_CHUNK = 512
#: The set of dev lines with placeholders, and how often each line is tried for one.
HELD, TRIES = "own dev, held places", 4


@dataclass(frozen=True, slots=True)
class Score:
    """What one system reached on one set.

    Attributes:
        system: ``bootstrap``, ``new`` or a peer's name.
        direction: ``en-zh`` or ``zh-en``.
        set: Name of the test set; group: which of its lines (``all``, or a kind or length).
        lines: How many lines.
        bleu: sacrebleu BLEU, tokenizer ``zh`` into Chinese, ``13a`` into English.
        chrf: chrF (characters only); chrfpp: chrF++ (word pairs too).
        empty: Lines that came out empty.
        seconds: Time to translate the whole set, or what was not kept from before; 0 for peers
            and groups.
        kept: Share of the lines with placeholders whose translation has the very same ones,
            each once; None where no line has any.
    """

    system: str
    direction: str
    set: str
    group: str
    lines: int
    bleu: float
    chrf: float
    chrfpp: float
    empty: int
    seconds: float
    kept: float | None = None


def kept_places(out: list[str], gold: list[str]) -> float | None:
    """See ``Score.kept``; a reference has the placeholders of its source."""
    wanted = [(sorted(_PLACE.findall(line)), sorted(_PLACE.findall(made)))
              for line, made in zip(gold, out, strict=True)]  # fmt: skip
    kept = [places == made for places, made in wanted if places]
    return sum(kept) / len(kept) if kept else None


def score(
    system: str, direction: str, name: str, group: str, out: list[str], gold: list[str],
    seconds: float = 0.0,
) -> Score:  # fmt: skip
    """Scores some lines."""
    tokenizer = "zh" if direction == "en-zh" else "13a"
    return Score(
        system, direction, name, group, len(out),
        sacrebleu.corpus_bleu(out, [gold], tokenize=tokenizer).score,
        sacrebleu.corpus_chrf(out, [gold]).score,
        sacrebleu.corpus_chrf(out, [gold], word_order=2).score,
        sum(not line for line in out), seconds, kept_places(out, gold),
    )  # fmt: skip


def _by_words(low: int, high: int) -> Callable[[str, str], bool]:
    return lambda english, _: low <= len(english.split()) <= high


#: Groups of lines by length and kind: a name and a test of the English and Chinese sides.
GROUPS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("1-5 words", _by_words(1, 5)),
    ("6-14 words", _by_words(6, 14)),
    ("15-40 words", _by_words(15, 40)),
    ("over 40 words", _by_words(41, 10_000)),
    ("questions", lambda english, _: english.rstrip("\"'").endswith("?")),
    ("with digits", lambda english, _: bool(re.search(r"\d", english))),
    ("lower-case beginnings", lambda english, _: english[:1].islower()),
    ("several sentences", lambda english, _: len(re.findall(r"[.!?](?:\s|$)", english)) > 1),
)


def own_sets(limit: int | None = None) -> dict[str, list[Pair]]:
    """Our dev and test lines, straight from the corpus; those of both that are of later date than
    the bootstrap package (x*.tsv), which cannot have seen them; and as many training lines as
    test lines: what is better on those than on the others was learned by heart."""
    sets: dict[str, list[Pair]] = {"own dev": [], "own test": [], "own train": []}
    later: list[Pair] = []
    for path in sorted(CORPUS.glob("*.tsv")):
        for _, english, chinese in read_own_file(path):
            part = split_of(english)
            sets[f"own {part}"].append((english, chinese))
            if part != "train" and path.name.startswith("x"):
                later.append((english, chinese))
    if later:
        sets["own dev and test, later lines"] = later
    if held := held_places(sets["own dev"]):
        sets[HELD] = held
    train = sets.pop("own train")
    count = max(1, len(sets["own test"]))
    sets["own train (sample)"] = train[:: max(1, len(train) // count)][:count]
    if limit is None:
        return sets
    # Every file has its share of a subset.
    return {name: pairs[:: max(1, len(pairs) // limit)][:limit] for name, pairs in sets.items()}


def held_places(pairs: list[Pair]) -> list[Pair]:
    """Those pairs in which placeholders can stand for something, with them in place (always the
    same ones)."""
    rng, held = Random(1), []
    for pair in pairs:
        tries = (hold_places(*pair, rng) for _ in range(TRIES))
        found = next((made for made in tries if _PLACE.search(made[0])), None)
        held += [found] if found else []
    return held


def public_sets(folder: Path | None, limit: int | None = None) -> dict[str, list[Pair]]:
    """The public test sets of a folder, those that are there."""
    names = {"MSCTD test": "msctd-test.tsv", "FLORES devtest": "flores-test.tsv"}
    found = {}
    for name, file in names.items():
        if folder is not None and (folder / file).exists():
            pairs = [(line.english, line.chinese) for line in read_pairs(folder / file)]
            found[name] = pairs[:limit]
    if "MSCTD test" in found:
        # Its English has "Don 'T" for "Don't"; as references, repaired ones are fairer.
        found["MSCTD test, repaired English"] = [
            (repair_english(english), chinese) for english, chinese in found["MSCTD test"]
        ]
    return found


def peer_outputs(folder: Path | None, limit: int | None) -> dict[tuple[str, str], list[str]]:
    """What published systems made of FLORES devtest: lines by (system, direction)."""
    if folder is None or not (folder / "flores-peers").is_dir():
        return {}
    outputs = {}
    for path in sorted((folder / "flores-peers").glob("*.txt")):
        direction, system = path.stem.split(".", 1)
        outputs[system, direction] = path.read_text("utf-8").splitlines()[:limit]
    return outputs


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that a report is written from.

    Attributes:
        scores: All scores.
        outputs: Translations by (system, direction, set).
        sets: The pairs of each set, English first.
        skipped: What was not there, in words.
    """

    scores: list[Score]
    outputs: dict[tuple[str, str, str], list[str]]
    sets: dict[str, list[Pair]]
    skipped: list[str]


def evaluate(
    systems: dict[str, Path], sets: Path | None, limit: int | None, report: Reporter
) -> Evaluation:
    """Runs the stage.

    Args:
        systems: Folders with the two .argosmodel files, by the system's name.
        sets: Folder of public test sets and peers' outputs; None or absent sets are skipped.
        limit: Use so many lines of each set at most.
        report: Where progress is shown.

    Raises:
        FileNotFoundError: A folder holds no package.
    """
    for folder in systems.values():
        if not any(folder.glob("*.argosmodel")):
            raise FileNotFoundError(f"{folder} holds no .argosmodel")
    pairs = own_sets(limit) | public_sets(sets, limit)
    skipped = [
        f"{name}: {file} is not in {sets or 'any --sets folder'}"
        for name, file in (("MSCTD test", "msctd-test.tsv"), ("FLORES devtest", "flores-test.tsv"))
        if name not in pairs
    ]
    for line in skipped:
        report.say(f"evaluate: skipped {line}")
    scores: list[Score] = []
    outputs: dict[tuple[str, str, str], list[str]] = {}
    for system, folder in systems.items():
        for package in sorted(folder.glob("*.argosmodel")):
            decoder, mark = Decoder(package), checksum(package)
            direction = f"{decoder.source}-{decoder.target}"
            turn = 1 if direction == "en-zh" else -1
            for name, lines in pairs.items():
                sources, gold = map(list, zip(*[pair[::turn] for pair in lines], strict=True))
                started = time.monotonic()
                out = translations(
                    decoder, mark, sources, f"{system} {direction} {name}", report
                )
                spent = time.monotonic() - started
                outputs[system, direction, name] = out
                scores.append(score(system, direction, name, "all", out, gold, spent))
                scores += grouped(system, direction, name, lines, out)
                last = (
                    scores[-1]
                    if scores[-1].group == "all"
                    else next(s for s in reversed(scores) if s.group == "all")
                )
                report.say(
                    f"{system:10} {direction} {name:28} n={last.lines:5} BLEU {last.bleu:5.1f}  "
                    f"chrF {last.chrf:5.1f}  chrF++ {last.chrfpp:5.1f}  {spent:.0f} s"
                )
    if "FLORES devtest" in pairs:
        lines = pairs["FLORES devtest"]
        for (system, direction), out in peer_outputs(sets, limit).items():
            gold = [pair[1 if direction == "en-zh" else 0] for pair in lines]
            if len(out) == len(gold):
                scores.append(score(system, direction, "FLORES devtest", "all", out, gold))
    return Evaluation(scores, outputs, pairs, skipped)


def translations(
    decoder: Decoder, mark: str, sources: list[str], what: str, report: Reporter
) -> list[str]:
    """What a package makes of some lines. They are kept as they come, under the state folder, so
    that an evaluation that was killed goes on, and another one does not do them again; ``mark``
    is the package's checksum."""
    asked = (mark, decoder.source, BEAM, LENGTH_PENALTY, sources)
    key = hashlib.sha256(repr(asked).encode())
    path = state_home() / "outputs" / f"{key.hexdigest()[:24]}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    done = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
    starts = range(len(done), len(sources), _CHUNK)
    with path.open("a", encoding="utf-8", newline="\n") as out:
        for start in report.over(starts, what, len(starts)):
            made = decoder.translate(sources[start : start + _CHUNK])
            done += made
            out.write("".join(line + "\n" for line in made))
            out.flush()
    return done


def stated_scores(path: Path, system: str) -> dict[str, dict[str, float]]:
    """chrF and BLEU of a system on our own test split, by direction, out of a written record.

    Raises:
        ValueError: The record does not know the system.
    """
    rows = json.loads(path.read_text("utf-8"))
    chosen = [
        row for row in rows
        if (row["system"], row["set"], row["group"]) == (system, "own test", "all")
    ]  # fmt: skip
    if not chosen:
        raise ValueError(f"{path} has no scores of {system!r} on our own test")
    return {row["direction"]: {"chrf": row["chrf"], "bleu": row["bleu"]} for row in chosen}


def grouped(
    system: str, direction: str, name: str, lines: list[Pair], out: list[str]
) -> Iterable[Score]:
    """Scores of each group that has at least ten lines."""
    for group, belongs in GROUPS:
        chosen = [n for n, pair in enumerate(lines) if belongs(*pair)]
        if len(chosen) >= 10:
            gold = [lines[n][1 if direction == "en-zh" else 0] for n in chosen]
            yield score(system, direction, name, group, [out[n] for n in chosen], gold)


def write_scores(path: Path, evaluation: Evaluation) -> None:
    """All scores as JSON, one score a line."""
    rows = [
        {k: round(v, 2) if isinstance(v, float) else v for k, v in asdict(s).items()}
        for s in evaluation.scores
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    body = ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(f"[{body}]\n", "utf-8")
