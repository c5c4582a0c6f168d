"""Weeks know what counted until them, so that a board of years reads two weeks of each member.

The sums of a small database are made at once. Those of a large one would keep the program from starting: they are made
in slices while it serves.
"""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, text

revision = "0014"
down_revision = "0013"

MADE_AT_ONCE = 200_000
"""Weeks whose sums are made by the migration itself, in about a second."""

HOW_MANY = f"SELECT count(*) FROM (SELECT 1 AS one FROM weeks LIMIT {MADE_AT_ONCE + 1}) AS few"  # noqa: S608 - a constant of ours
SHARE = "CASE WHEN counted >= goal THEN 1000000 ELSE counted * 1000000 / goal END"
SUM_UP = f"""UPDATE weeks SET counted_sum = renewed.counted, share_sum = renewed.share
    FROM (SELECT person_id, monday, sum(counted) OVER of_person AS counted, sum({SHARE}) OVER of_person AS share
          FROM weeks WINDOW of_person AS (PARTITION BY person_id ORDER BY monday)) AS renewed
    WHERE weeks.person_id = renewed.person_id AND weeks.monday = renewed.monday"""  # noqa: S608 - a constant of ours


def upgrade() -> None:
    """Add the columns, and fill them in a small database."""
    op.add_column("weeks", Column("counted_sum", Integer, nullable=False, server_default="0"))
    op.add_column("weeks", Column("share_sum", BigInteger, nullable=False, server_default="0"))
    if op.get_bind().execute(text(HOW_MANY)).scalar_one() <= MADE_AT_ONCE:
        op.execute(SUM_UP)
    else:
        op.execute("CREATE TABLE weeks_to_sum (person_id INTEGER PRIMARY KEY)")
        op.execute("INSERT INTO weeks_to_sum SELECT id FROM people WHERE first_week IS NOT NULL")


def downgrade() -> None:
    """Drop the columns."""
    op.execute("DROP TABLE IF EXISTS weeks_to_sum")
    for column in ("share_sum", "counted_sum"):
        op.execute(f"ALTER TABLE weeks DROP COLUMN {column}")
