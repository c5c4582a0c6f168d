"""References between tables after a migration: checked where it may have broken any, and not through years of rows.

A check of all of them reads the whole file, which takes longer than everything else that a migration does.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


@dataclass
class Writes:
    """What was written meanwhile, by table: whether rows were added, removed, and which columns were changed."""

    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    changed: set[tuple[str, str]] = field(default_factory=set)

    def note(
        self, action: int, table: str | None, column: str | None, _database: str | None, _trigger: str | None
    ) -> int:
        """Note what a statement is going to do, as SQLite's authorizer tells it, and allow it."""
        if table is not None:
            if action == sqlite3.SQLITE_INSERT:
                self.added.add(table)
            elif action in (sqlite3.SQLITE_DELETE, sqlite3.SQLITE_DROP_TABLE):
                self.removed.add(table)
            elif action == sqlite3.SQLITE_UPDATE and column is not None:
                self.changed.add((table, column))
        return sqlite3.SQLITE_OK


@contextmanager
def watched(connection: sqlite3.Connection) -> Iterator[Writes]:
    """Note all that is written through a connection meanwhile."""
    writes = Writes()
    connection.set_authorizer(writes.note)
    try:
        yield writes
    finally:
        connection.set_authorizer(None)


def find_broken(connection: sqlite3.Connection, writes: Writes) -> str | None:
    """Return a table with a reference that leads nowhere, among those where what was written can have broken one."""
    for (table,) in connection.execute(TABLES).fetchall():
        keys = connection.execute('SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)', (table,))
        if any(_may_be_broken(writes, table, *key) for key in keys.fetchall()):
            broken = connection.execute("SELECT 1 FROM pragma_foreign_key_check(?) LIMIT 1", (table,)).fetchone()
            if broken is not None:
                return str(table)
    return None


def _may_be_broken(writes: Writes, table: str, parent: str, column: str, parent_column: str | None) -> bool:
    return (
        table in writes.added
        or parent in writes.removed
        or (table, column) in writes.changed
        or (parent_column is not None and (parent, parent_column) in writes.changed)
    )
