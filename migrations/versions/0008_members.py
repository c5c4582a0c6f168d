"""Who was taken out of a group by an organiser stays out until let in again; so far nobody is kept out."""

from alembic import op
from sqlalchemy import BigInteger, Column

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column."""
    op.add_column("members", Column("removed_at", BigInteger))


def downgrade() -> None:
    """Drop it: whoever was removed may join again."""
    op.execute("ALTER TABLE members DROP COLUMN removed_at")
