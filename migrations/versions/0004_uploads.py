"""Files that members hand over have a table of their own, with their bytes; they were drafts, as text.

A file that waits to be imported when this runs goes: its buttons answer that it is not kept any more. Ids of uploads
are instants in milliseconds, so no button that names the number of a draft finds one.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table, and delete the drafts that held files."""
    op.create_table(
        "uploads",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        Column("name", Text, nullable=False),
        Column("content", LargeBinary, nullable=False),
        Column("uploaded_at", BigInteger, nullable=False),
    )
    op.create_index("uploads_by_person", "uploads", ["person_id"])
    op.get_bind().execute(sa.text("DELETE FROM drafts WHERE command = 'mydata import'"))


def downgrade() -> None:
    """Drop the table with its files."""
    op.drop_table("uploads")
