"""Erased rows leave the file: also where they had moved, where a process died, and while somebody reads."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat.card import Card
from bot.chat.request import Reply
from bot.store import erasing, people, search, sqlite
from bot.store.database import Store
from bot.store.sqlite import SCRUB_AT_START, SCRUB_NOW, SqliteTx
from bot.store.tx import Tx

SECRET = "xylophone"
ERASED = Reply(Card(""))


def fill(path: Path) -> None:
    """Notes of six people, written and rewritten until pages split and rows move."""
    lot = random.Random(11)  # leaves copies of moved rows behind where the file is not written anew
    with closing(sqlite.connect(path, read_only=False)) as connection:
        connection.execute("BEGIN")
        tx = SqliteTx(connection)
        for person in range(1, 7):
            tx.run(f"INSERT INTO people (id, name, zone, created_at) VALUES ({person}, 'Person', 'UTC', 0)")
        for number in range(1, 1501):
            person = lot.randrange(1, 7)
            note = (SECRET if person == 3 else "other") + " " + "x" * lot.randrange(900)
            row = tx.one(
                """INSERT INTO checkins (person_id, number, day, minutes, learned, source, created_at)
                   VALUES (:person, :number, '2026-01-05', 1, :note, 'typed', 0) RETURNING id""",
                person=person,
                number=number,
                note=note,
            )
            assert row is not None
            search.add(tx, row[0], person, note)
            any_row = lot.randrange(number) + 1
            tx.run("UPDATE checkins SET learned = learned || ' and on' WHERE id = :id", id=any_row)
        connection.execute("COMMIT")


def erase_third(tx: Tx) -> None:
    erasing.erase(tx, people.get(tx, 3), ERASED)


def holds_secret(path: Path) -> bool:
    files = [path.with_name(path.name + suffix) for suffix in ("", "-wal")]
    return any(SECRET.encode() in file.read_bytes() for file in files if file.exists())


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        pending: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return pending


async def test_copies_of_rows_that_moved_go_too(database: Path) -> None:
    fill(database)
    store = await Store.open(database)
    assert holds_secret(database)
    await store.write(erase_third)
    assert not holds_secret(database)
    assert len(await store.read(lambda tx: search.find_best(tx, 2, "other", 0, 9))) == 9
    assert await store.read(lambda tx: search.find_best(tx, 3, SECRET, 0, 9)) == []
    await store.close()
    assert version(database) == 0


async def test_a_process_that_died_before_is_made_good_at_the_next_start(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "scrub", lambda connection: None)
        patched.setitem(sqlite.PRAGMAS, "secure_delete", 0)
        fill(database)
        store = await Store.open(database)
        await store.write(erase_third)
        await store.close()
    assert version(database) == SCRUB_NOW
    assert holds_secret(database)
    await (await Store.open(database)).close()
    assert not holds_secret(database)
    assert version(database) == 0


async def test_while_somebody_reads_the_erase_is_done_and_the_log_emptied_later(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite.PRAGMAS, "busy_timeout", 10)
    fill(database)
    store = await Store.open(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        await store.write(erase_third)
        assert await store.read(lambda tx: tx.all("SELECT 1 FROM people WHERE id = 3")) == []
        assert version(database) == SCRUB_AT_START
    await store.close()
    await (await Store.open(database)).close()
    assert not holds_secret(database)


async def test_an_erase_that_fails_takes_nothing(database: Path) -> None:
    fill(database)
    store = await Store.open(database)

    def fails(tx: Tx) -> None:
        erase_third(tx)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        await store.write(fails)
    assert len(await store.read(lambda tx: search.find_best(tx, 3, SECRET, 0, 9))) == 9
    assert version(database) == 0
    await store.close()


async def test_a_scrub_is_written_through_a_file_however_large(database: Path) -> None:
    traced = list[str]()
    with closing(sqlite.connect(database, read_only=False)) as connection:
        connection.set_trace_callback(traced.append)
        sqlite.scrub(connection)
        assert connection.execute("PRAGMA temp_store").fetchone()[0] == sqlite.PRAGMAS["temp_store"]
    assert traced[traced.index("VACUUM") - 1] == "PRAGMA temp_store = 1"


async def test_a_scrub_that_the_disk_refuses_is_kept_in_mind(
    database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite.connect(database, read_only=False)) as connection:
        connection.execute("BEGIN")  # within a transaction VACUUM is refused, as on a full disk
        sqlite.scrub(connection)
        connection.execute("COMMIT")
        assert connection.execute("PRAGMA temp_store").fetchone()[0] == sqlite.PRAGMAS["temp_store"]
    assert version(database) == SCRUB_AT_START
    assert "still in the file" in caplog.text
