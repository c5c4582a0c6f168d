"""`tenhours copy`: every row of every table arrives, into an empty database alone, and what is copied has moved."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bot.clock import SteadyClock
from bot.domain.journal import phrases_of
from bot.errors import ForeignDatabase, Misconfigured, NotSaved, SchemaMismatch, TenHoursError
from bot.location import Location, ServerDatabase
from bot.store import leases, migrate, moved, search, transfer
from bot.store.database import Store
from bot.store.filling import Table
from bot.store.inspection import open_snapshot
from bot.store.leases import Lease
from bot.store.sqlite import SqliteTx
from bot.store.sqlite_transfer import list_keys
from bot.store.transfer import Copied
from tests.store.every_table import ROWS, dump, fill

NOW = datetime(2026, 11, 30, 20, tzinfo=UTC)
MARKS = {moved.MOVED, moved.UNFINISHED}


@pytest.fixture
def file(database: Path) -> Path:
    """A file with rows in every table."""
    fill(database)
    return database


@pytest.fixture
def server(emptied_server_database: ServerDatabase) -> ServerDatabase:
    return emptied_server_database


def copy(source: Location, target: Location, *, is_forced: bool = False) -> Copied:
    return transfer.copy(source, target, NOW, lambda _done, _total: None, is_forced=is_forced)


def run(location: ServerDatabase, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(location.url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def execute(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as raw, raw:
        return raw.execute(sql).fetchall()


def found(location: Location, person_id: int, typed: str) -> list[int]:
    assert phrases_of(typed)
    with open_snapshot(location) as tx:
        return search.find_best(tx, person_id, typed, 0, 10)


def without_marks(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return tables | {"memory": [row for row in tables["memory"] if not MARKS.intersection(map(str, row))]}


def test_every_row_of_every_table_arrives_and_comes_back(file: Path, server: ServerDatabase, tmp_path: Path) -> None:
    original, words = dump(file), execute(file, "SELECT rowid, words FROM journal_words ORDER BY rowid")
    assert all(len(rows) >= ROWS for table, rows in original.items() if table not in ("alembic_version", "leases"))
    copied = copy(file, server)
    assert copied.rows == sum(len(rows) for table, rows in original.items() if table != "alembic_version")
    assert dump(server) == original
    assert without_marks(dump(file)) == original
    back = tmp_path / "back.db"
    copy(server, back)
    assert dump(back) == original
    assert execute(back, "SELECT rowid, words FROM journal_words ORDER BY rowid") == words
    assert execute(back, "PRAGMA integrity_check") == [("ok",)]
    assert back.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back.db", "tenhours.db"]


def test_the_journal_is_searched_as_before(file: Path, server: ServerDatabase, tmp_path: Path) -> None:
    before = found(file, 2, "chain ru")
    assert before == [2]
    copy(file, server)
    assert found(server, 2, "chain ru") == before
    copy(server, tmp_path / "back.db")
    assert found(tmp_path / "back.db", 2, "chain ru") == before


def test_ids_go_on(file: Path, server: ServerDatabase) -> None:
    copy(file, server)
    assert run(server, "INSERT INTO people (name, zone, created_at) VALUES ('Eve', 'UTC', 0) RETURNING id") == [(4,)]
    [(rowid,)] = run(server, "SELECT nextval(pg_get_serial_sequence('outbox', 'rowid'))")
    assert rowid == ROWS + 1


def test_an_empty_database_is_copied_too(database: Path, server: ServerDatabase) -> None:
    assert copy(database, server).rows == 0
    assert run(server, "INSERT INTO people (name, zone, created_at) VALUES ('Ada', 'UTC', 0) RETURNING id") == [(1,)]


def test_what_an_upgrade_has_left_to_be_done_is_done_first(file: Path, server: ServerDatabase) -> None:
    execute(file, "CREATE TABLE weeks_to_sum (person_id BIGINT NOT NULL PRIMARY KEY)")
    execute(file, "INSERT INTO weeks_to_sum VALUES (1), (2)")
    copy(file, server)
    assert "weeks_to_sum" not in dump(server)


def test_a_lease_is_left_behind_and_forgotten(file: Path, server: ServerDatabase) -> None:
    execute(file, "INSERT INTO leases (name, holder, until) VALUES ('discord', 'elsewhere', 0)")
    copy(file, server)
    assert dump(server)["leases"] == dump(file)["leases"] == []


async def test_the_mark_keeps_everybody_from_the_source_and_is_taken_away_by_force(
    file: Path, server: ServerDatabase
) -> None:
    copy(file, ServerDatabase(server.url.replace("postgres@", "postgres:s3cret@")))
    with pytest.raises(Misconfigured, match=r"was copied to postgresql://.* on 30 November 2026") as error:
        moved.require_here(file)
    assert "s3cret" not in str(error.value)
    moved.require_here(server)
    store = await Store.open(file)
    with pytest.raises(Misconfigured, match="was copied to"):
        await store.write(lambda tx: leases.take(tx, "discord", None, Lease("late", NOW)))
    await store.close()
    with pytest.raises(Misconfigured, match="was copied to"):
        copy(file, server)
    moved.require_here(file, is_forced=True)
    moved.require_here(file)


def test_a_moved_server_is_marked_as_well(file: Path, server: ServerDatabase, tmp_path: Path) -> None:
    copy(file, server)
    copy(server, tmp_path / "back.db")
    with pytest.raises(Misconfigured, match=str(tmp_path / "back.db")):
        moved.require_here(server)
    moved.require_here(server, is_forced=True)
    moved.require_here(server)


FILL = "INSERT INTO skipped (key, reason, due_at, skipped_at) VALUES ('x', '', 0, 0)"
AGE = "UPDATE alembic_version SET version_num = '0018'"
RENEW = "UPDATE alembic_version SET version_num = '9999'"
GIVE_AWAY = "ALTER TABLE people RENAME TO customers"


def spoil(location: Location, sql: str) -> None:
    run(location, sql) if isinstance(location, ServerDatabase) else execute(location, sql)


@pytest.fixture
def mended(server: ServerDatabase):  # type: ignore[no-untyped-def]
    """The server's database, made anew at the end, whatever was done to it."""
    yield server
    run(server, "DROP SCHEMA public CASCADE")
    run(server, "CREATE SCHEMA public")
    migrate.create(server)


