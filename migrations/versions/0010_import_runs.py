"""Imports are kept by runs, which can be taken back whole; each entry keeps its session's day, length and project.

What was imported before keeps its keys. It is one run of its person, "earlier imports", made when its newest entry was.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text

revision = "0010"
down_revision = "0009"

EARLIER = """INSERT INTO import_runs (person_id, number, file, source, made_at, entries, minutes)
    SELECT i.person_id, 1, '', 'earlier imports', max(c.created_at), count(*), sum(c.minutes)
    FROM imports i JOIN checkins c ON c.id = i.checkin_id GROUP BY i.person_id ORDER BY i.person_id"""
FILL = """UPDATE imports SET (run_id, day, minutes) = (
    SELECT r.id, c.day, c.minutes FROM checkins c JOIN import_runs r ON r.person_id = imports.person_id
    WHERE c.id = imports.checkin_id)"""


def upgrade() -> None:
    """Create the table, and make one run of what was imported before."""
    op.create_table(
        "import_runs",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("file", Text, nullable=False),
        Column("source", Text, nullable=False),
        Column("made_at", BigInteger, nullable=False),
        Column("entries", Integer, nullable=False),
        Column("minutes", Integer, nullable=False),
        sa.UniqueConstraint("person_id", "number"),
    )
    for column in (
        Column("run_id", BigInteger),
        Column("day", Text),
        Column("minutes", Integer),
        Column("project", Text),
        Column("replaced_by", BigInteger),
    ):
        op.add_column("imports", column)
    op.execute(EARLIER)
    op.execute(FILL)


def downgrade() -> None:
    """Drop the runs and what they tell of entries; the entries stay."""
    for column in ("replaced_by", "project", "minutes", "day", "run_id"):
        op.execute(f"ALTER TABLE imports DROP COLUMN {column}")
    op.drop_table("import_runs")
