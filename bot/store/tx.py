"""The transaction as the store sees it: the same verbs, and one set of SQL, on every engine.

The SQL is SQLite's. What PostgreSQL says in other words is put into them by `dialect`; what has no common words is a
verb of the transaction.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from msgspec import json

from bot.store.word_index import WordIndex

LISTED = "(SELECT value FROM json_each(:ids))"
"""The list after an IN: the values of the parameter `ids`, which `listed` makes.

What many rows need is read in one statement. As a parameter for each of them it would be another statement for each
number of them, and naming the parameters would cost the square of that.
"""

Row = tuple[Any, ...]
"""A row, read by position into a named tuple that stands beside its columns."""


class Listed(tuple[int | str, ...]):
    """The values of `LISTED`: an array for PostgreSQL, and JSON for SQLite, which has none."""

    __slots__ = ()

    def __conform__(self, _protocol: object) -> str:
        return json.encode(self).decode()


def listed(values: Iterable[int] | Iterable[str]) -> Listed:
    """Return values as the parameter of `LISTED`."""
    return Listed(values)


class Tx(Protocol):
    """A running transaction: verbs with named parameters."""

    @property
    def word_index(self) -> WordIndex:
        """How the engine indexes the journal's words."""
        ...

    def all(self, sql: str, **params: object) -> list[Row]:
        """Return every row."""
        ...

    def each(self, sql: str, **params: object) -> Iterator[Row]:
        """Yield every row as it is read: for many, of which only a part is remembered. No statement runs meanwhile."""
        ...

    def one(self, sql: str, **params: object) -> Row | None:
        """Return the first row; None if there is none."""
        ...

    def run(self, sql: str, **params: object) -> int:
        """Run a statement, and return how many rows it changed."""
        ...

    def many(self, sql: str, rows: Iterable[dict[str, object]]) -> int:
        """Run a statement for each of `rows`, and return how many rows it changed in all."""
        ...

    def lock(self, sql: str, **params: object) -> bool:
        """Keep other transactions that lock them from the rows of a SELECT, until this one ends; wait for those first.

        Return True if others may have changed what was read before, so that it must be read again. A single writer has
        nothing to lock.
        """
        ...

    def take(self, sql: str, table: str, **params: object) -> list[Row]:
        """Return the rows of a SELECT but for those that another transaction works on, and lock them.

        `table` is the name in the statement of the one whose rows are locked.
        """
        ...

    def try_lock(self, name: str) -> bool:
        """Return True if no other transaction does what is named so; none begins with it until this one ends."""
        ...

    def notify(self) -> None:
        """Let the processes that listen know, once this is committed, that there is something to send."""
        ...

    def has_table(self, name: str) -> bool:
        """Return True if there is a table of this name."""
        ...
