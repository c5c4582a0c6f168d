"""The store's promises: what was written is whole and durable, what was refused left nothing."""

import asyncio
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.errors import NotSaved
from bot.store import sqlite
from bot.store.database import Store
from bot.store.sqlite_engine import MAX_UNITS_PER_COMMIT, READERS
from bot.store.tx import Tx

pytestmark = pytest.mark.sqlite


def remember(tx: Tx, key: str, value: str = "") -> None:
    tx.run("INSERT INTO memory (key, value, kept_at) VALUES (:key, :value, 0)", key=key, value=value)


def keys(tx: Tx) -> list[str]:
    return [row[0] for row in tx.all("SELECT key FROM memory ORDER BY key")]


def pragmas(tx: Tx) -> dict[str, object]:
    return {pragma: (tx.one(f"PRAGMA {pragma}") or [None])[0] for pragma in sqlite.PRAGMAS}


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the statements of connections that write."""
    traced = list[str]()
    connect = sqlite.connect

    def connect_traced(path: Path, *, read_only: bool) -> sqlite3.Connection:
        connection = connect(path, read_only=read_only)
        if not read_only:
            connection.set_trace_callback(traced.append)
        return connection

    monkeypatch.setattr(sqlite, "connect", connect_traced)
    return traced


async def test_every_connection_has_its_pragmas(store: Store) -> None:
    assert await store.write(pragmas) == sqlite.PRAGMAS
    assert await asyncio.gather(*(store.read(pragmas) for _ in range(READERS))) == [sqlite.PRAGMAS] * READERS


async def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await store.read(lambda tx: remember(tx, "a"))


async def test_units_that_wait_together_share_one_commit(statements: list[str], store: Store) -> None:
    await asyncio.gather(*(store.write(partial(remember, key=f"{n:03}")) for n in range(100)))
    assert statements.count("COMMIT") == 1
    assert len(await store.read(keys)) == 100


async def test_one_that_fails_takes_none_with_it(store: Store) -> None:
    def fails(tx: Tx) -> None:
        remember(tx, "half")
        raise ValueError("no")

    good, bad, also_good = await asyncio.gather(
        store.write(lambda tx: remember(tx, "a")),
        store.write(fails),
        store.write(lambda tx: remember(tx, "b")),
        return_exceptions=True,
    )
    assert (good, also_good) == (None, None)
    assert isinstance(bad, ValueError)
    assert await store.read(keys) == ["a", "b"]


async def test_a_cancelled_caller_leaves_the_work_whole(store: Store) -> None:
    def two(tx: Tx) -> None:
        remember(tx, "one")
        remember(tx, "two")

    task = asyncio.create_task(store.write(two))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await store.write(lambda tx: remember(tx, "after"))
    assert await store.read(keys) == ["after", "one", "two"]


async def test_read_modify_writes_at_once_lose_nothing(store: Store, database: Path) -> None:
    def increment(tx: Tx) -> None:
        row = tx.one("SELECT value FROM memory WHERE key = 'n'")
        assert row is not None
        tx.run("UPDATE memory SET value = :value WHERE key = 'n'", value=str(int(row[0]) + 1))

    other = await Store.open(database)
    await store.write(lambda tx: remember(tx, "n", "0"))
    await asyncio.gather(*(opened.write(increment) for opened in (store, other) for _ in range(50)))
    await other.close()
    row = await store.read(lambda tx: tx.one("SELECT value FROM memory WHERE key = 'n'"))
    assert row is not None
    assert row[0] == "100"


async def test_a_full_disk_refuses_what_is_too_large_and_keeps_the_rest(store: Store) -> None:
    await store.write(lambda tx: tx.one("PRAGMA max_page_count = 120"))
    small, large = await asyncio.gather(
        store.write(lambda tx: remember(tx, "small")),
        store.write(lambda tx: remember(tx, "large", "x" * 5_000_000)),
        return_exceptions=True,
    )
    assert small is None
    assert isinstance(large, NotSaved)
    assert "full" in str(large)
    assert await store.read(keys) == ["small"]


async def test_a_database_locked_by_another_process_refuses_and_recovers(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite.PRAGMAS, "busy_timeout", 20)
    store = await Store.open(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved, match="locked"):
            await store.write(lambda tx: remember(tx, "a"))
        other.execute("ROLLBACK")
    await store.write(lambda tx: remember(tx, "b"))
    saved_keys = await store.read(keys)
    await store.close()
    assert saved_keys == ["b"]


async def test_a_broken_statement_is_a_fault_and_not_a_full_disk(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await store.write(lambda tx: tx.run("DELETE FROM cats"))
    await store.write(lambda tx: remember(tx, "after"))


async def test_a_file_that_cannot_be_opened_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="cannot be opened"):
        await Store.open(tmp_path / "missing.db")


async def test_closing_finishes_what_was_begun(database: Path) -> None:
    store = await Store.open(database)
    tasks = [asyncio.create_task(store.write(partial(remember, key=str(n)))) for n in range(MAX_UNITS_PER_COMMIT * 2)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*tasks)
    with closing(sqlite3.connect(database)) as raw:
        assert raw.execute("SELECT count(*) FROM memory").fetchone()[0] == MAX_UNITS_PER_COMMIT * 2


async def test_a_unit_that_comes_too_late_is_refused(database: Path) -> None:
    store = await Store.open(database)
    await store.close()
    with pytest.raises(ValueError, match="closed"):
        await store.write(lambda tx: remember(tx, "late"))
