"""The open database, on whichever engine it is: units of work are written to it and read from it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.location import Location
from bot.store.sqlite_engine import READERS, SqliteEngine
from bot.store.unit import Engine, Slice, Unit

T = TypeVar("T")


class Store:
    """The open database. `write` promises: when it returns, the unit is on disk; when it raises, nothing of it is."""

    def __init__(self, location: Location, engine: Engine) -> None:
        self.location = location
        self._engine = engine

    @classmethod
    async def open(cls, location: Location, readers: int = READERS) -> "Store":
        """Open a database (it must exist with the right schema). Raises `NotSaved` where it cannot be opened.

        A file has so many `readers`.
        """
        if isinstance(location, Path):
            return cls(location, await SqliteEngine.open(location, readers))
        from bot.store.postgres_engine import PostgresEngine  # noqa: PLC0415 - its driver is an extra, and loads slowly

        return cls(location, await PostgresEngine.open(location))

    @property
    def path(self) -> Path:
        """The database's file, where it is one."""
        assert isinstance(self.location, Path)
        return self.location

    @property
    def is_on_server(self) -> bool:
        """True if the files are a server's, which overwrites nothing by itself."""
        return not isinstance(self.location, Path)

    def hurry(self) -> None:
        """Wait less long from now on for a database that does not answer: the program ends."""
        self._engine.hurry()

    async def close(self) -> None:
        """Finish what was begun, then close every connection."""
        await self._engine.close()

    async def write(self, unit: Unit[T]) -> T:
        """Run `unit` in a durable transaction. Raises what it raises, or `NotSaved`."""
        return await self._engine.write(unit)

    async def wipe(self, note: str) -> Slice:
        """Overwrite a part of what deleted rows have left on the disk, where that is not left to a server.

        `note` is a statement that changes something, which is committed along. Raises `NotSaved` where it is refused.
        """
        return await self._engine.wipe(note)

    async def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` whenever another process may have added something to send, until cancelled.

        Return where there is no such process, or nothing can be heard of it.
        """
        await self._engine.listen(heard)

    async def read(self, unit: Unit[T]) -> T:
        """Run `unit` on one consistent snapshot; it may not write."""
        return await self._engine.read(unit)
