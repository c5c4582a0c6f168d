"""Copies of the database that are whole, also while it is in use.

A copy is one snapshot of the database. Writers go on meanwhile, and it can be broken off. It gets its
name only when it is complete and on the disk, and nothing wrong has been found. Looking through a large database takes
several times as long as copying it, so that is done beside the copying, as far as it gets, each time with the tables
whose turn it is; `looked` says when each had its turn. A restore looks through all of a copy.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import NotSaved
from bot.store import inspection, looked, snapshot
from bot.store.integrity import Look

SIDE_FILE_ENDINGS = ("-wal", "-shm", "-journal")
"""Endings of the files that SQLite keeps beside a database."""
PAGES_PER_STEP = 512
"""Pages of 4 KiB that are copied between two looks at whether to go on."""
SECONDS_PER_WAIT = 0.1
NICENESS = 10
"""Of the look beside a copy: where all processors are busy, it gets a tenth of what another process gets."""
MAX_WHOLE_BYTES = 64 << 20
"""Bytes of a database up to which a copy is looked through completely: about 0.2 s on a small server."""


class BrokenOff(Exception):
    """The program is about to stop; there is no copy."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How many of all tables were looked through with a copy."""

    looked_at: int
    tables: int

    @property
    def is_whole(self) -> bool:
        """Return True if that was the whole database."""
        return self.looked_at == self.tables

    def __str__(self) -> str:
        """Return it as a sentence's end: "all of it", "12 of 54 tables"."""
        return "all of it" if self.is_whole else f"{self.looked_at} of {self.tables} tables"


def backup(
    source: Path,
    target: Path,
    is_stopping: Callable[[], bool] = lambda: False,
    *,
    now: datetime | None = None,
) -> Seen:
    """Copy `source` to the new file `target`, readable by its owner alone; return what was looked through.

    Raises `NotSaved` where that cannot be, and `BrokenOff` once `is_stopping`; then nothing is left behind.
    """
    if not source.exists():
        raise NotSaved(f"There's no database {source} to copy.")
    if target.exists():
        raise NotSaved(f"{target} already exists. Name a new file.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        is_large = source.stat().st_size > MAX_WHOLE_BYTES
        copied = _copy_looking_beside if is_large else _copy_looking_after
        seen = copied(source, unfinished, is_stopping, now or SystemClock().now())
        name(unfinished, target)
        sync_folder(target)
    except FileExistsError:
        raise NotSaved(f"{target} already exists. Name a new file.") from None
    except (OSError, sqlite3.Error) as error:
        raise NotSaved(f"{source} can't be copied to {target}: {reason_of(error)}.") from error
    finally:
        for file in (unfinished, *list_side_files(unfinished)):
            with suppress(OSError):
                file.unlink(missing_ok=True)
    return seen


def copy(source: Path, target: Path, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Copy one snapshot of `source` over `target`. Raises `OSError`, `sqlite3.Error` or `BrokenOff`."""
    make_anew(target)

    def go_on(*_progress: int) -> None:
        if is_stopping():
            raise BrokenOff

    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)) as live:
        live.execute("PRAGMA query_only = 1")
        live.execute("BEGIN")  # without a snapshot of its own, the copy would begin anew with each commit of others
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if snapshot.is_possible(live):
            snapshot.copy(source, target, go_on)
        else:
            _copy_pages(live, target, go_on)
    sync(target)


def _copy_pages(live: sqlite3.Connection, target: Path, go_on: Callable[..., None]) -> None:
    """Copy page by page through SQLite."""
    with closing(sqlite3.connect(target, isolation_level=None)) as written:
        written.execute("PRAGMA synchronous = off")  # nothing of it counts before it's complete and synced
        live.backup(written, pages=PAGES_PER_STEP, progress=go_on, sleep=0)
        written.execute("PRAGMA journal_mode = delete")


def require_whole(path: Path) -> Seen:
    """Look through a whole file, and return how many tables that were. Raises `sqlite3.Error` where it is damaged."""
    with inspection.open_to_read(path) as connection:
        fault = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != inspection.NO_FAULT:
            raise _damaged(fault)
        tables = len(inspection.list_tables(connection))
    return Seen(tables, tables)


def _copy_looking_after(source: Path, target: Path, is_stopping: Callable[[], bool], _now: datetime) -> Seen:
    copy(source, target, is_stopping)
    return require_whole(target)


def _copy_looking_beside(source: Path, target: Path, is_stopping: Callable[[], bool], now: datetime) -> Seen:
    """Copy, and look through the source meanwhile as far as that gets. Only tables that are due are waited for."""
    with inspection.open_to_read(source) as connection:  # closed after the look, so that it's never the last to close
        before = looked.load(source, now)
        tables = before.in_turn(inspection.list_tables(connection))
        due = before.due(tables, now)
        with Look(source, tables, NICENESS) as look:
            copy(source, target, is_stopping)
            while not look.is_over and not look.faults and due.difference(look.whole):
                if is_stopping():
                    raise BrokenOff
                look.wait(SECONDS_PER_WAIT)
        if look.faults:
            raise _damaged(look.faults[0])
    looked.save(source, before.with_tables(look.whole, now))
    return Seen(len(look.whole), len(tables))


def _damaged(fault: str) -> sqlite3.DatabaseError:
    return sqlite3.DatabaseError(f"the database is damaged ({fault.splitlines()[-1]})")


def sync(path: Path) -> None:
    """Let a file reach the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Let the names in a file's folder reach the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def list_side_files(path: Path) -> list[Path]:
    """Return the files that may stand beside a database, there or not."""
    return [Path(f"{path}{ending}") for ending in SIDE_FILE_ENDINGS]


def reason_of(error: Exception) -> str:
    """Return the words of the system or of SQLite, without numbers and paths."""
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)


def name(unfinished: Path, target: Path) -> None:
    """Give a finished copy its name. Raises `FileExistsError` where something else has it by now."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise
    except OSError:  # some file systems, as on a memory stick, know no second name
        if target.exists():
            raise FileExistsError from None
        unfinished.rename(target)


def make_anew(path: Path) -> None:
    """Make an empty file that only its owner can read.

    What a killed process left beside it must not be applied to what is written now.
    """
    for file in (path, *list_side_files(path)):
        file.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
