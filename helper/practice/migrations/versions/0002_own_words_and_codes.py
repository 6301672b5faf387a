"""The learner's own words, and short codes to move to another browser."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "own_word",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "learner_id", sa.String(64),
            sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False,
        ),
        sa.Column("ident", sa.String(64), nullable=False),
        sa.Column("hanzi", sa.String(200), nullable=False),
        sa.Column("pinyin", sa.Text, nullable=False),
        sa.Column("english", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("learner_id", "hanzi", name="uq_own_word_hanzi"),
        sa.UniqueConstraint("learner_id", "ident", name="uq_own_word_ident"),
    )
    op.create_table(
        "move_code",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column(
            "learner_id", sa.String(64),
            sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False,
        ),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Drop both; cards of own words go too, since nothing could show them."""
    op.execute("DELETE FROM card WHERE item LIKE 'own.%'")
    op.drop_table("move_code")
    op.drop_table("own_word")
