"""PostgreSQL's engine: a few threads, each with a connection of its own, on which units run one after the other.

A thread opens its connection when it first has a unit, and opens it again after it was lost; so no pool has to look
after connections, and none waits in one that is dead.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.location import ServerDatabase
from bot.store import postgres_listener
from bot.store.postgres import Outage, Session
from bot.store.postgres_connection import connect
from bot.store.unit import Slice, Unit

T = TypeVar("T")


class PostgresEngine:
    """An open database on a server."""

    def __init__(self, location: ServerDatabase) -> None:
        self._location = location
        self._threads = ThreadPoolExecutor(location.connections, thread_name_prefix="database")
        self._local = threading.local()
        self._outage = Outage()
        self._sessions: list[Session] = []

    @classmethod
    async def open(cls, location: ServerDatabase) -> "PostgresEngine":
        """Open a database. Raises `NotSaved` where it cannot be opened."""
        (await asyncio.to_thread(connect, location)).close()
        return cls(location)

    async def close(self) -> None:
        """Finish what was begun, then close every connection."""
        await asyncio.to_thread(self._threads.shutdown)
        for session in self._sessions:
            session.close()

    def hurry(self) -> None:
        """Wait less long from now on for a server that does not answer: the program ends."""
        self._outage.is_ending = True
        for session in self._sessions:
            session.hurry()

    async def write(self, unit: Unit[T]) -> T:
        """Run `unit` in a durable transaction. Raises what it raises, or `NotSaved`."""
        return await self._work(lambda session: session.write(unit))

    async def read(self, unit: Unit[T]) -> T:
        """Run `unit` on one consistent snapshot; it may not write."""
        return await self._work(lambda session: session.read(unit))

    async def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` whenever a process has committed something to send, until cancelled.

        Behind a pooler nothing is heard: what is to be sent is found at the next look.
        """
        if self._location.is_prepared:
            await postgres_listener.listen(self._location, heard)

    async def wipe(self, _note: str) -> Slice:
        """Do nothing: a table is rewritten as a whole, at night (`heap`)."""
        return Slice.DONE

    async def _work(self, job: Callable[[Session], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, job, time.monotonic())

    def _run(self, job: Callable[[Session], T], asked_at: float) -> T:
        """Run a job with the session of this thread."""
        session: Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = Session(self._location, self._outage)
            self._sessions.append(session)
        session.asked_at = asked_at
        return job(session)
