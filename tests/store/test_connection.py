"""The private parts of aiosqlite that `bot.store.connection` uses are as it expects them."""

import sqlite3
import threading
from pathlib import Path

import pytest

from bot.store.connection import Connection, open_connection


def fail(raw: sqlite3.Connection) -> None:
    raise sqlite3.OperationalError("as the job says")


async def test_a_job_runs_on_the_connections_own_thread_with_the_raw_connection(database: Path) -> None:
    connection = await open_connection(database, read_only=False)
    thread, raw = await connection.work(lambda raw: (threading.current_thread(), raw))
    assert thread is connection._thread is not threading.current_thread()
    assert isinstance(raw, sqlite3.Connection)
    assert raw is connection._conn
    await connection.close()
    assert not connection._running
    thread.join(timeout=60)
    assert not thread.is_alive()


async def test_jobs_and_aiosqlites_own_statements_stand_in_one_queue(database: Path) -> None:
    connection = await open_connection(database, read_only=False)
    first = connection.begin_work(lambda raw: raw.execute("CREATE TEMP TABLE numbers (n)"))
    rows = await connection.execute_fetchall("SELECT count(*) FROM numbers")
    assert first.done()
    assert [tuple(row) for row in rows] == [(0,)]
    await connection.close()


async def test_an_error_of_a_job_reaches_its_future_and_ends_nothing(database: Path) -> None:
    connection = await open_connection(database, read_only=False)
    with pytest.raises(sqlite3.OperationalError, match="as the job says"):
        await connection.work(fail)
    assert await connection.work(lambda raw: raw.execute("SELECT 1").fetchone()[0]) == 1
    await connection.close()


async def test_a_job_for_a_closed_connection_is_refused(database: Path) -> None:
    connection = await open_connection(database, read_only=False)
    await connection.close()
    with pytest.raises(ValueError, match="the database is closed"):
        await connection.work(lambda raw: raw)


async def test_where_opening_fails_the_thread_has_ended(tmp_path: Path) -> None:
    connection = Connection(lambda: sqlite3.connect(tmp_path / "nowhere" / "x.db"), iter_chunk_size=64)
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        await connection.begin()
    assert not connection._thread.is_alive()
