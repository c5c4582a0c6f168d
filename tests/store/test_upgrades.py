"""A stored database of each released schema goes up, down to the last of them and up again with every row, and serves.

`tests/data/schema-NNNN.sql` is what the program of that schema wrote in some weeks, with rows in every table.
"""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import StillClock
from bot.domain.collation import sort_key
from bot.domain.names import NAMELESS
from bot.store import export, migrate, people
from bot.store.database import Store
from migrations import versions
from tests.talk import Talk

DATA = Path(__file__).parents[1] / "data"
REVISIONS = sorted(re.sub(r"_.*", "", path.name) for path in Path(versions.__path__[0]).glob("0*.py"))
FIRST_UNRELEASED = "0004"
"""The first migration since the newest release; whoever releases moves it, and stores a database of that schema."""
RELEASED = [revision for revision in REVISIONS if revision < FIRST_UNRELEASED]
JUDGED_AGAIN = {"closed_week", "closed_tally", "closes_at"}
"""Columns of people that 0006 empties: their weeks are judged again from the first."""
LATER = datetime(2026, 2, 9, 12, tzinfo=UTC)
DERIVED = "journal"
"""The beginning of names of tables that are made from check-ins, and have rows of their own kind."""
SENT_AGAIN = "WHERE command <> 'mydata import'"
"""Files that waited to be imported were drafts, and are not carried over: they are sent again."""

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=RELEASED)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database of an earlier schema, as it stood on somebody's disk."""
    path = tmp_path / "tenhours.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript((DATA / f"schema-{request.param}.sql").read_text(encoding="utf-8"))
        raw.execute("PRAGMA journal_mode = wal")
    return path


def rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        tables = [name for name in names if not name.startswith(DERIVED) and name != "alembic_version"]
        return {name: list(map(dict, raw.execute(select(raw, name)))) for name in tables}


def select(raw: sqlite3.Connection, table: str) -> str:
    return f"SELECT * FROM {table} {SENT_AGAIN if table == 'drafts' else ''} ORDER BY {key(raw, table)}"


def key(raw: sqlite3.Connection, table: str) -> str:
    columns = raw.execute("SELECT name FROM pragma_table_info(:table) WHERE pk > 0 ORDER BY pk", {"table": table})
    return ", ".join(f'"{name}"' for (name,) in columns)


def counts(tables: Rows) -> dict[str, int]:
    return {name: len(stored_rows) for name, stored_rows in tables.items()}


def require_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_released_schema_has_a_stored_database() -> None:
    assert REVISIONS[-1] == migrate.head() >= RELEASED[-1]
    assert [path.stem.removeprefix("schema-") for path in sorted(DATA.glob("schema-*.sql"))] == RELEASED


def test_every_table_of_a_stored_database_has_rows(stored: Path) -> None:
    assert min(counts(rows(stored)).values()) > 0


def test_up_down_and_up_again_keeps_every_row(stored: Path) -> None:
    before, revision = rows(stored), migrate.read_revision(stored)
    assert revision is not None
    step_down = RELEASED[-1]
    migrate.migrate(stored)
    require_whole(stored)
    above = rows(stored)
    assert counts(before).items() <= counts(above).items()
    migrate.migrate(stored, step_down)
    require_whole(stored)
    assert migrate.read_revision(stored) == step_down
    if step_down == revision:
        assert counts(rows(stored)) == counts(before)
    migrate.migrate(stored)
    require_whole(stored)
    assert migrate.read_revision(stored) == migrate.head()
    assert counts(rows(stored)) == counts(above)


def test_what_a_row_said_it_still_says(stored: Path) -> None:
    before = rows(stored)
    migrate.migrate(stored)
    after = rows(stored)
    for name, old_rows in before.items():
        for old, new in zip(old_rows, after[name], strict=True):
            common = (old.keys() & new.keys()) - (JUDGED_AGAIN if name == "people" else set())
            assert {key: old[key] for key in common} == {key: new[key] for key in common}, name


def test_members_are_called_as_before_where_that_is_certain(stored: Path) -> None:
    with closing(sqlite3.connect(stored)) as raw, raw:
        [(two_accounts,)] = raw.execute("SELECT min(person_id) FROM members").fetchall()
        raw.execute("INSERT INTO identities VALUES ('slack', 'T9', 'U9', ?)", [two_accounts])
    migrate.migrate(stored)
    sql = """SELECT m.person_id, m.name, p.name, m.sort_key FROM members m JOIN people p ON p.id = m.person_id
             JOIN groups g ON g.id = m.group_id
             WHERE EXISTS (SELECT 1 FROM identities i WHERE i.person_id = p.id AND i.platform = g.platform)"""
    with closing(sqlite3.connect(stored)) as raw:
        members = raw.execute(sql).fetchall()
    assert members
    for person_id, name, own_name, key in members:
        assert name == (NAMELESS if person_id == two_accounts else own_name)
        assert key == sort_key(name)


async def test_an_upgraded_database_serves(stored: Path) -> None:
    migrate.migrate(stored)
    store = await Store.open(stored)
    try:
        talk = Talk(store, StillClock(LATER))
        heard = await talk("ada", "/checkin 45m learned: what an upgrade is", request_id="new")
        assert "Posted in" in heard
        assert "central limit theorem" in await talk("ada", "/journal theorem", request_id="newer")

        def whole(tx):  # type: ignore[no-untyped-def]
            person = people.find(tx, talk.user("ada"))
            assert person is not None
            return export.export(tx, person, LATER)

        exported = await store.read(whole)
        assert [week["state"] for week in exported["weeks"]][:3] == ["kept", "kept", "kept"]
    finally:
        await store.close()
