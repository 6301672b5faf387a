"""Alembic's entry: runs inside the connection and transaction that database.py opened."""

from alembic import context

from helper.practice.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
