"""The database: opened once per process, migrated on first use, safe between processes.

SQLite runs in WAL mode with foreign keys on, a busy timeout and full synchronisation (an answer
that was confirmed survives a crash of the process and of the machine). Write transactions begin
IMMEDIATE, so that two writers wait for each other instead of failing half-way.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from helper.errors import N_, InvalidInput, StoreUnavailable

BUSY_TIMEOUT_MS = 20_000
_ADVISORY_LOCK = 5_020_219


class Database:
    """A SQLAlchemy URL and everything needed to use it.

    Args:
        url: "sqlite:///…", "sqlite://" (in memory, this process only) or "postgresql://…".
    """

    def __init__(self, url: str) -> None:
        try:
            self._url = make_url(url)
        except (ArgumentError, ValueError):  # the address may hold a password: do not repeat it
            raise InvalidInput(N_("HELPER_DATABASE_URL is not a database address.")) from None
        if self._url.drivername in {"postgresql", "postgres"}:
            self._url = self._url.set(drivername="postgresql+psycopg")
        self._engine: Engine | None = None
        self._process = os.getpid()
        self._opening = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is SQLite."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def _file(self) -> Path | None:
        name = self._url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    @property
    def engine(self) -> Engine:
        """The migrated engine; made on first use, and again after a fork.

        Raises:
            StoreUnavailable: PostgreSQL or its driver is not there.
        """
        if self._process != os.getpid():  # connections belong to the process that opened them
            self._engine, self._process = None, os.getpid()
            self._opening = threading.Lock()
        if self._engine is None:
            with self._opening:
                if self._engine is None:
                    engine = self.unmigrated()
                    with self._answering():
                        self._migrate(engine, "head")
                    self._engine = engine
        return self._engine

    def unmigrated(self) -> Engine:
        """A new engine with the right connection settings, tables as they are."""
        if not self.is_sqlite:
            try:
                return create_engine(self._url, pool_pre_ping=True)
            except (ImportError, NoSuchModuleError):
                raise StoreUnavailable(
                    N_("The driver for the database in HELPER_DATABASE_URL is not installed; for"
                       " PostgreSQL it is psycopg.")
                ) from None
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(self._url, connect_args={"check_same_thread": False})
        else:
            engine = create_engine(
                self._url, poolclass=StaticPool, connect_args={"check_same_thread": False}
            )
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _migrate(self, engine: Engine, revision: str) -> None:
        if self._file:
            with FileLock(f"{self._file}.migrating"):
                run_migration(engine, revision)
        else:
            run_migration(engine, revision)

    @contextlib.contextmanager
    def _answering(self) -> Iterator[None]:
        """Turns a server that cannot be reached, or hangs up, into StoreUnavailable.

        What a server answers has an SQLSTATE; what SQLite says is about its file.
        """
        try:
            yield
        except OperationalError as error:
            if self.is_sqlite or (
                getattr(error.orig, "sqlstate", None) and not error.connection_invalidated
            ):
                raise
            raise StoreUnavailable(
                N_("The database in HELPER_DATABASE_URL cannot be reached; check the address and"
                   " that its server is running.")
            ) from None

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries only; StoreUnavailable as ``engine``."""
        with self._answering(), Session(self.engine) as session:
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose one transaction is committed at the end, or rolled back whole.

        StoreUnavailable as ``engine``.
        """
        engine = self.engine.execution_options(write=True)
        with self._answering(), sessionmaker(engine, expire_on_commit=False).begin() as session:
            yield session

    def close(self) -> None:
        """Close every pooled connection; the next use opens new ones."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def run_migration(engine: Engine, revision: str, *, down: bool = False) -> None:
    """Bring the tables up, or ``down``, to ``revision`` ("head", "base" or an id).

    All steps are one transaction, on SQLite too.
    """
    from alembic import command  # takes as long to import as all the rest
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.execution_options(write=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
        config.attributes["connection"] = connection
        if down:
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
