"""Which tables of a large database its copies have looked through, and when: a small file beside the database."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

FILE_ENDING = ".looked"
DUE_AFTER = timedelta(days=6)
"""A table that was looked through so long ago is due: with a copy every day, each is looked through once a week."""


class Looked(msgspec.Struct, frozen=True):
    """When each table was last looked through, and since when that has been written down."""

    begun: datetime
    tables: dict[str, datetime] = {}

    def in_turn(self, tables: Iterable[str]) -> list[str]:
        """Return the tables in the order in which to look: those never looked through first, then the oldest."""
        return sorted(tables, key=lambda table: (table in self.tables, self.tables.get(table, self.begun), table))

    def due(self, tables: Iterable[str], now: datetime) -> set[str]:
        """Return the tables that must not wait for another copy; an instant in the future was a wrong clock's."""
        return {table for table in tables if not timedelta(0) <= now - self.tables.get(table, self.begun) < DUE_AFTER}

    def with_tables(self, tables: Iterable[str], now: datetime) -> "Looked":
        """Return it with tables that have been looked through now."""
        return Looked(self.begun, self.tables | dict.fromkeys(tables, now))


def path_of(database: Path) -> Path:
    """Return the file that belongs to a database."""
    return Path(f"{database}{FILE_ENDING}")


def load(database: Path, now: datetime) -> Looked:
    """Return what was written down; nothing since `now` where there is no such file, or one that cannot be read."""
    with suppress(OSError, msgspec.MsgspecError):
        looked = msgspec.json.decode(path_of(database).read_bytes(), type=Looked)
        if all(instant.tzinfo is not None for instant in (looked.begun, *looked.tables.values())):
            return looked
    return Looked(now)


def save(database: Path, looked: Looked) -> None:
    """Write it down in one step. Where that fails, the next copy looks at the same tables again."""
    path = path_of(database)
    unfinished = Path(f"{path}.unfinished")
    with suppress(OSError):
        unfinished.write_bytes(msgspec.json.encode(looked))
        unfinished.replace(path)
