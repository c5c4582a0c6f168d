"""Posts that wait have an index of their own, and a milestone that nobody was there to hear of is greeted later."""

from alembic import op
from sqlalchemy import Boolean, Column, true

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Leave out of the index what is settled; all milestones so far have been greeted."""
    op.drop_index("outbox_by_next")
    op.execute("CREATE INDEX outbox_waiting ON outbox (platform, next_at) WHERE next_at IS NOT NULL")
    op.add_column("milestones", Column("is_greeted", Boolean, nullable=False, server_default=true()))


def downgrade() -> None:
    """Take everything into it again."""
    op.execute("ALTER TABLE milestones DROP COLUMN is_greeted")
    op.drop_index("outbox_waiting")
    op.create_index("outbox_by_next", "outbox", ["platform", "next_at"])
