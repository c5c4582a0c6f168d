"""Notes come back to be explained once more: where each stands, and when a person's are to be looked at next."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add both: nobody has a note on the ladder, and everybody's are looked at with their next check-in."""
    op.create_table(
        "recalls",
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        Column("week", Text, nullable=False),
        Column("source", Text, nullable=False),
        Column("number", Integer, nullable=False),
        Column("since", Text, nullable=False),
        Column("step", Integer, nullable=False),
        Column("asked_on", Text),
        Column("answered_on", Text),
        PrimaryKeyConstraint("person_id", "week"),
        UniqueConstraint("person_id", "source", "number"),
        sqlite_with_rowid=False,
    )
    op.add_column("people", Column("recall_on", Text))
    op.add_column("people", Column("recall_refused_on", Text))


def downgrade() -> None:
    """Drop them: nothing comes back any more."""
    op.execute("ALTER TABLE people DROP COLUMN recall_refused_on")
    op.execute("ALTER TABLE people DROP COLUMN recall_on")
    op.drop_table("recalls")
