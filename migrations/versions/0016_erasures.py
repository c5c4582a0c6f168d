"""The rest of an erase is owed in a row until it is done; what it looks for has indexes.

Deleting a person looks for what refers to them in each table, so each has an index that begins with the person. What an
earlier version owed (`user_version`) becomes such a row.
"""

import json
import time
from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, PrimaryKeyConstraint, Text, text

revision = "0016"
down_revision = "0015"

OF_PERSON = ("organisers", "intentions", "results_members", "drafts")
FILE = 5
"""The step in which nothing is left but what deleted rows have left in the file."""

ADD = """INSERT INTO erasures (person_id, step, position, traces, answer, owed_since, slices)
    VALUES (0, :step, '', '{}', '', :now, 0)"""
EMPTY = '{"title":""}'
TABLES = ("uploads", "lines", "results_members", "day_totals", "weeks", "imports", "import_runs", "checkins", "focuses")
"""Tables in which an erase deletes in slices."""

OF_GROUP = """UPDATE outbox SET card = :empty
    WHERE group_id = :group AND key NOT LIKE 'line/%' AND settled_at IS NOT NULL"""
DELETE_FIRST = (
    """DELETE FROM outbox WHERE person_id = :person
       OR key IN (SELECT "key" FROM lines WHERE person_id = :person)""",
    "DELETE FROM journal_words WHERE rowid IN (SELECT id FROM checkins WHERE person_id = :person)",
    "DELETE FROM journal_words WHERE rowid IN (SELECT -id FROM focuses WHERE person_id = :person)",
    "DELETE FROM checkin_versions WHERE checkin_id IN (SELECT id FROM checkins WHERE person_id = :person)",
)
OWED_AT_START = 2
"""The value of `user_version` by which an earlier version knows that it owes."""

COPY_LINES = """INSERT INTO lines_anew (group_id, made_at, checkin_id, person_id, "key", milestones)
    SELECT group_id, made_at, checkin_id, person_id, "key", milestones FROM lines"""

PARTIAL = {
    "requests_by_person": "requests (person_id) WHERE person_id IS NOT NULL",
    "outbox_by_person": "outbox (person_id) WHERE person_id IS NOT NULL",
    "outbox_of_groups": "outbox (group_id) WHERE person_id IS NULL AND (key < 'line/' OR key >= 'line0')",
    "drafts_of_groups": "drafts (group_id) WHERE person_id IS NULL",
}


def upgrade() -> None:
    """Add the table and the indexes."""
    op.create_table(
        "erasures",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("person_id", Integer, nullable=False),
        Column("step", Integer, nullable=False),
        Column("position", Text, nullable=False),
        Column("traces", Text, nullable=False),
        Column("answer", Text, nullable=False),
        Column("owed_since", BigInteger, nullable=False),
        Column("slices", Integer, nullable=False),
    )
    for table in OF_PERSON:
        op.create_index(f"{table}_by_person", table, ["person_id"])
    _make_lines_anew()
    for name, on in PARTIAL.items():
        op.execute(f"CREATE INDEX {name} ON {on}")
    if op.get_bind().dialect.name == "sqlite" and op.get_bind().exec_driver_sql("PRAGMA user_version").scalar_one():
        _run(ADD, step=FILE, now=time.time_ns() // 1_000_000)
        op.execute("PRAGMA user_version = 0")


def _make_lines_anew(*more: Any) -> None:
    """Let lines refer to people no longer, which would take an index, and each check-in another page to write."""
    op.create_table(
        "lines_anew",
        Column("group_id", Integer, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False),
        Column("made_at", BigInteger, nullable=False),
        Column("checkin_id", Integer, nullable=False),
        Column("person_id", Integer, *more, nullable=False),
        Column("key", Text, nullable=False),
        Column("milestones", Text, nullable=False, server_default=""),
        PrimaryKeyConstraint("group_id", "made_at", "checkin_id"),
        sqlite_with_rowid=False,
    )
    op.execute(COPY_LINES)
    op.drop_table("lines")
    op.rename_table("lines_anew", "lines")


def downgrade() -> None:
    """Delete at once what is owed; the earlier version takes it out of the file at its start."""
    bind = op.get_bind()
    waiting = bind.exec_driver_sql("SELECT person_id, traces, answer FROM erasures").fetchall()
    for person_id, traces, answer in waiting:
        _take_out_of_others(json.loads(traces).get("groups", []), answer)
        _delete_rows(person_id)
    if waiting and bind.dialect.name == "sqlite":
        op.execute("INSERT INTO journal_words (journal_words) VALUES ('optimize')")
        op.execute(f"PRAGMA user_version = {OWED_AT_START}")
    for name in (*(f"{table}_by_person" for table in OF_PERSON), *PARTIAL):
        op.execute(f"DROP INDEX {name}")
    op.drop_table("erasures")
    _make_lines_anew(ForeignKey("people.id", ondelete="CASCADE"))


def _take_out_of_others(groups: list[int], answer: str) -> None:
    """Forget answers and posts that may name the person: whoever asks again hears that it was erased."""
    _run("UPDATE requests SET answer = :answer WHERE :answer <> ''", answer=answer)
    _run("UPDATE outbox SET card = :empty WHERE person_id IS NOT NULL AND settled_at IS NOT NULL", empty=EMPTY)
    for group_id in groups:
        _run(OF_GROUP, group=group_id, empty=EMPTY)
        _run("DELETE FROM drafts WHERE person_id IS NULL AND group_id = :group", group=group_id)


def _delete_rows(person_id: int) -> None:
    """Delete a person's rows, one table after the other: a migration has no cascades."""
    by_table = [f"DELETE FROM {table} WHERE person_id = :person" for table in TABLES]  # noqa: S608 - names of ours
    for statement in (*DELETE_FIRST, *by_table):
        _run(statement, person=person_id)
    _run("DELETE FROM people WHERE id = :person", person=person_id)


def _run(statement: str, **params: object) -> None:
    op.get_bind().execute(text(statement), params)
