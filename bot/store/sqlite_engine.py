"""SQLite's engine: one writer with group commit, and a few readers, each a connection on a thread of its own.

Units that wait together share one durable commit, a savepoint each.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from bot.errors import NotSaved
from bot.store import sqlite
from bot.store.connection import Connection, open_connection
from bot.store.unit import Slice, Unit
from bot.store.wiping import Wiper

T = TypeVar("T")
READERS = 2
MAX_UNITS_PER_COMMIT = 128

Outcome = tuple[Any, BaseException | None]


class Waiting(Generic[T]):
    """A unit of work in the queue, and whoever waits for it."""

    def __init__(self, unit: Unit[T]) -> None:
        self.unit = unit
        self.future: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def settle(self, outcome: Outcome) -> None:
        """Hand over the result; a waiter that was cancelled meanwhile misses it, but the work stands."""
        if self.future.done():
            return
        result, error = outcome
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)


class SqliteEngine:
    """An open database file."""

    def __init__(self, path: Path, writer: Connection, readers: list[Connection]) -> None:
        self._path = path
        self._writer = writer
        self._all_readers = readers
        self._readers: asyncio.Queue[Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)
        self._queue: list[Waiting[Any]] = []
        self._under_way: asyncio.Future[list[Outcome]] | None = None
        self._wiper: Wiper | None = None
        self._wiping = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path, readers: int = READERS) -> "SqliteEngine":
        """Open the file (it must exist with the right schema). Raises `NotSaved` where it cannot be opened."""
        opened: list[Connection] = []
        try:
            opened.append(await open_connection(path, read_only=False))
            opened += [await open_connection(path, read_only=True) for _ in range(readers)]
        except sqlite3.Error as error:
            for connection in opened:
                await connection.close()
            raise NotSaved(f"The database {path} cannot be opened: {error}.") from error
        return cls(path, opened[0], opened[1:])

    async def close(self) -> None:
        """Finish what was begun, then close every connection."""
        while self._queue or self._under_way is not None:
            await (asyncio.sleep(0) if self._under_way is None else asyncio.wait([self._under_way]))
        async with self._wiping:
            for connection in [*self._all_readers, self._writer]:
                await connection.close()
            if self._wiper is not None:
                self._wiper.close()
                self._wiper = None

    def hurry(self) -> None:
        """Do nothing: a file answers in time."""

    async def write(self, unit: Unit[T]) -> T:
        """Run `unit` in a durable transaction. Raises what it raises, or `NotSaved`."""
        waiting = Waiting(unit)
        self._queue.append(waiting)
        if self._under_way is None and len(self._queue) == 1:
            asyncio.get_running_loop().call_soon(self._begin)
        return await waiting.future

    async def read(self, unit: Unit[T]) -> T:
        """Run `unit` on one consistent snapshot; it may not write."""
        reader = await self._readers.get()
        try:
            return await reader.work(lambda connection: sqlite.run_reading(connection, unit))
        finally:
            self._readers.put_nowait(reader)

    async def listen(self, heard: Callable[[], None]) -> None:
        """Return: the process that sends is the one that writes."""

    async def wipe(self, note: str) -> Slice:
        """Overwrite some of what deleted rows have left in the file; one slice at a time, and cancelled after it."""
        return await asyncio.shield(asyncio.ensure_future(self._wipe(note)))

    async def _wipe(self, note: str) -> Slice:
        async with self._wiping:
            try:
                if self._wiper is None:
                    self._wiper = await asyncio.to_thread(Wiper, self._path)
                wiper = self._wiper
                if not await asyncio.to_thread(wiper.look):
                    return Slice.MORE
                outcome = await self._writer.work(lambda connection: wiper.wipe(connection, note))
                await asyncio.to_thread(wiper.sync)
            except (sqlite3.Error, OSError) as error:
                raise NotSaved(f"What was deleted is still in the file: {error}.") from error
        return outcome

    def _begin(self) -> None:
        """Hand all that was asked for in this turn of the loop to the writer's thread, as one batch."""
        batch, self._queue = self._queue[:MAX_UNITS_PER_COMMIT], self._queue[MAX_UNITS_PER_COMMIT:]
        units = [waiting.unit for waiting in batch]
        self._under_way = self._writer.begin_work(partial(sqlite.run_writing, units=units))
        self._under_way.add_done_callback(partial(self._settle, batch))

    def _settle(self, batch: list[Waiting[Any]], done: asyncio.Future[list[Outcome]]) -> None:
        """Tell those who waited; then the next batch begins."""
        error = done.exception()
        outcomes = done.result() if error is None else [(None, error)] * len(batch)
        for waiting, outcome in zip(batch, outcomes, strict=True):
            waiting.settle(outcome)
        self._under_way = None
        if self._queue:
            self._begin()
