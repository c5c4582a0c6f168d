"""A check-in remembers the week in which it counts, a pause what was announced, a goal that it is for one week alone.

The tally after the last closed week counts other weeks than before, so all weeks are judged again, when the program
next looks: their states stay, since what counted in them is stored.

The check-ins of a small database are filled in at once. Those of a large one would keep the program from starting: they
are filled in slices while it serves, and until then `bot.store.checkins` tells the week by the same rule.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Boolean, Column, Integer, Text, false

revision = "0006"
down_revision = "0005"

FILLED_AT_ONCE = 50_000
"""Check-ins that are filled in by the migration itself, in a fraction of a second."""

HOW_MANY = f"SELECT count(*) FROM (SELECT 1 AS one FROM checkins LIMIT {FILLED_AT_ONCE + 1}) AS few"  # noqa: S608 - a constant of ours
MONDAY = {
    "sqlite": "date(day, 'weekday 0', '-6 days')",
    "postgresql": "to_char(date_trunc('week', day::date), 'YYYY-MM-DD')",
}
"""The Monday of a check-in's week, by dialect."""

COUNTED = """UPDATE checkins SET counted_week = {monday}
    WHERE NOT is_late AND undone_at IS NULL AND source <> 'import'
      AND {monday} >= (SELECT first_week FROM people WHERE people.id = checkins.person_id)"""
JUDGE_AGAIN = "UPDATE people SET closed_week = NULL, closed_tally = NULL, closes_at = 0 WHERE first_week IS NOT NULL"


def upgrade() -> None:
    """Add the columns; what was logged in time has counted, or counts, in the week of its day."""
    op.add_column("checkins", Column("counted_week", Text))
    connection = op.get_bind()
    if connection.execute(sa.text(HOW_MANY)).scalar_one() <= FILLED_AT_ONCE:
        connection.execute(sa.text(COUNTED.format(monday=MONDAY[connection.dialect.name])))
    else:
        op.execute("CREATE TABLE checkins_to_fill (person_id INTEGER PRIMARY KEY)")
        op.execute("INSERT INTO checkins_to_fill SELECT id FROM people WHERE first_week IS NOT NULL")
    # the last day as it was announced, where the pause was ended before it
    op.add_column("pauses", Column("announced_until", Text))
    op.add_column("goals", Column("is_for_one_week", Boolean, nullable=False, server_default=false()))
    # away weeks within the streak
    op.add_column("people", Column("away", Integer, nullable=False, server_default="0"))
    op.execute(JUDGE_AGAIN)


def downgrade() -> None:
    """Drop the columns; a goal for one week alone goes, for it would hold for ever."""
    op.execute("DROP TABLE IF EXISTS checkins_to_fill")
    op.execute("DELETE FROM goals WHERE is_for_one_week")
    for table, column in (
        ("people", "away"),
        ("goals", "is_for_one_week"),
        ("pauses", "announced_until"),
        ("checkins", "counted_week"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    op.execute(JUDGE_AGAIN)
