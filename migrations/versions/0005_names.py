"""Names are kept for each server or workspace, and members have the one of their group's, with the key to sort it by.

What a person is called today stands for their identity, if it is their only one; of several nobody knows which one it
belongs to, so a group calls them "someone" until they are seen there.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlalchemy.dialects import postgresql

from bot.domain.collation import sort_key

revision = "0005"
down_revision = "0004"

UNKNOWN = "someone"
KEY = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that is compared byte by byte, on every engine."""

ONLY = """SELECT i.person_id AS person_id, i.platform AS platform, i.team AS team, p.name AS name
    FROM identities i JOIN people p ON p.id = i.person_id
    WHERE NOT EXISTS (SELECT 1 FROM identities o WHERE o.person_id = i.person_id
                      AND (o.platform <> i.platform OR o.team <> i.team OR o."user" <> i."user"))"""
MEMBERS = """SELECT m.group_id, m.person_id, n.name FROM members m JOIN groups g ON g.id = m.group_id
    JOIN names n ON n.person_id = m.person_id AND n.platform = g.platform AND n.team IN (g.team, '')"""


def upgrade() -> None:
    """Create the table, and give members and only identities the name of today."""
    op.create_table(
        "names",
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        Column("platform", Text, primary_key=True),
        # the server or workspace that calls them so; "" for the account itself where a platform has one for all
        Column("team", Text, primary_key=True),
        Column("name", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("members", Column("name", Text, nullable=False, server_default=UNKNOWN))
    op.add_column("members", Column("sort_key", KEY, nullable=False, server_default=sort_key(UNKNOWN)))
    connection = op.get_bind()
    op.execute(f"INSERT INTO names (person_id, platform, team, name) {ONLY}")
    rows = [
        {"group": group_id, "person": person_id, "name": name, "key": sort_key(name)}
        for group_id, person_id, name in connection.execute(sa.text(MEMBERS))
    ]
    if rows:
        update = "UPDATE members SET name = :name, sort_key = :key WHERE group_id = :group AND person_id = :person"
        connection.execute(sa.text(update), rows)


def downgrade() -> None:
    """Go back to the one name that a person has."""
    op.execute("ALTER TABLE members DROP COLUMN sort_key")
    op.execute("ALTER TABLE members DROP COLUMN name")
    op.drop_table("names")
