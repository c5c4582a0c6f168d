"""A copy in the place of the database: looked through first, prepared beside it, then swapped in one step.

What stood there before stays under a dated name, and no -wal or -shm file of it can be applied to what comes.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from bot.errors import NotSaved, SchemaMismatch
from bot.store import inspection, migrate, sqlite
from bot.store.backup import SIDE_FILE_ENDINGS, copy, list_side_files, reason_of, require_whole, sync, sync_folder
from bot.store.tx import Tx

MAGIC = b"SQLite format 3\0"
DUMP_MAGIC = b"PGDMP"
"""The beginning of a file that `pg_dump` has made in its custom format."""

LOCKED_FROM, LOCKED_BYTES = 0x4000_0002, 510
"""Where SQLite holds its shared lock for as long as a connection of a WAL database is open (its os_unix.c)."""


def prepare(source: Path, database: Path, unit: Callable[[Tx], None]) -> Path:
    """Return a checked copy of `source` beside the database, of this version's schema, with `unit` done to it.

    Raises `NotSaved` or `SchemaMismatch` for a file that cannot be restored; `source` stays as it is.
    """
    _examine(source)
    prepared = database.with_name(f"{database.name}.restoring")
    try:
        copy(source, prepared)
        require_whole(prepared)
        if migrate.read_revision(prepared) != migrate.head():
            migrate.migrate(prepared)
        _do(prepared, unit)
    except (OSError, sqlite3.Error) as error:
        discard(prepared)
        raise NotSaved(f"{source} can't be restored: {reason_of(error)}.") from error
    except BaseException:
        discard(prepared)
        raise
    return prepared


def replace(database: Path, prepared: Path, now: datetime) -> Path | None:
    """Put what was prepared in the place of the database; return where the old one is, None if there was none.

    Raises `NotSaved` where a process has the database open, or the folder refuses.
    """
    former = name_former(database, now)
    try:
        if not database.exists():
            prepared.replace(database)
            sync_folder(database)
            return None
        require_unused(database)
        _give_to_owner(prepared, database)
        _save_former(database, former)
        prepared.replace(database)
        sync_folder(database)
    except OSError as error:
        raise NotSaved(f"{database} can't be replaced: {reason_of(error)}.") from error
    finally:
        discard(prepared)
    return former


def require_unused(database: Path) -> None:
    """Raise `NotSaved` where another process has the database open, even if its content is damaged."""
    if _is_locked(database):
        raise NotSaved(f"A program has {database} open. Stop the bot first, and every console that uses it.")
    if not _is_sqlite(database):
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)) as raw:
        raw.execute("PRAGMA busy_timeout = 0")
        raw.execute("PRAGMA journal_mode = delete")  # empties the WAL into the file; needs it for itself alone


def discard(prepared: Path) -> None:
    """Take away what was prepared, with all that stands beside it."""
    for file in (prepared, *list_side_files(prepared)):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _examine(source: Path) -> None:
    """Raise `NotSaved` or `SchemaMismatch` unless the file can be restored."""
    if not source.is_file():
        raise NotSaved(f"There's no file {source} to restore.")
    with source.open("rb") as file:
        if file.read(len(DUMP_MAGIC)) == DUMP_MAGIC:
            raise SchemaMismatch(
                f"{source} is a copy of a server's database. Restore it there, then `tenhours copy` it."
            )
    revision = migrate.read_revision(source)
    if revision is None:
        raise SchemaMismatch(f"{source} is empty, so there's nothing to restore.")
    if revision > migrate.head():
        raise SchemaMismatch(
            f"{source} is at schema {revision}. It comes from a newer version; this one needs {migrate.head()}."
        )
    try:
        with inspection.open_to_read(source) as connection:
            faults = inspection.find_faults(connection)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise SchemaMismatch(f"{source} is damaged: {error}.") from error
    if faults or broken:
        fault = faults[0].splitlines()[-1] if faults else f"a row of {broken[0]} points nowhere"
        raise SchemaMismatch(f"{source} is damaged ({fault}). Take another copy.")


def _do(prepared: Path, unit: Callable[[Tx], None]) -> None:
    """Run `unit`, and leave one file alone, on the disk."""
    with closing(sqlite.connect(prepared, read_only=False)) as connection:
        [(_, error)] = sqlite.run_writing(connection, [unit])
        if error is not None:
            raise error
        connection.execute("PRAGMA journal_mode = delete")
    sync(prepared)


def name_former(database: Path, now: datetime) -> Path:
    """Return a dated name that nothing has yet."""
    dated = f"{database.name}.before-{now:%Y%m%dT%H%M%SZ}"
    names = chain([dated], (f"{dated}-{number}" for number in count(2)))
    return next(path for name in names if not (path := database.with_name(name)).exists())


def _save_former(database: Path, former: Path) -> None:
    """Give the old database another name as well. What a damaged one could not empty goes along with it."""
    for ending in SIDE_FILE_ENDINGS:
        side_file = Path(f"{database}{ending}")
        if side_file.exists():
            side_file.replace(f"{former}{ending}")
    try:
        os.link(database, former)
    except OSError:  # some file systems know no second name
        shutil.copy2(database, former)


def _give_to_owner(prepared: Path, database: Path) -> None:
    """Let who owned the database own what takes its place, also where an administrator restores it."""
    owner = database.stat()
    if os.name == "posix" and (owner.st_uid, owner.st_gid) != (prepared.stat().st_uid, prepared.stat().st_gid):
        os.chown(prepared, owner.st_uid, owner.st_gid)


def _is_sqlite(database: Path) -> bool:
    """Return True if it begins as a database does; beside any other file, SQLite would throw away the WAL."""
    with database.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _is_locked(database: Path) -> bool:
    """Return True if a connection of another process has the file open."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, which itself refuses to replace a file that is open
    except ImportError:
        return False
    with database.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCKED_BYTES, LOCKED_FROM)
        except OSError:
            return True
        return False
