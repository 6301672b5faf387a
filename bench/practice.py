"""How long one answer takes with 1,000 learners of 500 cards each.

    python -m bench.practice [--learners 1000] [--cards 500] [--answers 2000] [--url URL]

Fills a fresh SQLite store (or an empty PostgreSQL database) and answers questions of random
learners one after the other: grading, the review and the card in one transaction, synchronised
to the disk. Prints percentiles in milliseconds, and the same for choosing the next question.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from helper.practice import Answer, PracticeService
from helper.practice.exercises import Form
from helper.practice.models import CardRow, Learner, ReviewRow
from phrasebook import phrasebook


def fill(service: PracticeService, learners: int, cards: int) -> list[str]:
    """Learners with cards of every age, each card with one review behind it."""
    source, now = random.Random(1), datetime.now(UTC)
    skills = ("meaning", "listening", "hanzi", "pinyin", "building", "speaking")
    idents = [f"bench-{n:06}" for n in range(learners)]
    engine = service.database.engine.execution_options(write=True)
    card_id = 0
    for start in range(0, learners, 50):
        part = idents[start:start + 50]
        people, rows, reviews = [], [], []
        for ident in part:
            people.append({"id": ident, "goal": 20, "new_per_day": 10, "zone": "UTC",
                           "sound": True, "created_at": now})
            for n in range(cards):
                card_id += 1
                item = service.deck.ids[n // len(skills) % len(service.deck.ids)]
                reviewed = now - timedelta(days=source.uniform(0, 60))
                rows.append({
                    "id": card_id, "learner_id": ident, "item": item,
                    "skill": skills[n % len(skills)], "state": 2, "step": None,
                    "stability": source.uniform(1, 90), "difficulty": source.uniform(1, 10),
                    "due": reviewed + timedelta(days=source.uniform(1, 90)),
                    "last_review": reviewed, "reps": 3, "lapses": 0, "suspended": False,
                    "created_at": reviewed,
                })
                reviews.append({
                    "learner_id": ident, "card_id": card_id, "key": f"old-{n:06}",
                    "kind": "recall", "seed": 1, "position": -1, "answer": "[]", "rating": 3,
                    "right": True, "reviewed_at": reviewed, "day": reviewed.date(), "goal": 20,
                    "duration_ms": 4000, "session": "", "learnt_before": True, "outcome": "",
                    "undone_at": None,
                })
        with engine.begin() as connection:
            connection.execute(insert(Learner), people)
            connection.execute(insert(CardRow), rows)
            connection.execute(insert(ReviewRow), reviews)
        print(f"\r{start + len(part)} learners", end="", flush=True)
    if not service.database.is_sqlite:
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('card', 'id'), max(id)) FROM card"
            )
    print()
    return idents


def measure(service: PracticeService, learners: list[str], answers: int) -> None:
    """Answer and print percentiles."""
    source = random.Random(2)
    asking, answering = [], []
    for n in range(answers):
        learner = source.choice(learners)
        practice = service.start(5)
        before = time.perf_counter()
        asked = service.next_question(learner, practice)
        asking.append(time.perf_counter() - before)
        if asked is None:
            continue
        question = asked.question
        values = ("3",) if question.form == Form.SELF else question.expected
        answer = Answer(f"bench-{n:08}", question.item, question.kind, question.seed, values,
                        practice.id, 4000)
        before = time.perf_counter()
        service.answer(learner, answer)
        answering.append(time.perf_counter() - before)
    for name, times in (("answer", answering), ("next question", asking)):
        cuts = statistics.quantiles(times, n=100)
        print(f"{name}: p50 {cuts[49] * 1000:.1f} ms, p95 {cuts[94] * 1000:.1f} ms,"
              f" p99 {cuts[98] * 1000:.1f} ms ({len(times)} times)")


def main() -> None:
    """Read the options, fill, measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--cards", type=int, default=500)
    parser.add_argument("--answers", type=int, default=2000)
    parser.add_argument("--url", default="", help="an empty database; default: a new SQLite file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.url or f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        service = PracticeService(phrasebook(), url)
        print(f"{platform.machine()}, Python {platform.python_version()}, "
              f"{'SQLite' if service.database.is_sqlite else 'PostgreSQL'}")
        learners = fill(service, options.learners, options.cards)
        for ident in service.deck.ids:
            service.deck.item(ident)
        measure(service, learners, options.answers)
        service.database.close()


if __name__ == "__main__":
    main()
