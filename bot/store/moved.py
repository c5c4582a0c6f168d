"""Where a database has moved to: a mark in the one that was copied, and one in the copy until it counts.

Two databases share no transaction. So a copy is stored whole but marked as unfinished, then its source is marked as
moved, and then the copy's mark goes. Whoever is killed in between leaves a copy that nobody works on, and a source that
is either as it was or marked; copying again makes it anew, or takes the last step.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from bot.errors import Misconfigured, NotSaved
from bot.location import Location, ServerDatabase
from bot.store import inspection, key_values
from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx

MOVED, UNFINISHED = "tenhours/moved", "tenhours/unfinished"
"""Keys of the mark of a database that was copied, and of a copy that does not count yet."""

RESTORING = "restoring"
"""The table that a server's database has while a copy is put in its place."""


class Move(msgspec.Struct, frozen=True):
    """A copying from one database to another: `other` is the other one, without its password."""

    id: str
    other: str
    at: datetime


def find(tx: Tx, key: str) -> Move | None:
    """Return the mark under a key; None if there is none."""
    if not tx.has_table("memory"):
        return None
    value = key_values.find(tx, key)
    return None if value is None else msgspec.json.decode(value, type=Move)


def save(tx: Tx, key: str, move: Move) -> None:
    """Mark a database."""
    key_values.save(tx, key, msgspec.json.encode(move).decode(), move.at)


def require_none(tx: Tx) -> None:
    """Raise `Misconfigured` where this database was copied to another one, or is a copy that is not whole."""
    _require_none(find(tx, MOVED), find(tx, UNFINISHED))


def require_here(location: Location, *, is_forced: bool = False) -> None:
    """Raise `Misconfigured` where a database has moved, unless `is_forced`, which takes that mark away.

    Nothing takes away the mark of an unfinished copy but copying again. Raises `NotSaved` where it cannot be opened;
    what is no database of this program is left to others to tell.
    """
    require_restored(location)
    marks = {key: find_at(location, key) for key in (MOVED, UNFINISHED)}
    if is_forced and marks[MOVED] is not None:
        delete_at(location, MOVED)
        marks[MOVED] = None
    _require_none(marks[MOVED], marks[UNFINISHED])


def find_at(location: Location, key: str) -> Move | None:
    """Return the mark of a database that is not open; None also where there is no such database."""
    if isinstance(location, ServerDatabase):
        from bot.store.postgres import open_newest  # noqa: PLC0415 - its driver is an extra, and loads slowly

        with open_newest(location) as tx:
            return find(tx, key)
    if not _is_filled(location):
        return None
    try:
        with inspection.open_to_read(location) as connection:
            return find(SqliteTx(connection), key)
    except sqlite3.OperationalError as error:
        raise NotSaved(f"The database {location} can't be opened: {error}.") from error
    except sqlite3.DatabaseError:
        return None


def delete_at(location: Location, key: str) -> None:
    """Take a mark away. Raises `NotSaved` where that cannot be written."""
    if isinstance(location, ServerDatabase):
        from bot.store.postgres import open_newest  # noqa: PLC0415

        with open_newest(location) as tx:
            key_values.delete(tx, key)
        return
    try:
        with closing(sqlite3.connect(f"{location.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)) as raw:
            key_values.delete(SqliteTx(raw), key)
    except sqlite3.OperationalError as error:
        raise NotSaved(f"The database {location} can't be written: {error}.") from error


def require_restored(location: Location) -> None:
    """Raise `Misconfigured` where a server's database is half restored."""
    if not isinstance(location, ServerDatabase):
        return
    from bot.store.postgres import open_newest  # noqa: PLC0415

    with open_newest(location) as tx:
        if tx.has_table(RESTORING):
            raise Misconfigured("A restore of this database was broken off. Type the same `tenhours restore` again.")


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _require_none(move: Move | None, unfinished: Move | None) -> None:
    if unfinished is not None:
        raise Misconfigured(
            f"The copying from {unfinished.other} to this database was broken off. "
            "With [database] url set to that one, type the same `tenhours copy` again."
        )
    if move is not None:
        raise Misconfigured(
            f"This database was copied to {move.other} on {move.at:%-d %B %Y}, and that one counts now. "
            "Set [database] url to it. `tenhours run --force` goes on with this one instead."
        )
