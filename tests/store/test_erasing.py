"""An erase is one short transaction and then slices: killed after any of them it goes on, and nothing is left."""

import asyncio
import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat.card import Card
from bot.chat.request import Reply
from bot.errors import NotSaved
from bot.store import backup, eraser, erasing, erasures, migrate, people, search, sqlite
from bot.store.database import Store
from bot.store.eraser import Eraser
from bot.store.tx import Tx
from bot.store.unit import Slice
from tests.talk import MONDAY_MORNING
from tests.waiting import eventually

SECRET = "xylophone"
ERASED = Reply(Card(""))
CHECKINS = 1_500


def fill(path: Path, checkins: int = CHECKINS) -> None:
    """Notes of six people, written and rewritten until pages split and rows move."""
    lot = random.Random(11)  # leaves copies of moved rows behind where the file is not gone through
    with closing(sqlite.connect(path, read_only=False)) as connection:
        connection.execute("BEGIN")
        tx = sqlite.SqliteTx(connection)
        for person in range(1, 7):
            tx.run(f"INSERT INTO people (id, name, zone, created_at) VALUES ({person}, 'Person', 'UTC', 0)")
        for number in range(1, checkins + 1):
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
    erasing.erase(tx, people.get(tx, 3), ERASED, MONDAY_MORNING)


def holds_secret(path: Path) -> bool:
    files = [path.with_name(path.name + suffix) for suffix in ("", "-wal")]
    return any(SECRET.encode() in file.read_bytes() for file in files if file.exists())


async def is_owed(store: Store) -> bool:
    return await store.read(erasures.find_oldest) is not None


async def test_copies_of_rows_that_moved_go_too(database: Path) -> None:
    fill(database)
    store = await Store.open(database)
    assert holds_secret(database)
    await store.write(erase_third)
    await Eraser(store).work_off(60)
    assert not await is_owed(store)
    assert not holds_secret(database)
    assert len(await store.read(lambda tx: search.find_best(tx, 2, "other", 0, 9))) == 9
    assert await store.read(lambda tx: search.find_best(tx, 3, SECRET, 0, 9)) == []
    await store.close()


@pytest.mark.parametrize("slices", [0, 1, 2, 3, 5, 8, 9, 10, 11, 12, 13])
async def test_a_process_that_died_after_any_slice_is_made_good_by_the_next(database: Path, slices: int) -> None:
    fill(database)
    store = await Store.open(database)
    others = await store.read(lambda tx: tx.all("SELECT * FROM checkins WHERE person_id <> 3"))
    await store.write(erase_third)
    for _ in range(slices):
        await Eraser(store)._do_slice()
    await store.close()
    store = await Store.open(database)
    working = asyncio.create_task(Eraser(store).run())
    while await is_owed(store):
        await asyncio.sleep(0)
    working.cancel()
    assert not holds_secret(database)
    assert await store.read(lambda tx: tx.all("SELECT * FROM checkins")) == others
    assert await store.read(lambda tx: tx.all("SELECT 1 FROM people WHERE id = 3")) == []
    await store.close()


async def test_a_database_that_answers_nothing_for_a_while_ends_no_erase(
    database: Path,
) -> None:
    fill(database)
    store, rests = await Store.open(database), list[float]()

    async def silent(_unit: object) -> None:
        raise NotSaved("the connection is lost")

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        broken.undo()
        await asyncio.sleep(0)

    await store.write(erase_third)
    broken = pytest.MonkeyPatch()
    broken.setattr(store, "read", silent)
    broken.setattr(store, "write", silent)
    working = asyncio.create_task(Eraser(store, sleep=rest).run())
    await eventually(lambda: bool(rests))
    while await is_owed(store):
        await asyncio.sleep(0)
    assert not working.done()
    working.cancel()
    assert not holds_secret(database)
    await store.close()


