"""Every setting, in one place, read once from the environment (``HELPER_*``).

The README documents each with its default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from helper.errors import N_, InvalidInput


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator can change.

    Attributes:
        data_dir: where packages, the compiled dictionary, the database and keys live.
        database_url: SQLAlchemy URL of the practice store; empty means SQLite in ``data_dir``.
        secret_key: signs cookies; empty means one is made and kept in ``data_dir``.
        max_chars: longest text, in characters, that is translated or read at once.
        max_body: largest request body, in bytes.
        threads: CPU threads of the translation engine; 0 means all cores.
        rate_limit: requests to the costly routes per client, in Flask-Limiter's notation;
            empty means no limit.
        rate_storage: where the limiter counts ("memory://", "redis://…").
        https: whether the app is served behind HTTPS (secure cookies, HSTS).
        proxies: how many reverse proxies in front may set X-Forwarded-*.
        package_index: address of the translation packages' index.json or its folder; empty
            means argostranslate's own (its ARGOS_PACKAGE_INDEX).
    """

    data_dir: Path = field(default_factory=lambda: user_data_path("rednote-helper", False))
    database_url: str = ""
    secret_key: str = ""
    max_chars: int = 5000
    max_body: int = 1_000_000
    threads: int = 0
    rate_limit: str = "120 per minute"
    rate_storage: str = "memory://"
    https: bool = False
    proxies: int = 0
    package_index: str = ""

    def ensure_data_dir(self) -> Path:
        """Create ``data_dir`` if need be and return it."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        return self.data_dir


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read ``HELPER_*``; raise InvalidInput naming a value that cannot be read."""
    values: dict[str, object] = {}
    for name, kind in (
        ("data_dir", Path),
        ("database_url", str),
        ("secret_key", str),
        ("max_chars", int),
        ("max_body", int),
        ("threads", int),
        ("rate_limit", str),
        ("rate_storage", str),
        ("https", bool),
        ("proxies", int),
        ("package_index", str),
    ):
        raw = environ.get(f"HELPER_{name.upper()}")
        if raw is None:
            continue
        values[name] = _read(name, kind, raw)
    return Settings(**values)  # type: ignore[arg-type]


def _read(name: str, kind: type, raw: str) -> object:
    if kind is bool:
        return raw.strip().lower() in {"1", "true", "yes", "on"}
    if kind is int:
        try:
            number = int(raw)
        except ValueError:
            number = -1
        if number < 0:
            raise InvalidInput(
                N_("HELPER_%(name)s must be a whole number, not “%(value)s”."),
                name=name.upper(),
                value=raw,
            )
        return number
    return kind(raw).expanduser() if kind is Path else raw
