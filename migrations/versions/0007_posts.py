"""What the group was shown: lines with the check-ins in them, the members whom results count, what organisers know.

Lines that stand from before are taken from their posts, as far as those are still in the outbox: from the posts of a
month to their check-ins, and not through all check-ins of years.
"""

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Text

revision = "0007"
down_revision = "0006"

POSTS = """SELECT "key" FROM outbox WHERE "key" > 'line/' AND "key" < 'line0' ORDER BY "key" """
KEY_OF_LINE = re.compile(r"line/([0-9]{1,15})/([0-9]{1,15})/")
"""The beginning of a line's key: its group and its check-in."""

POSTED_LINE = """INSERT INTO lines (group_id, made_at, checkin_id, person_id, "key")
    SELECT m.group_id, c.created_at, c.id, c.person_id, :key
    FROM checkins c JOIN members m ON m.person_id = c.person_id AND m.group_id = :group WHERE c.id = :checkin
    ON CONFLICT DO NOTHING"""


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
    connection = op.get_bind()
    keys = [(key, KEY_OF_LINE.match(key)) for (key,) in connection.execute(sa.text(POSTS))]
    lines = [{"key": key, "group": int(parts[1]), "checkin": int(parts[2])} for key, parts in keys if parts is not None]
    if lines:
        connection.execute(sa.text(POSTED_LINE), lines)
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
