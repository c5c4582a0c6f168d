"""The index by which posts are found that are still to be sent holds no others: what was sent is kept for a month."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Leave out of it what is settled."""
    op.drop_index("outbox_by_next")
    op.execute("CREATE INDEX outbox_waiting ON outbox (platform, next_at) WHERE next_at IS NOT NULL")


def downgrade() -> None:
    """Take everything into it again."""
    op.drop_index("outbox_waiting")
    op.create_index("outbox_by_next", "outbox", ["platform", "next_at"])
