"""A claim remembers when its post became uncertain and how many looks failed; a lease, by which clock it ends.

The steady clock of a machine says the same to all its processes until it is started again: `boot` names the stretch.
"""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, Text

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the columns; of what is under way, the time at which it was due counts."""
    op.add_column("outbox", Column("claimed_at", BigInteger))
    op.add_column("outbox", Column("looks", Integer, nullable=False, server_default="0"))
    op.add_column("leases", Column("boot", Text, nullable=False, server_default=""))
    op.add_column("leases", Column("steady_until", BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop them: what is uncertain is looked for from the time at which it was due."""
    op.execute("ALTER TABLE outbox DROP COLUMN claimed_at")
    op.execute("ALTER TABLE outbox DROP COLUMN looks")
    op.execute("ALTER TABLE leases DROP COLUMN boot")
    op.execute("ALTER TABLE leases DROP COLUMN steady_until")
