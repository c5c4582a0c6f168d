"""Pages: links that open them once, the browsers that are signed in, and calendars; of each secret only its hash."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Create the tables; nobody has a page yet."""
    op.create_table(
        "sign_in_links",
        Column("token_hash", Text, primary_key=True),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        Column("platform", Text, nullable=False),
        Column("team", Text, nullable=False),
        Column("user", Text, nullable=False),
        Column("expires_at", BigInteger, nullable=False),
    )
    op.create_table(
        "sessions",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("token_hash", Text, nullable=False),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        Column("platform", Text, nullable=False),
        Column("team", Text, nullable=False),
        Column("user", Text, nullable=False),
        Column("device", Text, nullable=False),
        Column("made_at", BigInteger, nullable=False),
        Column("seen_at", BigInteger, nullable=False),
        Column("expires_at", BigInteger, nullable=False),
        Column("is_long", Integer, nullable=False),
        Column("outcome", Text),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_table(
        "feeds",
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        Column("token_hash", Text, nullable=False),
        Column("made_at", BigInteger, nullable=False),
        sa.UniqueConstraint("token_hash"),
    )


def downgrade() -> None:
    """Drop them: everybody is signed out, and calendars are subscribed to anew."""
    for table in ("feeds", "sessions", "sign_in_links"):
        op.drop_table(table)