@pytest.mark.parametrize(
    ("sql", "error", "words"),
    [
        (FILL, NotSaved, "isn't empty"),
        (AGE, SchemaMismatch, "at schema 0018"),
        (RENEW, SchemaMismatch, "at schema 9999"),
        (GIVE_AWAY, ForeignDatabase, "another program"),
    ],
)
@pytest.mark.parametrize("way", ["to a server", "to a file"])
def test_only_an_empty_database_of_ours_is_filled(  # noqa: PLR0917 - fixtures
    file: Path,
    mended: ServerDatabase,
    tmp_path: Path,
    empty_database: Path,
    sql: str,
    error: type[TenHoursError],
    words: str,
    way: str,
) -> None:
    source: Location = file
    target: Location = mended
    if way == "to a file":
        copy(file, mended)
        source, target = mended, Path(shutil.copy(empty_database, tmp_path / "target.db"))
    spoil(target, sql)
    before = dump(source)
    with pytest.raises(error, match=words):
        copy(source, target)
    assert dump(source) == before
    moved.require_here(source)
    assert not (tmp_path / "target.db.copying").exists()


def test_a_source_of_another_version_or_without_tables_is_refused(
    database: Path, server: ServerDatabase, tmp_path: Path
) -> None:
    with pytest.raises(NotSaved, match="nothing to copy"):
        copy(tmp_path / "none.db", server)
    assert not (tmp_path / "none.db").exists()
    spoil(database, AGE)
    with pytest.raises(SchemaMismatch, match="tenhours migrate"):
        copy(database, server)
    spoil(database, RENEW)
    with pytest.raises(SchemaMismatch, match="Install the newer version"):
        copy(database, server)


def test_files_are_not_copied_to_files(database: Path, tmp_path: Path) -> None:
    with pytest.raises(TenHoursError, match="both files"):
        copy(database, tmp_path / "other.db")


@pytest.mark.parametrize("way", ["to a server", "to a file"])
def test_a_living_lease_keeps_the_database_where_it_is(
    file: Path, server: ServerDatabase, tmp_path: Path, way: str
) -> None:
    steady = SteadyClock()
    source: Location = file
    target: Location = server
    if way == "to a file":
        copy(file, server)
        source, target = server, tmp_path / "back.db"
    ends = round(steady.seconds() * 1000) + 20_000
    sql = f"INSERT INTO leases VALUES ('discord', 'there/7', 0, '{steady.boot}', {ends})"
    spoil(source, sql)
    with pytest.raises(NotSaved, match=r"there/7 serves discord on this database\. Stop the bot first"):
        copy(source, target)
    moved.require_here(source)
    assert not (tmp_path / "back.db").exists()


async def test_a_database_that_is_open_is_left_alone(file: Path, server: ServerDatabase, tmp_path: Path) -> None:
    copy(file, server)
    store = await Store.open(server)
    await store.read(lambda tx: tx.one("SELECT 1"))
    with pytest.raises(NotSaved, match=r"A program has .* open"):
        copy(server, tmp_path / "back.db")
    await store.close()
    copy(server, tmp_path / "back.db")


def test_nobody_opens_a_file_while_it_is_copied(file: Path, server: ServerDatabase) -> None:
    attempts = []

    def look(_done: int, _total: int) -> None:
        with closing(sqlite3.connect(file, timeout=0)) as raw:
            try:
                raw.execute("SELECT count(*) FROM people")
            except sqlite3.OperationalError as error:
                attempts.append(str(error))

    transfer.copy(file, server, NOW, look)
    assert attempts == ["database is locked"] * 2


def test_what_is_broken_off_leaves_everything_as_it_was(file: Path, server: ServerDatabase, tmp_path: Path) -> None:
    class BrokenOff(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == total > 0:
            raise BrokenOff

    before = dump(file)
    with pytest.raises(BrokenOff):
        transfer.copy(file, server, NOW, stop)
    assert dump(file) == before
    assert not any(rows for table, rows in dump(server).items() if table != "alembic_version")
    copy(file, server)
    with pytest.raises(BrokenOff):
        transfer.copy(server, tmp_path / "back.db", NOW, stop)
    assert not list(tmp_path.glob("back.db*"))
    moved.require_here(server)


def test_a_reference_that_leads_nowhere_is_told(file: Path, server: ServerDatabase) -> None:
    execute(file, "DELETE FROM people WHERE id = 3")
    with pytest.raises(NotSaved, match="foreign key"):
        copy(file, server)
    moved.require_here(file)


def test_text_that_no_server_takes_is_told_with_its_table(file: Path, server: ServerDatabase) -> None:
    execute(file, "UPDATE people SET name = 'a' || char(0) || 'b' WHERE id = 1")
    with pytest.raises(NotSaved, match="people can't be copied"):
        copy(file, server)
    moved.require_here(file)


def test_no_table_is_sorted_in_memory(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        tx = SqliteTx(raw)
        for name, key in list_keys(tx).items():
            plan = tx.all(f"EXPLAIN QUERY PLAN {Table(name, key, key).select()}")
            assert not any("TEMP B-TREE" in str(row) for row in plan), name
