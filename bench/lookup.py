"""How often, and how fast, lookup finds the right entry: ``python bench/lookup.py``.

Queries are made from the content by rule (see RULES), from a fixed sample of entries. A hit is
right when it shows the label that the query was made from, or carries the very name that it was
made from (several entries may be "Like" or 点赞; each of them answers). Prints the shares that
are right first and among the first five, per rule and in all, the time per query, the index's
build time and memory, and the misses.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from opencc import OpenCC

from helper.lookup import Entry, Index
from helper.lookup.text import words
from helper.mandarin.pinyin import readings
from helper.mandarin.script import has_hanzi, is_hanzi
from helper.mandarin.words import Dictionary
from helper.settings import from_environment
from phrasebook import phrasebook

Query = tuple[str, str]  # (query, the English name it was made from, or "")
_TRADITIONAL = OpenCC("s2t")
_KEYS = "qwertyuiopasdfghjklzxcvbnm"


def _syllables(entry: Entry) -> list[str]:
    return [part for part in entry.pinyin.lower().split() if part.isalpha()]


def _plain(entry: Entry) -> list[str]:
    return [r.syllable.plain for r in readings(entry.spoken or entry.hanzi) if r.syllable]


def hanzi(entry: Entry, rng: random.Random) -> Iterator[Query]:
    yield entry.hanzi, ""


def traditional(entry: Entry, rng: random.Random) -> Iterator[Query]:
    text = _TRADITIONAL.convert(entry.hanzi)
    if text != entry.hanzi:
        yield text, ""


def toneless(entry: Entry, rng: random.Random) -> Iterator[Query]:
    yield "".join(_plain(entry)), ""


def spaced(entry: Entry, rng: random.Random) -> Iterator[Query]:
    yield " ".join(_plain(entry)), ""


def marked(entry: Entry, rng: random.Random) -> Iterator[Query]:
    yield (
        "".join(r.syllable.marked for r in readings(entry.spoken or entry.hanzi) if r.syllable),
        "",
    )


def numbered(entry: Entry, rng: random.Random) -> Iterator[Query]:
    yield (
        " ".join(r.syllable.numbered for r in readings(entry.spoken or entry.hanzi) if r.syllable),
        "",
    )


def english(entry: Entry, rng: random.Random) -> Iterator[Query]:
    yield entry.english, entry.english


def synonym(entry: Entry, rng: random.Random) -> Iterator[Query]:
    if len(entry.names) > 1:
        name = rng.choice(entry.names[1:])
        if not has_hanzi(name):
            yield name, name


def plural(entry: Entry, rng: random.Random) -> Iterator[Query]:
    spelled = words(entry.names[-1])
    if spelled and spelled[-1].isalpha() and spelled[-1][-1] not in "sxy" and len(spelled[-1]) > 3:
        yield " ".join(spelled) + "s", entry.names[-1]


def question(entry: Entry, rng: random.Random) -> Iterator[Query]:
    name = entry.english.rstrip(".!?…").lower()
    if entry.kind == "term" and 1 <= len(words(name)) <= 4:
        form = rng.choice(["how do i find {}", "where is {}", "what does {} mean", "how do I {}"])
        yield form.format(name), entry.english


def order(entry: Entry, rng: random.Random) -> Iterator[Query]:
    spelled = words(entry.english)
    if 2 <= len(spelled) <= 5:
        turned = spelled[1:] + spelled[:1]
        yield " ".join(turned), entry.english


def _typo(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + rng.choice(_KEYS) + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def typo(entry: Entry, rng: random.Random) -> Iterator[Query]:
    spelled = words(entry.english)
    long = [i for i, word in enumerate(spelled) if len(word) >= 6 and word.isascii()]
    if long and len(spelled) <= 6:
        at = rng.choice(long)
        spelled[at] = _typo(spelled[at], rng)
        yield " ".join(spelled), entry.english


def pinyin_typo(entry: Entry, rng: random.Random) -> Iterator[Query]:
    key = "".join(_plain(entry))
    if len(key) >= 7:
        yield _typo(key, rng), ""


def part(entry: Entry, rng: random.Random) -> Iterator[Query]:
    """Two or more hanzi of the label that stand in no other label."""
    text = "".join(c for c in entry.hanzi if is_hanzi(c))
    if len(text) < 4:
        return
    pieces = [text[a : a + n] for n in (2, 3) for a in range(len(text) - n + 1)]
    unique = [piece for piece in pieces if sum(piece in label for label in _LABELS) == 1]
    if unique:
        yield rng.choice(unique), ""


def initials(entry: Entry, rng: random.Random) -> Iterator[Query]:
    """First letters, where no other label has the same."""
    letters = "".join(s[0] for s in _plain(entry))
    if 3 <= len(letters) <= 6 and _INITIALS[letters] == 1 and len(letters) == len(entry.hanzi):
        yield letters, ""


RULES: tuple[Callable[[Entry, random.Random], Iterator[Query]], ...] = (
    hanzi,
    traditional,
    part,
    toneless,
    spaced,
    marked,
    numbered,
    initials,
    pinyin_typo,
    english,
    synonym,
    plural,
    question,
    order,
    typo,
)
_LABELS: set[str] = set()
_INITIALS: Counter[str] = Counter()
_WITH_HANZI = {hanzi, traditional, part, toneless, spaced, marked, numbered, initials, pinyin_typo}


def queries(index: Index, seed: int, per_rule: int) -> Iterator[tuple[str, Entry, str, str]]:
    """(rule, entry, query, name) for every rule, at most ``per_rule`` each."""
    labels = {entry.hanzi for entry in index.entries}
    _LABELS.update(labels)
    _INITIALS.update(
        Counter(
            "".join(s[0] for s in plain)
            for label in labels
            if (plain := [r.syllable.plain for r in readings(label) if r.syllable])
        )
    )
    rng = random.Random(seed)
    for rule in RULES:
        pool = [e for e in index.entries if e.kind != "howto"]
        if rule in _WITH_HANZI:
            pool = [e for e in pool if all(map(is_hanzi, e.hanzi)) and len(e.hanzi) > 1]
        rng.shuffle(pool)
        made = 0
        for entry in pool:
            for query, name in rule(entry, rng):
                yield rule.__name__, entry, query, name
                made += 1
            if made >= per_rule:
                break


def right(hit: Entry, same: tuple[Entry, ...], wanted: Entry, name: str) -> bool:
    """Whether a hit answers a query made from ``wanted`` (by its English ``name``, if any)."""

    def names(entry: Entry) -> set[str]:
        return {" ".join(words(n)) for n in entry.names}

    if hit.hanzi == wanted.hanzi or wanted.id in {entry.id for entry in same}:
        return True
    key = " ".join(words(name))
    return bool(key) and any(key in names(entry) for entry in (hit, *same))


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--per-rule", type=int, default=160)
    options.add_argument("--misses", type=int, default=40)
    chosen = options.parse_args()
    book = phrasebook()
    folder = from_environment().ensure_data_dir()
    dictionary = Dictionary(folder)
    Index(book, dictionary, folder / "cache")  # compiles what the timed one loads
    started, busy = time.perf_counter(), time.process_time()
    index = Index(book, dictionary, folder / "cache")
    built, built_cpu = time.perf_counter() - started, time.process_time() - busy
    asked = list(queries(index, chosen.seed, chosen.per_rule))
    times: list[float] = []
    cpu: list[float] = []
    first: dict[str, list[bool]] = defaultdict(list)
    five: dict[str, list[bool]] = defaultdict(list)
    misses = []
    for rule, wanted, query, name in asked:
        started, busy = time.perf_counter(), time.thread_time()
        hits = index.search(query, 5).hits
        times.append((time.perf_counter() - started) * 1000)
        cpu.append((time.thread_time() - busy) * 1000)
        marks = [right(hit.entry, hit.same, wanted, name) for hit in hits]
        first[rule].append(bool(marks) and marks[0])
        five[rule].append(any(marks))
        if not marks or not marks[0]:
            misses.append(
                (
                    rule,
                    query,
                    f"{wanted.hanzi} {wanted.english}",
                    [f"{h.entry.hanzi} {h.entry.english} {h.score}" for h in hits[:3]],
                    any(marks),
                )
            )
    for rule in first:
        print(
            f"{rule:12} n={len(first[rule]):4}  first {_share(first[rule]):6.1%}"
            f"  in five {_share(five[rule]):6.1%}"
        )
    everything = [mark for marks in first.values() for mark in marks]
    print(
        f"{'all':12} n={len(everything):4}  first {_share(everything):6.1%}  in five "
        f"{_share([m for marks in five.values() for m in marks]):6.1%}"
    )
    for label, measured in (("wall", sorted(times)), ("CPU", sorted(cpu))):
        print(
            f"{label} time per query, ms: p50 {statistics.median(measured):.2f}"
            f"  p95 {_at(measured, 0.95):.2f}  p99 {_at(measured, 0.99):.2f}"
        )
    print(
        f"index of {len(index.entries)} entries built in {built:.2f} s ({built_cpu:.2f} s of CPU)"
    )
    tracemalloc.start()
    kept = Index(book, dictionary)
    kept.search("warm")
    print(f"index memory {tracemalloc.get_traced_memory()[0] / 1e6:.1f} MB")
    tracemalloc.stop()
    for rule, query, wanted, got, in_five in misses[: chosen.misses]:
        print(
            f"miss{' (in five)' if in_five else ''}: {rule}: {query!r} wanted {wanted!r}, got {got}"
        )


def _share(marks: list[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
