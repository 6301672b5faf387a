"""A practice service on SQLite and on PostgreSQL, with a clock that tests can set."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy
from sqlalchemy.engine import make_url

from helper.practice import PracticeService
from phrasebook import phrasebook
from tests.practice import postgres

_numbers = itertools.count(1)


class Clock:
    """A moment that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **how) -> None:
        self.now += timedelta(**how)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres_url():
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql); its tests are skipped")
    with postgres.cluster() as url:
        yield url


def new_postgres_database(url: str) -> str:
    """An empty database of its own on the cluster."""
    name = f"test_{next(_numbers)}"
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'practice.sqlite'}"
    return new_postgres_database(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def content():
    return phrasebook()


@pytest.fixture
def service(content, database_url, clock):
    made = PracticeService(content, database_url, clock=clock)
    yield made
    made.database.close()


@pytest.fixture
def lite(content, tmp_path, clock):
    """A service on SQLite alone, for what the database cannot change."""
    made = PracticeService(content, f"sqlite:///{tmp_path / 'lite.sqlite'}", clock=clock)
    yield made
    made.database.close()
