"""A database that `tenhours copy` fills: what its engine has to do, and the tables that are filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.errors import NotSaved, TenHoursError
from bot.location import Location
from bot.store.moved import Move
from bot.store.tx import Row
from bot.store.word_index import WordIndex

Columns = dict[str, tuple[str, ...]]
"""Names of tables, and of columns of each."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that both databases have: its columns, and those by which its rows are put in order."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def select(self) -> str:
        """Return the statement that reads all rows."""
        return f"SELECT {quoted(self.columns)} FROM {quoted([self.name])} ORDER BY {quoted(self.key)}"


class Target(Protocol):
    """A database that is being filled, and is not there for anybody else before `finish`."""

    @property
    def word_index(self) -> WordIndex:
        """How the engine indexes the journal's words."""
        ...

    def list_tables(self) -> dict[str, tuple[str, ...]]:
        """Return tables, with the columns on PostgreSQL, or the key on SQLite."""
        ...

    def load(self, table: Table, rows: Iterable[Row]) -> None:
        """Store rows. Raises `NotSaved` for what cannot be stored."""
        ...

    def finish(self, move: Move) -> None:
        """Let it be there, whole and on the disk, marked as unfinished. Raises `NotSaved`; then nothing of it is."""
        ...


def not_empty(target: Location) -> TenHoursError:
    """Return the error of a target in which something stands."""
    return NotSaved(f"{target} isn't empty. Name an empty database, so that nothing in it is lost.")


def quoted(names: Iterable[str]) -> str:
    """Return names of columns or tables as a list; SQLite's rowid is no column, and knows no quotes."""
    return ", ".join(name if name == "rowid" else f'"{name}"' for name in names)
