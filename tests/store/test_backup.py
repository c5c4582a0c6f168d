"""Copies are whole snapshots, taken while others write; what cannot be copied leaves nothing behind."""

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import NotSaved
from bot.store import backup as copying
from bot.store.backup import BrokenOff, backup


def execute(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, timeout=10)) as raw, raw:
        return raw.execute(sql, values).fetchall()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A database whose every commit moves money between two accounts, so that a torn copy shows."""
    path = tmp_path / "ledger.db"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA journal_mode = wal")
        raw.execute("CREATE TABLE accounts (name TEXT PRIMARY KEY, money INTEGER)")
        raw.execute("INSERT INTO accounts VALUES ('a', 0), ('b', 0)")
        raw.execute("CREATE TABLE ballast (words TEXT)")
        raw.executemany("INSERT INTO ballast VALUES (?)", [("x" * 4000,)] * 3000)
    return path


def test_a_copy_under_load_is_one_moment_of_the_database(ledger: Path, tmp_path: Path) -> None:
    is_over, moved = threading.Event(), [0]

    def write() -> None:
        with closing(sqlite3.connect(ledger, timeout=10, isolation_level=None)) as raw:
            while not is_over.is_set():
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("UPDATE accounts SET money = money - 1 WHERE name = 'a'")
                raw.execute("UPDATE accounts SET money = money + 1 WHERE name = 'b'")
                raw.execute("INSERT INTO ballast VALUES ('y')")
                raw.execute("COMMIT")
                moved[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            before = moved[0]
            copy = tmp_path / f"copy-{number}.db"
            backup(ledger, copy)
            [(total, most)] = execute(copy, "SELECT sum(money), max(money) FROM accounts")
            assert total == 0
            assert before <= int(str(most)) <= moved[0] + 1
            assert execute(copy, "SELECT count(*) FROM ballast WHERE words = 'y'") == [(most,)]
            assert execute(copy, "PRAGMA integrity_check") == [("ok",)]
    finally:
        is_over.set()
        writer.join()
    assert moved[0] > 3


def test_a_copy_is_one_file_that_only_its_owner_can_read(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    backup(database, target)
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert execute(target, "PRAGMA journal_mode") == [("delete",)]


def test_nothing_is_overwritten(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.txt"
    target.write_text("my words")
    with pytest.raises(NotSaved, match="already exists"):
        backup(database, target)
    assert target.read_text() == "my words"


def test_what_appears_while_it_copies_is_not_overwritten_either(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.txt"
    whole = copying.copy

    def slow(source: Path, unfinished: Path, _is_stopping: object) -> None:
        whole(source, unfinished)
        target.write_text("my words")

    monkeypatch.setattr(copying, "copy", slow)
    with pytest.raises(NotSaved, match="already exists"):
        backup(database, target)
    assert target.read_text() == "my words"
    assert sorted(tmp_path.iterdir()) == [target, database]


@pytest.mark.parametrize(("target", "words"), [("nowhere/copy.db", "No such file"), ("tenhours.db", "already exists")])
def test_a_place_that_cannot_be_is_one_sentence(database: Path, target: str, words: str) -> None:
    with pytest.raises(NotSaved, match=words):
        backup(database, database.parent / target)


def test_a_damaged_database_gives_no_copy(ledger: Path, tmp_path: Path) -> None:
    execute(ledger, "PRAGMA wal_checkpoint(TRUNCATE)")
    with ledger.open("r+b") as file:
        file.seek(200 * 4096)
        file.write(os.urandom(40 * 4096))
    with pytest.raises(NotSaved, match="can't be copied"):
        backup(ledger, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_can_be_broken_off_and_leaves_nothing(ledger: Path, tmp_path: Path) -> None:
    looks = iter([False, True])
    with pytest.raises(BrokenOff):
        backup(ledger, tmp_path / "copy.db", lambda: next(looks))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.db"]


def test_where_no_file_has_two_names_it_is_renamed(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    backup(database, tmp_path / "copy.db")
    assert execute(tmp_path / "copy.db", "PRAGMA integrity_check") == [("ok",)]
    assert not list(tmp_path.glob("*.unfinished*"))
    with pytest.raises(NotSaved, match="already exists"):
        backup(database, tmp_path / "copy.db")


def test_what_a_killed_copy_left_behind_is_in_nobodys_way(database: Path, tmp_path: Path) -> None:
    for ending in ("", "-journal", "-wal"):
        (tmp_path / f"copy.db.unfinished{ending}").write_bytes(b"half")
    backup(database, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*.unfinished*"))
