"""An aiosqlite connection that runs whole functions on its thread.

It is the only module that uses private parts of aiosqlite: `_thread`, `_running`, `_tx` and `_conn`. A test fails where
a new release changes them, and `pyproject.toml` has an upper bound.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import aiosqlite

from bot.store import sqlite

T = TypeVar("T")


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that can run a whole function on its thread."""

    async def begin(self) -> None:
        """Open it. Where that fails, its thread has ended before the error is raised."""
        try:
            _ = await self
        except BaseException:
            await asyncio.to_thread(self._thread.join)
            raise

    def begin_work(self, job: Callable[[sqlite3.Connection], T]) -> asyncio.Future[T]:
        """Let `job` run with the raw connection on the connection's own thread; the future is its result."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        if self._running:
            self._tx.put_nowait((done, partial(job, self._conn)))
        else:
            done.set_exception(ValueError("the database is closed"))
        return done

    async def work(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run `job` with the raw connection on the connection's own thread. Raises what it raises."""
        return await self.begin_work(job)


async def open_connection(path: Path, *, read_only: bool) -> Connection:
    """Return an open connection to the file. Raises `sqlite3.Error` where it cannot be opened."""
    connection = Connection(lambda: sqlite.connect(path, read_only=read_only), iter_chunk_size=64)
    await connection.begin()
    return connection
