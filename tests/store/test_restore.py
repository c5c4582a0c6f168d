"""Restoring: only a good copy of ours, never under a running process, and what was there before is kept."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import NotSaved, SchemaMismatch
from bot.store import migrate, restore
from bot.store.backup import backup
from bot.store.tx import Tx

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
FORMER = "tenhours.db.before-20260201T120000Z"
HOLD = """
import sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("SELECT count(*) FROM people").fetchall()
print("open", flush=True)
sys.stdin.read()
"""


def execute(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as raw, raw:
        return raw.execute(sql).fetchall()


def add_person(path: Path, name: str) -> None:
    execute(path, f"INSERT INTO people (name, zone, created_at) VALUES ('{name}', 'UTC', 0)")


def names(path: Path) -> list[object]:
    return [name for (name,) in execute(path, "SELECT name FROM people ORDER BY id")]


def nothing(_tx: Tx) -> None:
    return


def restored(database: Path, source: Path) -> Path | None:
    return restore.replace(database, restore.prepare(source, database, nothing), NOW)


@pytest.fixture
def copy(database: Path, tmp_path: Path) -> Path:
    """A copy with Ada in it; Bo came later."""
    add_person(database, "Ada")
    path = tmp_path / "copy.db"
    backup(database, path)
    add_person(database, "Bo")
    return path


def test_the_copy_takes_the_place_and_the_old_one_is_kept(database: Path, copy: Path) -> None:
    former = restored(database, copy)
    assert names(database) == ["Ada"]
    assert former == database.with_name(FORMER)
    assert names(former) == ["Ada", "Bo"]
    assert {path.name for path in database.parent.iterdir()} == {"tenhours.db", "copy.db", FORMER}


def test_a_missing_database_is_simply_made_of_the_copy(database: Path, copy: Path) -> None:
    database.unlink()
    assert restored(database, copy) is None
    assert names(database) == ["Ada"]


def test_what_a_dead_process_left_in_its_wal_goes_with_the_old_one(database: Path, copy: Path) -> None:
    program = HOLD + "raw.execute(\"INSERT INTO people (name, zone, created_at) VALUES ('Eve', 'UTC', 0)\")\n"
    held = subprocess.Popen([sys.executable, "-c", program + "import os; os.kill(os.getpid(), 9)", database], stdin=-1)
    held.communicate()
    assert Path(f"{database}-wal").stat().st_size > 0
    former = restored(database, copy)
    assert former is not None
    assert (names(database), names(former)) == (["Ada"], ["Ada", "Bo", "Eve"])
    assert not Path(f"{database}-wal").exists()


@pytest.mark.parametrize("is_damaged", [False, True])
def test_it_is_refused_while_a_process_has_the_database_open(database: Path, copy: Path, is_damaged: bool) -> None:
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert held.stdout is not None
    held.stdout.readline()
    if is_damaged:
        with database.open("r+b") as file:
            file.write(os.urandom(4096))
    before = database.read_bytes()
    with pytest.raises(NotSaved, match="Stop the bot first"):
        restored(database, copy)
    held.communicate("")
    assert database.read_bytes() == before
    assert not database.with_name(FORMER).exists()
    assert not list(database.parent.glob("*.restoring*"))


def test_a_damaged_database_is_replaced_and_kept_as_it_is(database: Path, copy: Path) -> None:
    rubbish = os.urandom(8192)
    database.write_bytes(rubbish)
    Path(f"{database}-wal").write_bytes(b"old wal")
    former = restored(database, copy)
    assert former is not None
    assert former.read_bytes() == rubbish
    assert Path(f"{former}-wal").read_bytes() == b"old wal"
    assert names(database) == ["Ada"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only an administrator can give files away")
def test_an_administrator_leaves_the_database_to_its_owner(database: Path, copy: Path) -> None:
    os.chown(database, 12345, 12345)
    restored(database, copy)
    assert (database.stat().st_uid, database.stat().st_gid) == (12345, 12345)


def test_twice_in_a_second_keeps_both(database: Path, copy: Path) -> None:
    first, second = restored(database, copy), restored(database, copy)
    assert first is not None
    assert second == database.with_name(f"{FORMER}-2")
    assert (names(first), names(second)) == (["Ada", "Bo"], ["Ada"])


def test_what_a_killed_restore_left_behind_is_not_applied(database: Path, copy: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}.restoring{ending}").write_bytes(b"half")
    restored(database, copy)
    assert names(database) == ["Ada"]
    assert not list(database.parent.glob("*.restoring*"))


def test_an_older_copy_is_brought_to_this_versions_schema_and_stays_itself(database: Path, copy: Path) -> None:
    migrate.migrate(copy, "0001")
    execute(copy, "PRAGMA journal_mode = delete")
    before = copy.read_bytes()
    restored(database, copy)
    assert migrate.read_revision(database) == migrate.head()
    assert names(database) == ["Ada"]
    assert copy.read_bytes() == before


def _rubbish(copy: Path) -> None:
    copy.write_bytes(os.urandom(100_000))


def _torn(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])


def _empty(copy: Path) -> None:
    copy.write_bytes(b"")


def _missing(copy: Path) -> None:
    copy.unlink()


def _foreign(copy: Path) -> None:
    copy.unlink()
    execute(copy, "CREATE TABLE recipes (name TEXT)")


def _newer(copy: Path) -> None:
    execute(copy, "UPDATE alembic_version SET version_num = '0999'")


def _dangling(copy: Path) -> None:
    execute(copy, "INSERT INTO pauses (person_id, from_day, until_day, created_at) VALUES (999, 'a', 'b', 0)")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_rubbish, "not a database"),
        (_torn, "damaged|isn't a database|can't be opened"),
        (_empty, "empty"),
        (_missing, "no file"),
        (_foreign, "another program"),
        (_newer, "newer version"),
        (_dangling, "a row of pauses points nowhere"),
    ],
)
def test_a_file_that_is_no_good_copy_is_refused_and_nothing_changes(database: Path, copy: Path, spoil, words) -> None:  # type: ignore[no-untyped-def]
    spoil(copy)
    before = database.read_bytes()
    with pytest.raises((NotSaved, SchemaMismatch), match=words):
        restored(database, copy)
    assert database.read_bytes() == before
    assert not list(database.parent.glob("*.restoring*"))
    assert not database.with_name(FORMER).exists()


def test_a_preparation_that_fails_leaves_nothing(database: Path, copy: Path) -> None:
    def fail(_tx: Tx) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        restore.prepare(copy, database, fail)
    assert not list(database.parent.glob("*.restoring*"))
    assert names(database) == ["Ada", "Bo"]
