"""A note that an organiser takes off is shown to its group no more, and stays in its writer's journal."""

from alembic import op
from sqlalchemy import Boolean, Column, false

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; so far every note is shown."""
    op.add_column("checkins", Column("is_note_off", Boolean, nullable=False, server_default=false()))


def downgrade() -> None:
    """Drop it: notes that were taken off can be shown again."""
    op.execute("ALTER TABLE checkins DROP COLUMN is_note_off")
