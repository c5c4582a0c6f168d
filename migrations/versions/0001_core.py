"""People, groups, check-ins with their totals, schedules and the outbox.

Instants are milliseconds of UTC; days and Mondays are ISO dates.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Text, UniqueConstraint

revision = "0001"
down_revision = None


def _person(*, primary_key: bool = False) -> Column[int]:
    key = ForeignKey("people.id", ondelete="CASCADE")
    return Column("person_id", Integer, key, nullable=False, primary_key=primary_key)


def _group(*, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    key = ForeignKey("groups.id", ondelete="CASCADE")
    return Column("group_id", Integer, key, nullable=nullable, primary_key=primary_key)


def upgrade() -> None:
    """Create everything."""
    _create_people()
    _create_groups()
    _create_checkins()
    _create_delivery()
    _create_conversation()


def downgrade() -> None:
    """Drop everything, children first."""
    for table in reversed(TABLES):
        op.drop_table(table)


TABLES = (
    "people", "identities", "goals", "zones", "pauses", "freezes", "milestones",
    "groups", "areas", "organisers", "members", "intentions",
    "checkins", "checkin_versions", "day_totals", "weeks", "area_totals", "timers",
    "reminders", "schedules", "outbox", "skipped", "leases",
    "requests", "drafts", "memory",
)  # fmt: skip


def _create_people() -> None:
    op.create_table(
        "people",
        Column("id", Integer, primary_key=True),
        Column("name", Text, nullable=False),
        Column("zone", Text, nullable=False),
        Column("zone_source", Text, nullable=False, server_default="group"),
        Column("why", Text),
        Column("first_week", Text),
        Column("last_checkin_at", BigInteger),
        Column("checkins", Integer, nullable=False, server_default="0"),
        Column("total_minutes", Integer, nullable=False, server_default="0"),
        Column("created_at", BigInteger, nullable=False),
        # progress: the tally after the last closed week, which never changes, and the figures of now
        Column("closed_week", Text),
        Column("closed_tally", Text),
        Column("streak", Integer, nullable=False, server_default="0"),
        Column("recent", Text, nullable=False, server_default=""),
        Column("kept", Integer, nullable=False, server_default="0"),
        Column("closes_at", BigInteger),
        Column("freezes_told", Integer, nullable=False, server_default="0"),
    )
    op.create_index("people_by_closing", "people", ["closes_at"])
    op.create_table(
        "identities",
        Column("platform", Text, primary_key=True),
        Column("team", Text, primary_key=True),
        Column("user", Text, primary_key=True),
        _person(),
    )
    op.create_index("identities_by_person", "identities", ["person_id"])
    op.create_table(
        "goals",
        Column("id", Integer, primary_key=True),
        _person(),
        Column("from_week", Text),
        Column("minutes", Integer, nullable=False),
        Column("set_at", BigInteger, nullable=False),
    )
    op.create_index("goals_by_person", "goals", ["person_id", "id"])
    op.create_table(
        "zones",
        Column("id", Integer, primary_key=True),
        _person(),
        Column("zone", Text, nullable=False),
        Column("closing_from", Text),
        Column("set_at", BigInteger, nullable=False),
    )
    op.create_index("zones_by_person", "zones", ["person_id", "id"])
    op.create_table(
        "pauses",
        Column("id", Integer, primary_key=True),
        _person(),
        Column("from_day", Text, nullable=False),
        Column("until_day", Text, nullable=False),
        Column("reason", Text),
        Column("created_at", BigInteger, nullable=False),
    )
    op.create_index("pauses_by_person", "pauses", ["person_id", "until_day"])
    op.create_table(
        "freezes",
        _person(primary_key=True),
        Column("week", Text, primary_key=True),
        Column("is_told", Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "milestones",
        _person(primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("value", Integer, primary_key=True),
        Column("reached_at", BigInteger, nullable=False),
    )


def _create_groups() -> None:
    op.create_table(
        "groups",
        Column("id", Integer, primary_key=True),
        Column("platform", Text, nullable=False),
        Column("team", Text, nullable=False),
        Column("channel", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("zone", Text, nullable=False),
        Column("goal", Integer, nullable=False),
        Column("lines", Text, nullable=False, server_default="each"),
        Column("asleep", Text),
        Column("created_at", BigInteger, nullable=False),
        UniqueConstraint("platform", "team", "channel"),
    )
    op.create_table(
        "areas",
        Column("id", Integer, primary_key=True),
        _group(),
        Column("name", Text, nullable=False),
        Column("position", Integer, nullable=False),
        Column("retired_at", BigInteger),
        UniqueConstraint("group_id", "name"),
    )
    op.create_table("organisers", _group(primary_key=True), _person(primary_key=True))
    op.create_table(
        "members",
        _group(primary_key=True),
        _person(primary_key=True),
        Column("joined_at", BigInteger, nullable=False),
        Column("first_week", Integer, nullable=False),
        Column("left_at", BigInteger),
        Column("is_hidden", Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index("members_by_person", "members", ["person_id"])
    op.create_table(
        "intentions",
        _group(primary_key=True),
        _person(primary_key=True),
        Column("week", Text, primary_key=True),
        Column("plan", Text),
        Column("made_at", BigInteger, nullable=False),
    )


def _create_checkins() -> None:
    op.create_table(
        "checkins",
        Column("id", Integer, primary_key=True),
        _person(),
        Column("number", Integer, nullable=False),
        Column("day", Text, nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("area", Text),
        Column("focus", Text),
        Column("learned", Text),
        Column("source", Text, nullable=False),
        Column("is_late", Boolean, nullable=False, server_default=sa.false()),
        Column("created_at", BigInteger, nullable=False),
        Column("undone_at", BigInteger),
        Column("group_id", Integer, ForeignKey("groups.id", ondelete="SET NULL")),
        UniqueConstraint("person_id", "number"),
    )
    op.create_index("checkins_by_area", "checkins", ["person_id", "area", "day"])
    op.create_index("checkins_by_group", "checkins", ["group_id"])
    op.create_table(
        "checkin_versions",
        Column("checkin_id", Integer, ForeignKey("checkins.id", ondelete="CASCADE"), primary_key=True),
        Column("version", Integer, primary_key=True),
        Column("change", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("area", Text),
        Column("learned", Text),
        Column("changed_at", BigInteger, nullable=False),
    )
    op.create_table(
        "day_totals",
        _person(primary_key=True),
        Column("day", Text, primary_key=True),
        Column("minutes", Integer, nullable=False),
        Column("imported", Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "weeks",
        _person(primary_key=True),
        Column("monday", Text, primary_key=True),
        Column("minutes", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("counted", Integer, nullable=False),
        Column("goal", Integer, nullable=False),
    )
    op.create_table(
        "area_totals",
        _person(primary_key=True),
        Column("area", Text, primary_key=True),
        Column("minutes", Integer, nullable=False),
    )
    op.create_table(
        "timers",
        _person(primary_key=True),
        Column("started_at", BigInteger, nullable=False),
        Column("area", Text),
    )


def _create_delivery() -> None:
    op.create_table(
        "reminders",
        _person(primary_key=True),
        Column("how", Text, nullable=False),
        Column("group_id", Integer, ForeignKey("groups.id", ondelete="SET NULL")),
        Column("platform", Text, nullable=False),
        Column("team", Text, nullable=False),
        Column("user", Text, nullable=False),
        Column("fresh_run", Text),
        # a direct message was refused since they last heard of it
        Column("is_refused", Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "schedules",
        Column("id", Integer, primary_key=True),
        Column("kind", Text, nullable=False),
        _group(nullable=True),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE")),
        Column("moment", Text),
        Column("payload", Text, nullable=False, server_default=""),
        Column("is_on", Boolean, nullable=False, server_default=sa.true()),
        Column("due_at", BigInteger),
        Column("done_day", Text),
        UniqueConstraint("person_id", "group_id", "kind", "payload"),
    )
    op.create_index("schedules_by_due", "schedules", ["due_at"])
    op.create_index("schedules_by_group", "schedules", ["group_id"])
    op.create_table(
        "outbox",
        Column("key", Text, primary_key=True),
        _group(nullable=True),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE")),
        Column("platform", Text, nullable=False),
        Column("address", Text, nullable=False),
        Column("card", Text, nullable=False),
        Column("edits", Text),
        Column("state", Text, nullable=False),
        Column("due_at", BigInteger, nullable=False),
        Column("expires_at", BigInteger, nullable=False),
        Column("next_at", BigInteger),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("message", Text),
        Column("reason", Text),
        Column("settled_at", BigInteger),
    )
    if op.get_bind().dialect.name == "postgresql":
        # SQLite has a number of each row by itself, in the order in which they came
        op.add_column("outbox", Column("rowid", BigInteger, sa.Identity(), nullable=False))
    op.create_index("outbox_by_next", "outbox", ["platform", "next_at"])
    op.create_index("outbox_by_settled", "outbox", ["settled_at"])
    op.create_table(
        "skipped",
        Column("key", Text, primary_key=True),
        _group(nullable=True),
        Column("reason", Text, nullable=False),
        Column("due_at", BigInteger, nullable=False),
        Column("skipped_at", BigInteger, nullable=False),
    )
    op.create_index("skipped_by_time", "skipped", ["skipped_at"])
    op.create_table(
        "leases",
        Column("name", Text, primary_key=True),
        Column("holder", Text, nullable=False),
        Column("until", BigInteger, nullable=False),
    )


def _create_conversation() -> None:
    op.create_table(
        "requests",
        Column("id", Text, primary_key=True),
        Column("answer", Text, nullable=False),
        Column("made_at", BigInteger, nullable=False),
    )
    op.create_index("requests_by_time", "requests", ["made_at"])
    op.create_table(
        "drafts",
        Column("id", Integer, primary_key=True),
        Column("command", Text, nullable=False),
        Column("options", Text, nullable=False),
        Column("made_at", BigInteger, nullable=False),
    )
    op.create_table(
        "memory",
        Column("key", Text, primary_key=True),
        Column("value", Text, nullable=False),
        Column("kept_at", BigInteger, nullable=False),
    )
