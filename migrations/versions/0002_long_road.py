"""Focuses, the journal's search, lines marked for sharing, what an import has brought, and dropped posts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text, UniqueConstraint

from bot.domain.journal import searchable

revision = "0002"
down_revision = "0001"

IN_JOURNAL = "learned IS NOT NULL AND undone_at IS NULL"
"""The condition for check-ins that are in the journal."""

OWNED = ("requests", "drafts")
"""Tables that hold a person's words, which have to be found when they are erased."""

KEYED = ("members", "day_totals", "weeks", "area_totals", "freezes", "milestones", "imports")
"""Short rows under a key of several columns: in SQLite the key is then the table itself, and not a second tree."""

NARROWED = (
    ("checkins_by_area", "checkins", ("person_id", "area", "day"), "area"),
    ("outbox_by_settled", "outbox", ("settled_at",), "settled_at"),
)
"""Indexes of which each write touched one page more, although they are asked for rows that have a value there alone."""


def upgrade() -> None:
    """Add them; what was learned so far becomes searchable."""
    _create_focuses()
    _create_imports()
    op.execute("ALTER TABLE checkins DROP COLUMN focus")
    whole_number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE checkins ADD COLUMN focus_id {whole_number} REFERENCES focuses(id) ON DELETE SET NULL")
    op.add_column("checkins", Column("is_shared", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(f"CREATE INDEX checkins_in_journal ON checkins (person_id, day, number) WHERE {IN_JOURNAL}")
    op.execute("CREATE INDEX checkins_by_focus ON checkins (focus_id) WHERE focus_id IS NOT NULL")
    op.execute("CREATE INDEX checkins_shared ON checkins (group_id, day) WHERE is_shared")
    # what a retired area was renamed to
    op.add_column("areas", Column("became", Text))
    for table in OWNED:
        op.add_column(table, Column("person_id", Integer))
    # what is due is read in this order, and ten thousand that are due at one instant must not be sorted for each batch
    op.drop_index("schedules_by_due")
    op.create_index("schedules_by_due", "schedules", ["due_at", "kind", "group_id", "person_id"])
    op.execute("CREATE INDEX outbox_dropped ON outbox (settled_at) WHERE state = 'dropped'")
    _narrow()
    if op.get_bind().dialect.name == "sqlite":
        _create_journal()
        for table in KEYED:
            _rebuild(table, "WITHOUT ROWID")


def downgrade() -> None:
    """Take them away again; check-ins stay, without their focus."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE journal")
        for table in KEYED:
            _rebuild(table, "")
    _widen()
    for table in OWNED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN person_id")
    op.execute("ALTER TABLE areas DROP COLUMN became")
    op.drop_index("checkins_shared")
    op.drop_index("outbox_dropped")
    op.drop_index("schedules_by_due")
    op.create_index("schedules_by_due", "schedules", ["due_at"])
    op.drop_index("checkins_by_focus")
    op.drop_index("checkins_in_journal")
    op.execute("ALTER TABLE checkins DROP COLUMN is_shared")
    op.execute("ALTER TABLE checkins DROP COLUMN focus_id")
    op.add_column("checkins", Column("focus", Text))
    op.drop_table("imports")
    op.drop_table("focuses")


def _create_focuses() -> None:
    op.create_table(
        "focuses",
        Column("id", Integer, primary_key=True),
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("title", Text, nullable=False),
        Column("estimate", Integer),
        Column("done", Text),
        Column("started_at", BigInteger, nullable=False),
        Column("ended_at", BigInteger),
        # finished, or set aside for another one
        Column("outcome", Text),
        Column("explanation", Text),
        Column("link", Text),
        Column("minutes", Integer, nullable=False, server_default="0"),
        UniqueConstraint("person_id", "number"),
    )
    # one at a time
    op.execute("CREATE UNIQUE INDEX focuses_open ON focuses (person_id) WHERE ended_at IS NULL")


def _create_imports() -> None:
    op.create_table(
        "imports",
        Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        # what makes a row of a file itself, so that the same file twice changes nothing
        Column("key", Text, primary_key=True),
        Column("checkin_id", Integer, ForeignKey("checkins.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("imports_by_checkin", "imports", ["checkin_id"])


def _create_journal() -> None:
    # what a word is was decided by `searchable`
    op.execute("CREATE VIRTUAL TABLE journal USING fts5(who, words, tokenize = 'ascii', prefix = '2 3')")
    checkins = op.get_bind().execute(sa.text(f"SELECT id, person_id, learned FROM checkins WHERE {IN_JOURNAL}"))  # noqa: S608 - a constant of ours
    entries = [
        {"id": id_, "who": f"p{person_id}", "words": searchable(learned)} for id_, person_id, learned in checkins
    ]
    if entries:
        op.get_bind().execute(sa.text("INSERT INTO journal (rowid, who, words) VALUES (:id, :who, :words)"), entries)


def _narrow() -> None:
    # no group is ever deleted, and requests are forgotten by the half once a day
    op.drop_index("checkins_by_group")
    op.drop_index("requests_by_time")
    for name, table, columns, present in NARROWED:
        op.drop_index(name)
        op.execute(f"CREATE INDEX {name} ON {table} ({', '.join(columns)}) WHERE {present} IS NOT NULL")


def _widen() -> None:
    for name, table, columns, _ in NARROWED:
        op.drop_index(name)
        op.create_index(name, table, list(columns))
    op.create_index("requests_by_time", "requests", ["made_at"])
    op.create_index("checkins_by_group", "checkins", ["group_id"])


def _rebuild(table: str, ending: str) -> None:
    """Write a table anew, which nothing refers to, with its rows and indexes and another ending."""
    connection = op.get_bind()
    parts = connection.execute(
        sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL"), {"table": table}
    ).all()
    create = next(sql for kind, sql in parts if kind == "table")
    op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    op.execute(f"{create[: create.rindex(')') + 1]} {ending}".rstrip())
    op.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")  # noqa: S608 - a constant of ours
    op.execute(f"DROP TABLE {table}_before")
    for kind, sql in parts:
        if kind == "index":
            op.execute(sql)