async def test_while_somebody_reads_the_erase_is_done_and_the_file_gone_through_later(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database)
    store = await Store.open(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        await store.write(erase_third)
        await Eraser(store).work_off(0.3)
        assert await store.read(lambda tx: tx.all("SELECT 1 FROM people WHERE id = 3")) == []
        assert await is_owed(store)
    await Eraser(store).work_off(60)
    assert not holds_secret(database)
    await store.close()


async def test_while_a_copy_is_made_the_copy_is_whole_and_the_erase_is_worked_off(
    database: Path, tmp_path: Path
) -> None:
    fill(database)
    store = await Store.open(database)
    others = await store.read(lambda tx: tx.all("SELECT * FROM checkins WHERE person_id <> 3 ORDER BY id"))
    await store.write(erase_third)
    working = asyncio.create_task(Eraser(store).work_off(60))
    copies = [tmp_path / f"copy{number}.db" for number in range(5)]
    for copy in copies:
        await asyncio.to_thread(backup.backup, database, copy)
    await working
    assert not holds_secret(database)
    for copy in copies:
        with closing(sqlite3.connect(copy)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert raw.execute("SELECT * FROM checkins WHERE person_id <> 3 ORDER BY id").fetchall() == others
    await store.close()


async def test_an_erase_that_fails_takes_nothing(database: Path) -> None:
    fill(database)
    store = await Store.open(database)

    def fails(tx: Tx) -> None:
        erase_third(tx)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        await store.write(fails)
    assert len(await store.read(lambda tx: search.find_best(tx, 3, SECRET, 0, 9))) == 9
    assert not await is_owed(store)
    await store.close()


async def test_what_the_disk_refuses_is_done_a_minute_later(
    database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fill(database)
    store = await Store.open(database)
    await store.write(erase_third)
    waits: list[float] = []
    wipe, refusals = store.wipe, [NotSaved("full"), NotSaved("full")]

    async def refuse_twice(note: str) -> Slice:
        if refusals:
            raise refusals.pop()
        return await wipe(note)

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(store, "wipe", refuse_twice)
    working = Eraser(store, sleep=wait)
    await working.work_off(60)
    assert "the rest of an erase waits" in caplog.text
    assert await is_owed(store)
    await working.work_off_resting()
    assert waits.count(eraser.RETRY_SECONDS) == 1
    assert not await is_owed(store)
    assert not holds_secret(database)
    await store.close()


async def test_several_erases_share_what_is_done_for_all(database: Path) -> None:
    fill(database)
    store = await Store.open(database)
    passes: list[str] = []

    def count(tx: Tx) -> None:
        (steps,) = tx.one("SELECT count(*) FROM erasures WHERE position = 'merging'") or (0,)
        passes.append(str(steps))

    await store.write(erase_third)
    await store.write(lambda tx: erasing.erase(tx, people.get(tx, 5), ERASED, MONDAY_MORNING))
    while await Eraser(store)._do_slice() is not Slice.DONE:
        await store.read(count)
    assert set(passes) <= {"0", "2"}
    assert await store.read(lambda tx: tx.all("SELECT id FROM people ORDER BY id")) == [(1,), (2,), (4,), (6,)]
    assert not holds_secret(database)
    await store.close()


LARGE = ("people checkins checkin_versions day_totals weeks outbox requests skipped lines members focuses names "
         "imports uploads drafts results_members intentions identities").split()  # fmt: skip


async def test_no_statement_of_an_erase_reads_a_large_table_through(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: set[str] = set()
    connect = sqlite.connect

    def connect_traced(path: Path, *, read_only: bool) -> sqlite3.Connection:
        connection = connect(path, read_only=read_only)
        connection.set_trace_callback(statements.add)
        return connection

    fill(database)
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("INSERT INTO groups (id, platform, team, channel, name, zone, goal, created_at) "
                    "VALUES (1, 'console', '', 'c', 'n', 'UTC', 1, 0)")  # fmt: skip
        raw.executemany(
            "INSERT INTO members (group_id, person_id, joined_at, first_week) VALUES (1, ?, 0, 0)",
            [(person,) for person in range(1, 7)],
        )
        raw.execute("INSERT INTO identities VALUES ('console', '', 'three', 3)")
        raw.execute("INSERT INTO uploads VALUES (1, 3, 'a', x'00', 0)")
    monkeypatch.setattr(sqlite, "connect", connect_traced)
    store = await Store.open(database)
    await store.write(erase_third)
    await Eraser(store).work_off(60)
    assert not await is_owed(store)
    await store.close()
    scans: list[tuple[str, str]] = []
    read = [sql for sql in statements if re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT)", sql) and "journal" not in sql]
    assert len(read) > 100
    with closing(sqlite3.connect(database)) as raw:
        for sql in read:
            plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")]
            scans += [(step, sql) for step in plan for table in LARGE if re.match(rf"SCAN {table}\b", step)]
    assert scans == []


def test_whatever_refers_to_a_person_is_deleted_by_an_erase_and_found_by_an_index(database: Path) -> None:
    deleted = {
        (table, "person_id") for table in (*erasing.AT_ONCE, *erasures.SCATTERED, "checkins", "focuses", "outbox")
    }
    deleted |= {*erasing.BY_OTHER_COLUMNS, ("partner_settings", "news_about")}
    with_the_last_row = {("import_runs", "person_id"), ("imports", "person_id")}
    with closing(sqlite3.connect(database)) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        referring = {
            (table, column)
            for table in tables
            for _, _, parent, column, *_ in raw.execute(f"PRAGMA foreign_key_list('{table}')")
            if parent == "people"
        }
        assert referring == deleted | with_the_last_row
        for table, column in referring:
            [(_, _, _, step)] = raw.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 1")
            assert step.startswith("SEARCH"), (table, step)


def test_going_down_deletes_what_is_owed_and_lets_the_earlier_version_finish(database: Path) -> None:
    fill(database)
    with closing(sqlite.connect(database, read_only=False)) as connection:
        assert sqlite.run_writing(connection, [erase_third])[0][1] is None
    migrate.migrate(database, "0015")
    with closing(sqlite3.connect(database)) as raw:
        assert raw.execute("SELECT count(*) FROM checkins WHERE person_id = 3").fetchone() == (0,)
        assert raw.execute("SELECT count(*) FROM people").fetchone() == (5,)
        assert raw.execute(
            "SELECT count(*) FROM journal_words WHERE journal_words MATCH ?", (f"p3x{SECRET}",)
        ).fetchone() == (0,)
        assert raw.execute("PRAGMA user_version").fetchone() == (2,)
    migrate.migrate(database)
    with closing(sqlite3.connect(database)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (0,)
        assert raw.execute("SELECT step FROM erasures").fetchall() == [(erasures.FILE,)]


async def test_a_start_that_owes_what_an_earlier_version_deleted_goes_through_the_file(
    database: Path,
) -> None:
    fill(database)
    migrate.migrate(database, "0015")
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("DELETE FROM checkins WHERE person_id = 3")
        raw.execute(f"DELETE FROM journal_words WHERE words LIKE '%{SECRET}%'")
        raw.execute("INSERT INTO journal_words (journal_words) VALUES ('optimize')")
        raw.commit()
        raw.execute("PRAGMA user_version = 1")
    migrate.migrate(database)
    store = await Store.open(database)
    await Eraser(store).work_off(60)
    assert not await is_owed(store)
    assert not holds_secret(database)
    await store.close()
