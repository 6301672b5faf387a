"""How fast translation is: ``python bench/translate.py`` prints a table in Markdown.

Measured: seconds for a caption of one and of six sentences in this process (p50, p95), the first
translation after a start, resident memory of the served app, and captions per second through
HTTP at 1, 8 and 32 clients. Every caption is one that the memory does not know, and no caption is
sent twice, so nothing is answered from a cache.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_WHO = (
    "My neighbor",
    "My sister",
    "The teacher",
    "Our old dog",
    "His cousin",
    "My roommate",
    "The nurse",
    "Her boss",
    "My uncle",
    "The coach",
)
_DID = (
    "found",
    "painted",
    "forgot",
    "broke",
    "cooked",
    "bought",
    "borrowed",
    "sold",
    "carried",
    "dropped",
)
_WHAT = (
    "a blue bicycle",
    "the soup",
    "two wool sweaters",
    "the kitchen clock",
    "a strange letter",
    "some ripe peaches",
    "the garden hose",
    "a broken umbrella",
    "my favorite mug",
    "a guitar",
)
_WHEN = (
    "last night",
    "on the way home",
    "before breakfast",
    "during the storm",
    "at the market",
    "after the game",
    "by accident",
    "for the third time",
    "in the basement",
    "this morning",
)


def captions(sentences: int, seed: int = 1):
    """Endless different captions of so many sentences; the sentences are ordinary ones."""
    rng = random.Random(seed)
    every = list(itertools.product(_WHO, _DID, _WHAT, _WHEN))
    rng.shuffle(every)
    pool = itertools.cycle(every)
    while True:
        yield " ".join(f"{' '.join(next(pool))}." for _ in range(sentences))


def in_process(count: int) -> list[tuple[str, str]]:
    """Seconds per caption inside one process."""
    from helper.services import Services
    from helper.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        parts = Services(Settings(data_dir=Path(folder)))
        parts.translator.translate("Hello from a bench, my dear translator.", "zh")
        fresh = time.perf_counter() - started
        started = time.perf_counter()
        again = Services(Settings(data_dir=Path(folder)))
        again.translator.translate("Hello from a bench, my dear translator.", "zh")
        first = time.perf_counter() - started
        rows = [
            ("first translation after installation, s", f"{fresh:.2f}"),
            ("first translation after a later start, s", f"{first:.2f}"),
        ]
        for sentences in (1, 6):
            times = []
            for text, _ in zip(captions(sentences), range(count), strict=False):
                started = time.perf_counter()
                again.translator.translate(text, "zh")
                times.append(time.perf_counter() - started)
            times.sort()
            rows.append(
                (
                    f"caption of {sentences} sentence{'s' if sentences > 1 else ''}, s (p50 / p95)",
                    f"{statistics.median(times):.3f} / {times[int(0.95 * len(times))]:.3f}",
                )
            )
    return rows


def through_http(seconds: float) -> list[tuple[str, str]]:
    """Captions per second and resident memory of ``rednote-helper serve``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "-m", "helper", "serve", "--port", str(port), "--threads", "32"],
            env={**os.environ, "HELPER_DATA_DIR": folder, "HELPER_RATE_LIMIT": ""},
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
        )
        try:
            url = f"http://127.0.0.1:{port}/api/translate"
            for _ in range(600):
                try:
                    _post(url, "Wait for me, please, I am coming.")
                    break
                except OSError:
                    time.sleep(0.2)
            for clients in (1, 8, 32):
                done, took = _load(url, clients, seconds)
                rows.append(
                    (f"one-sentence captions per second, {clients} clients", f"{done / took:.1f}")
                )
            rows.append(("resident memory of the server, MB", f"{_resident(server.pid):.0f}"))
        finally:
            server.terminate()
            server.wait(30)
    return rows


def _post(url: str, text: str) -> None:
    request = urllib.request.Request(
        url, json.dumps({"text": text, "to": "zh"}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=120) as response:
        json.load(response)


def _load(url: str, clients: int, seconds: float) -> tuple[int, float]:
    counts = [0] * clients
    end = time.perf_counter() + seconds

    def client(number: int) -> None:
        for text in captions(1, seed=100 * clients + number):
            if time.perf_counter() > end:
                return
            _post(url, text)
            counts[number] += 1

    started = time.perf_counter()
    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts), time.perf_counter() - started


def _resident(pid: int) -> float:
    """Resident memory of a process and its children, in MB (Linux)."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        if pid in (int(fields["Pid"]), int(fields["PPid"])) and "VmRSS" in fields:
            total += int(fields["VmRSS"].split()[0])
    return total / 1000


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=60, help="captions per length")
    options.add_argument("--seconds", type=float, default=15, help="seconds per number of clients")
    chosen = options.parse_args()
    rows = in_process(chosen.count) + through_http(chosen.seconds)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load before the run {os.getloadavg()[0]:.1f}\n"
    )
    print("| what | measured |\n| --- | --- |")
    for name, value in rows:
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
