"""Study partners: pairs with their streak, invitations, blocks, what each chose, and the questions they are asked."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, PrimaryKeyConstraint, Text

revision = "0017"
down_revision = "0016"

TABLES = (
    "partner_notes",
    "partner_questions",
    "partner_blocks",
    "partner_invitations",
    "partner_settings",
    "partner_pairs",
    "partnerships",
)
"""All of them, those first that refer to others."""


def upgrade() -> None:
    """Create the tables; nobody has a partner yet."""
    _create_pairs()
    _create_choices()
    _create_questions()


def downgrade() -> None:
    """Drop them all."""
    for table in TABLES:
        op.drop_table(table)


def _create_pairs() -> None:
    op.create_table(
        "partnerships",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("group_id", Integer, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False),
        Column("started_at", BigInteger, nullable=False),
    )
    op.create_index("partnerships_by_group", "partnerships", ["group_id"])
    op.create_table(
        "partner_pairs",
        _person("first_id"),
        _person("second_id"),
        Column("partnership_id", BigInteger, ForeignKey("partnerships.id", ondelete="CASCADE"), nullable=False),
        Column("started_week", Text, nullable=False),
        Column("ended_at", BigInteger),
        Column("ending", Text),
        Column("decided_week", Text),
        Column("streak", Integer, nullable=False, server_default="0"),
        Column("best", Integer, nullable=False, server_default="0"),
        PrimaryKeyConstraint("first_id", "second_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("partner_pairs_by_second", "partner_pairs", ["second_id"])
    op.create_index("partner_pairs_by_partnership", "partner_pairs", ["partnership_id"])


def _create_choices() -> None:
    op.create_table(
        "partner_settings",
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        Column("takes_invitations", Integer, nullable=False, server_default="1"),
        Column("shows_days", Integer, nullable=False, server_default="0"),
        Column("in_results", Integer, nullable=False, server_default="0"),
        Column("waits_in", Integer, ForeignKey("groups.id", ondelete="SET NULL")),
        Column("left_over", Integer, nullable=False, server_default="0"),
        Column("is_active", Integer, nullable=False, server_default="0"),
        Column("news", Text),
        Column("news_about", Integer, ForeignKey("people.id", ondelete="SET NULL")),
        Column("news_in", Integer, ForeignKey("groups.id", ondelete="SET NULL")),
    )
    for column in ("waits_in", "news_about", "news_in"):
        op.create_index(f"partner_settings_by_{column}", "partner_settings", [column])
    op.create_table(
        "partner_invitations",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("group_id", Integer, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False),
        _person("sender_id"),
        _person("invited_id"),
        Column("sent_at", BigInteger, nullable=False),
        Column("state", Text, nullable=False),
        Column("settled_at", BigInteger),
    )
    op.create_index("partner_invitations_by_sender", "partner_invitations", ["sender_id"])
    op.create_index("partner_invitations_by_invited", "partner_invitations", ["invited_id"])
    op.create_table(
        "partner_blocks",
        _person("person_id"),
        Column("platform", Text, nullable=False),
        Column("team", Text, nullable=False),
        Column("user", Text, nullable=False),
        Column("set_at", BigInteger, nullable=False),
        PrimaryKeyConstraint("person_id", "platform", "team", "user"),
        sqlite_with_rowid=False,
    )


def _create_questions() -> None:
    op.create_table(
        "partner_questions",
        _person("person_id"),
        Column("week", Text, nullable=False),
        Column("partnership_id", BigInteger, ForeignKey("partnerships.id", ondelete="CASCADE"), nullable=False),
        Column("question", Text, nullable=False),
        Column("is_told", Integer, nullable=False, server_default="0"),
        Column("mark", Text),
        Column("advice", Text),
        Column("marked_at", BigInteger),
        PrimaryKeyConstraint("person_id", "week", "partnership_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("partner_questions_by_partnership", "partner_questions", ["partnership_id"])
    op.create_table(
        "partner_notes",
        Column(
            "checkin_id",
            BigInteger,
            ForeignKey("checkins.id", ondelete="CASCADE"),
            nullable=False,
        ),
        _person("reader_id"),
        Column("shared_at", BigInteger, nullable=False),
        PrimaryKeyConstraint("checkin_id", "reader_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("partner_notes_by_reader", "partner_notes", ["reader_id"])


def _person(name: str) -> Column[int]:
    return Column(name, Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False)
