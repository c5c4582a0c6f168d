"""A unit of work, and what an engine has to do with one."""

from collections.abc import Callable
from enum import Enum
from typing import Protocol, TypeVar

from bot.store.tx import Tx

T = TypeVar("T")
Unit = Callable[[Tx], T]
"""A plain function of a transaction, which has no effect but on the database: it may be run again from its start."""


class Slice(Enum):
    """What became of a slice of some work: there is more, somebody is in its way, or nothing is left to be done."""

    MORE = "more"
    BUSY = "busy"
    DONE = "done"


class Engine(Protocol):
    """An open database. A unit runs in one hop to a thread, so nothing cancels it half-way, and no statement hops."""

    async def write(self, unit: Unit[T]) -> T:
        """Run `unit` in a durable transaction. Raises what it raises, or `NotSaved`."""
        ...

    async def read(self, unit: Unit[T]) -> T:
        """Run `unit` on one consistent snapshot; it may not write."""
        ...

    async def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` whenever another process may have added something to send; return where none can."""
        ...

    async def wipe(self, note: str) -> Slice:
        """Overwrite a part of what deleted rows have left on the disk, and commit a statement along."""
        ...

    def hurry(self) -> None:
        """Wait less long from now on for a database that does not answer: the program ends."""
        ...

    async def close(self) -> None:
        """Finish what was begun, then close every connection."""
        ...
