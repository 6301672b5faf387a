"""Runs training in legs: a fresh process every quarter of an hour. No PyTorch in this process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from training.progress import Reporter

#: Exit status of a leg that ended although there is more to do.
MORE_TO_DO = 75

_JEMALLOC = (
    "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
    "/usr/lib/aarch64-linux-gnu/libjemalloc.so.2",
    "/usr/lib64/libjemalloc.so.2",
)


def leg_environment() -> dict[str, str]:
    """The environment of a leg: with jemalloc, where it is installed, told to keep its pages.

    That is much faster for PyTorch on CPU, and grows without end; hence the legs.
    """
    environment = dict(os.environ)
    # Threads that wait for each other should not spin: others use the processor as well.
    environment.setdefault("GOMP_SPINCOUNT", "2000")
    if library := next((path for path in _JEMALLOC if Path(path).exists()), None):
        environment["LD_PRELOAD"] = library
        environment["MALLOC_CONF"] = "dirty_decay_ms:-1,muzzy_decay_ms:-1"
    return environment


def run_legs(arguments: list[str], report: Reporter) -> int:
    """Runs ``python -m training train <arguments>`` again and again until it says it is done.

    SIGTERM and SIGINT are passed on to the leg, which saves and ends; then this ends as well.
    Three failures within five minutes of each other's start end it too.
    """
    child: subprocess.Popen[bytes] | None = None
    told: list[int] = []

    def pass_on(number: int, _: object) -> None:
        told.append(number)
        if child is not None:
            child.send_signal(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    failures = 0
    while not told:
        started = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, "-m", "training", "train", *arguments], env=leg_environment()
        )
        status = child.wait()
        if status == 0 or told:
            return status
        if status != MORE_TO_DO:
            failures = failures + 1 if time.monotonic() - started < 300 else 1
            report.say(f"a leg failed with status {status}")
            if failures >= 3:
                return status
            time.sleep(10)
    return 128 + told[0]
