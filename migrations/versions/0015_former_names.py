"""A name that was replaced is kept as long as something may hold it; a button for a whole group is that group's."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, PrimaryKeyConstraint, Text

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add both: no name of before is known, and buttons of before are anybody's, as they were."""
    op.create_table(
        "former_names",
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        Column("name", Text, nullable=False),
        Column("replaced_at", BigInteger, nullable=False),
        PrimaryKeyConstraint("person_id", "name"),
        sqlite_with_rowid=False,
    )
    op.add_column("drafts", Column("group_id", Integer))


def downgrade() -> None:
    """Drop them: an erase knows present names alone."""
    op.execute("ALTER TABLE drafts DROP COLUMN group_id")
    op.drop_table("former_names")
