"""Learners, cards and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _learner() -> sa.Column:
    return sa.Column(
        "learner_id", sa.String(64),
        sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False,
    )


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "learner",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("goal", sa.Integer, nullable=False),
        sa.Column("new_per_day", sa.Integer, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("sound", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "card",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _learner(),
        sa.Column("item", sa.String(120), nullable=False),
        sa.Column("skill", sa.String(20), nullable=False),
        sa.Column("state", sa.Integer, nullable=False),
        sa.Column("step", sa.Integer),
        sa.Column("stability", sa.Double),
        sa.Column("difficulty", sa.Double),
        sa.Column("due", _MOMENT, nullable=False),
        sa.Column("last_review", _MOMENT),
        sa.Column("reps", sa.Integer, nullable=False),
        sa.Column("lapses", sa.Integer, nullable=False),
        sa.Column("suspended", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("learner_id", "item", "skill", name="uq_card_skill"),
    )
    op.create_index("ix_card_due", "card", ["learner_id", "suspended", "due"])
    op.create_table(
        "review",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _learner(),
        sa.Column(
            "card_id", sa.Integer, sa.ForeignKey("card.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("reviewed_at", _MOMENT, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("goal", sa.Integer, nullable=False),
        sa.Column("duration_ms", sa.Integer),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("learnt_before", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("undone_at", _MOMENT),
        sa.UniqueConstraint("learner_id", "key", name="uq_review_key"),
    )
    op.create_index("ix_review_day", "review", ["learner_id", "day"])
    op.create_index("ix_review_card", "review", ["card_id"])
    op.create_index("ix_review_session", "review", ["learner_id", "session"])


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("review")
    op.drop_table("card")
    op.drop_table("learner")
