"""Migrations go up and down with data in the tables, and two processes may start at once."""

from __future__ import annotations

import subprocess
import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from helper.practice.database import Database, run_migration
from helper.practice.models import Base
from tests.practice.test_store import give


def test_the_migrated_tables_are_the_declared_ones(service):
    engine = service.database.engine
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_up_and_down_with_data(service):
    learner = service.new_learner()
    for n in range(5):
        give(service, learner, str(n), service.deck.ids[n])
    service.add(learner, "加油站", english="petrol station")
    engine = service.database.engine
    run_migration(engine, "0001", down=True)
    with engine.connect() as connection:
        assert not inspect(connection).has_table("own_word")
        assert connection.scalar(text("SELECT count(*) FROM review")) == 5
        assert connection.scalar(text("SELECT count(*) FROM card")) == 5
    run_migration(engine, "head")
    assert service.summary(learner).today == 5
    give(service, learner, "6", service.deck.ids[6])
    service.add(learner, "加油站", english="petrol station")
    run_migration(engine, "base", down=True)
    with engine.connect() as connection:
        assert not inspect(connection).has_table("learner")
    run_migration(engine, "head")
    assert service.summary(learner).today == 0
    assert not give(service, learner, "0").repeated


_OPEN = (
    "import sys; from helper.practice.database import Database;"
    "db = Database(sys.argv[1]); db.engine; print('opened')"
)


def test_processes_that_start_at_once_migrate_once(database_url):
    started = [
        subprocess.Popen([sys.executable, "-c", _OPEN, database_url], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in started:
        out, errors = process.communicate(timeout=120)
        assert out == "opened\n", errors


def test_sqlite_is_set_up_for_crashes_and_company(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'a' / 'b.sqlite'}")
    with database.engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert pragma == {
        "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20_000, "synchronous": 2,
    }
    database.close()
