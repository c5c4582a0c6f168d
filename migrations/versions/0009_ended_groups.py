"""A group that has ended stays, for what its members have logged there, and frees its channel for another one."""

from alembic import op
from sqlalchemy import BigInteger, Column

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column; so far no group has ended."""
    op.add_column("groups", Column("ended_at", BigInteger))


def downgrade() -> None:
    """Drop it: a group that has ended sleeps, and its channel stays free."""
    op.execute("ALTER TABLE groups DROP COLUMN ended_at")
