"""A private PostgreSQL for the tests, from Debian's package, run by a user who is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, newest version first; None if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _account() -> tuple[list[str], int, int]:
    """How to run a program as somebody who is not root, and who that is."""
    if os.getuid():
        return [], os.getuid(), os.getgid()
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        setpriv = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        return setpriv, user.pw_uid, user.pw_gid
    raise RuntimeError("no account to run PostgreSQL")


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster in a temporary folder; yields the URL of its database "postgres"."""
    folder = binaries()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    as_user, uid, gid = _account()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as home:
        os.chown(home, uid, gid)
        data = f"{home}/data"

        def run(*command: str) -> None:
            subprocess.run(
                [*as_user, *command], check=True, cwd=home, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"}, timeout=120,
            )

        run(str(folder / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8")
        run(
            str(folder / "pg_ctl"), "-D", data, "-w", "-l", f"{home}/log",
            "-o", f"-c listen_addresses='' -k {home}", "start",
        )
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            run(str(folder / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
