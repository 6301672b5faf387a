"""A database that cannot be used is one clear sentence, without the password in its address."""

from __future__ import annotations

import sys

import pytest
import sqlalchemy

from helper.errors import InvalidInput, StoreUnavailable
from helper.practice import PracticeService
from tests.practice.conftest import new_postgres_database

NOBODY = "postgresql://me:secret@127.0.0.1:9/practice"


def opening(content, url) -> str:
    with pytest.raises((InvalidInput, StoreUnavailable)) as caught:
        PracticeService(content, url).summary("someone-1")
    return str(caught.value)


def test_a_server_that_is_not_there(content):
    assert "cannot be reached" in opening(content, NOBODY)


def test_a_server_that_goes_away(content, postgres_url):
    url = new_postgres_database(postgres_url)
    service = PracticeService(content, url)
    service.change_settings("someone-1", goal=5)
    service.summary("someone-1")
    engine = sqlalchemy.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(
            f"DROP DATABASE {sqlalchemy.make_url(url).database} WITH (FORCE)"
        )
    engine.dispose()
    with pytest.raises(StoreUnavailable):
        service.summary("someone-1")
    with pytest.raises(StoreUnavailable):
        service.change_settings("someone-1", goal=6)
    service.database.close()


def test_a_driver_that_is_not_there(content, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "psycopg" in opening(content, NOBODY)
    assert "driver" in opening(content, "nonesuch://me:secret@127.0.0.1/practice")


@pytest.mark.parametrize("url", [
    "postgresql//me:secret@127.0.0.1/x", "postgresql://me:secret@127.0.0.1:port/x", "secret",
])
def test_an_address_that_is_none(content, url):
    said = opening(content, url)
    assert "HELPER_DATABASE_URL" in said
    assert "secret" not in said
