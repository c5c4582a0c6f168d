"""Copies of a server's database by PostgreSQL's own programs: whole, private, put back in one step, and told in words.

The real programs are those of the wheel; what they are given is looked at with stand-ins.
"""

import os
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bot.errors import ForeignDatabase, Misconfigured, NotSaved, SchemaMismatch
from bot.location import ServerDatabase
from bot.store import dump, migrate, moved, restore, transfer
from bot.store.backup import BrokenOff
from bot.store.database import Store
from bot.store.tx import Tx
from tests.servers.postgres.server import find_programs
from tests.store import every_table

NOW = datetime(2026, 11, 30, 20, tzinfo=UTC)
FORMER = "before_20261130t200000z"
STAND_IN = f"""#!{sys.executable}
import json, os, sys
open(os.environ["SEEN"], "w").write(json.dumps([sys.argv[1:], os.environ.get("PGPASSWORD")]))
{{body}}
"""
WRITES = """
for word in sys.argv:
    if word.startswith("--file="):
        open(word[7:], "wb").write(b"PGDMP")
"""


def nothing(_tx: Tx) -> None:
    return


def run(location: ServerDatabase, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(location.url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def rows(location: ServerDatabase) -> dict[str, list[tuple[object, ...]]]:
    return every_table.dump(location)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the wheel's programs before others."""
    monkeypatch.setenv("PATH", os.pathsep.join([str(find_programs()), os.environ["PATH"]]))


@pytest.fixture
def server(emptied_server_database: ServerDatabase, database: Path) -> Iterator[ServerDatabase]:
    """A database with rows in every table; at the end nothing of a restore is left."""
    every_table.fill(database)
    transfer.copy(database, emptied_server_database, NOW, lambda _done, _total: None)
    yield emptied_server_database
    for (schema,) in run(emptied_server_database, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_%'"):
        run(emptied_server_database, f"DROP SCHEMA {schema} CASCADE")
    run(emptied_server_database, "DROP SCHEMA public CASCADE")
    run(emptied_server_database, "CREATE SCHEMA public")
    migrate.create(emptied_server_database)


@pytest.fixture
def copy(server: ServerDatabase, programs: None, tmp_path: Path) -> Path:
    """A copy, after which all check-ins go, and the name of somebody changes."""
    del programs
    path = tmp_path / "copy.dump"
    dump.back_up(server, path)
    run(server, "DELETE FROM checkins")
    run(server, "UPDATE people SET name = 'changed'")
    return path


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Path:
    """Let programs be found that write down what they were given, and then do as `body` says."""
    programs = folder / "programs"
    programs.mkdir()
    for name in (dump.DUMP, dump.RESTORE):
        (programs / name).write_text(STAND_IN.format(body=body))
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("SEEN", str(folder / "seen"))
    return folder / "seen"


def test_a_copy_is_private_and_brings_every_row_back(server: ServerDatabase, copy: Path) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    changed = rows(server)
    assert changed["checkins"] == []
    done: list[str] = []
    assert dump.put_back(server, copy, lambda _tx: done.append("unit"), NOW) == FORMER
    assert done == ["unit"]
    restored = rows(server)
    assert len(restored["checkins"]) == every_table.ROWS
    assert set(restored) == set(changed)
    assert run(server, f"SELECT count(*) FROM {FORMER}.people WHERE name = 'changed'") == [(every_table.ROWS,)]
    assert run(server, "INSERT INTO people (name, zone, created_at) VALUES ('Eve', 'UTC', 0) RETURNING id") == [(4,)]
    assert migrate.read_revision(server) == migrate.head()
    moved.require_here(server)


def test_a_name_is_given_once(server: ServerDatabase, copy: Path) -> None:
    with pytest.raises(NotSaved, match="already exists"):
        dump.back_up(server, copy)


@pytest.mark.usefixtures("programs")
def test_an_older_copy_is_brought_to_this_version(server: ServerDatabase, tmp_path: Path) -> None:
    migrate.migrate(server, "0018")
    dump.back_up(server, tmp_path / "old.dump")
    dump.put_back(server, tmp_path / "old.dump", nothing, NOW)
    assert migrate.read_revision(server) == migrate.head()


def test_what_fails_at_the_end_leaves_everything_as_it_was(server: ServerDatabase, copy: Path) -> None:
    before = rows(server)

    def fail(_tx: Tx) -> None:
        raise NotSaved("no")

    with pytest.raises(NotSaved, match="no"):
        dump.put_back(server, copy, fail, NOW)
    assert rows(server) == before
    assert run(server, "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'before_%'") == []
    assert run(server, "UPDATE people SET name = 'still' RETURNING 1")


@pytest.mark.usefixtures("programs")
def test_a_newer_copy_is_refused_and_nothing_changes(server: ServerDatabase, tmp_path: Path) -> None:
    run(server, "UPDATE alembic_version SET version_num = '9999'")
    dump.back_up(server, tmp_path / "new.dump")
    run(server, f"UPDATE alembic_version SET version_num = '{migrate.head()}'")
    before = rows(server)
    with pytest.raises(SchemaMismatch, match="9999"):
        dump.put_back(server, tmp_path / "new.dump", nothing, NOW)
    assert rows(server) == before


def test_half_a_restore_serves_nobody_and_the_next_one_finishes_it(
    server: ServerDatabase, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    points: list[str] = []

    def die(name: str) -> None:
        if name == points.pop(0):
            raise Killed

    monkeypatch.setattr(dump, "reach", die)
    monkeypatch.setattr(dump, "_bring_back", lambda _location: None)
    for passed in (["set aside"], ["", "put back"]):
        points[:] = passed
        with pytest.raises(Killed):
            dump.put_back(server, copy, nothing, NOW)
        with pytest.raises(Misconfigured, match="Type the same `tenhours restore` again"):
            moved.require_here(server)
    monkeypatch.undo()
    monkeypatch.setenv("PATH", os.pathsep.join([str(find_programs()), os.environ["PATH"]]))
    assert dump.put_back(server, copy, nothing, NOW) == FORMER
    moved.require_here(server)
    assert len(rows(server)["checkins"]) == every_table.ROWS
    assert run(server, f"SELECT count(*) FROM {FORMER}.people WHERE name = 'changed'") == [(every_table.ROWS,)]


@pytest.mark.usefixtures("programs")
def test_what_is_no_copy_of_ours_is_refused(server: ServerDatabase, database: Path, tmp_path: Path) -> None:
    before = rows(server)
    with pytest.raises(NotSaved, match="no file"):
        dump.put_back(server, tmp_path / "none.dump", nothing, NOW)
    with pytest.raises(SchemaMismatch, match="isn't a copy of a database on a server"):
        dump.put_back(server, database, nothing, NOW)
    broken = tmp_path / "broken.dump"
    broken.write_bytes(b"PGDMP and nothing more")
    with pytest.raises(SchemaMismatch, match="can't be restored"):
        dump.put_back(server, broken, nothing, NOW)
    assert rows(server) == before
    with pytest.raises(SchemaMismatch, match="a copy of a server's database"):
        restore.prepare(broken, database, nothing)


def test_another_programs_tables_are_not_set_aside(server: ServerDatabase, copy: Path) -> None:
    run(server, "ALTER TABLE people RENAME TO customers")
    with pytest.raises(ForeignDatabase):
        dump.put_back(server, copy, nothing, NOW)
    run(server, "ALTER TABLE customers RENAME TO people")


async def test_a_database_that_is_open_is_left_alone(server: ServerDatabase, copy: Path) -> None:
    store = await Store.open(server)
    await store.read(lambda tx: tx.one("SELECT 1"))
    with pytest.raises(NotSaved, match="Stop the bot first"):
        dump.put_back(server, copy, nothing, NOW)
    await store.close()


def test_without_the_programs_it_says_what_to_install(
    server: ServerDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not dump.is_possible()
    with pytest.raises(NotSaved, match=r"`pg_dump` isn't installed.*postgresql-client"):
        dump.back_up(server, tmp_path / "copy.dump")
    with pytest.raises(NotSaved, match="`pg_restore` isn't installed"):
        dump.put_back(server, tmp_path / "copy.dump", nothing, NOW)


def test_no_password_stands_in_the_command_line(
    server: ServerDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = stand_in(tmp_path, monkeypatch, WRITES)
    location = ServerDatabase(server.url.replace("postgres@", "postgres:s3cret@"))
    dump.back_up(location, tmp_path / "copy.dump")
    arguments = seen.read_text()
    assert "--no-password" in arguments
    assert arguments.count("s3cret") == 1
    assert arguments.endswith('"s3cret"]')


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("pg_dump: error: aborting because of server version mismatch", "too old for it"),
        ("pg_dump: error: connection to server failed: no", "connection to server failed: no"),
        ("", "`pg_dump` failed"),
    ],
)
def test_a_program_that_fails_leaves_nothing_behind(
    server: ServerDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, words: str
) -> None:
    stand_in(tmp_path, monkeypatch, f"{WRITES}\nprint({said!r}, file=sys.stderr); sys.exit(1)")
    with pytest.raises(NotSaved, match=words):
        dump.back_up(server, tmp_path / "copy.dump")
    assert not list(tmp_path.glob("copy*"))


def test_it_is_broken_off_when_the_program_ends(
    server: ServerDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, f"{WRITES}\nimport time; time.sleep(600)")
    with pytest.raises(BrokenOff):
        dump.back_up(server, tmp_path / "copy.dump", lambda: True)
    assert not list(tmp_path.glob("copy*"))
