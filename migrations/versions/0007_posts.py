"""What the group was shown: lines with the check-ins in them, the members whom results count, what organisers know.

Lines that stand from before are taken from their posts, as far as those are still in the outbox.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Text

revision = "0007"
down_revision = "0006"

POSTED_LINES = """INSERT INTO lines (group_id, made_at, checkin_id, person_id, "key")
    SELECT m.group_id, c.created_at, c.id, c.person_id, o."key"
    FROM members m JOIN checkins c ON c.person_id = m.person_id
    JOIN outbox o ON o."key" > 'line/' || m.group_id || '/' || c.id || '/'
                 AND o."key" < 'line/' || m.group_id || '/' || c.id || '0'"""


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "lines",
        Column("group_id", Integer, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
        # when the check-in was made, whose post may have come before it
        Column("made_at", BigInteger, primary_key=True),
        Column("checkin_id", Integer, primary_key=True),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        Column("key", Text, nullable=False),
        Column("milestones", Text, nullable=False, server_default=""),
        sqlite_with_rowid=False,
    )
    op.execute(POSTED_LINES)
    op.create_table(
        "results_members",
        Column("group_id", Integer, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
        Column("week", Text, primary_key=True),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        # among those who kept the week
        Column("is_named", Boolean, nullable=False, server_default=sa.false()),
        Column("is_quoted", Boolean, nullable=False, server_default=sa.false()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "group_notices",
        Column("group_id", Integer, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
        Column("notice", Text, primary_key=True),
        Column("told_at", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    # up to when what was logged has stood in a digest
    op.add_column("groups", Column("digested_at", BigInteger))


def downgrade() -> None:
    """Drop them."""
    op.execute("ALTER TABLE groups DROP COLUMN digested_at")
    for table in ("group_notices", "results_members", "lines"):
        op.drop_table(table)
