"""Copies of the database that are whole, also while it is in use.

A copy is read from one snapshot, piece by piece, so that writers go on meanwhile and it can be broken off. It gets its
name only when it is complete, on the disk, and has been looked through.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from bot.errors import NotSaved

SIDE_FILE_ENDINGS = ("-wal", "-shm", "-journal")
"""Endings of the files that SQLite keeps beside a database."""
PAGES_PER_STEP = 512
"""Pages of 4 KiB that are copied between two looks at whether to go on."""


class BrokenOff(Exception):
    """The program is about to stop; there is no copy."""


def backup(source: Path, target: Path, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Copy `source` to the new file `target`, readable by its owner alone.

    Raises `NotSaved` where that cannot be, and `BrokenOff` once `is_stopping`; then nothing is left behind.
    """
    if not source.exists():
        raise NotSaved(f"There's no database {source} to copy.")
    if target.exists():
        raise NotSaved(f"{target} already exists. Name a new file.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        copy(source, unfinished, is_stopping)
        _name(unfinished, target)
        sync_folder(target)
    except FileExistsError:
        raise NotSaved(f"{target} already exists. Name a new file.") from None
    except (OSError, sqlite3.Error) as error:
        raise NotSaved(f"{source} can't be copied to {target}: {reason_of(error)}.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def copy(source: Path, target: Path, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Copy one snapshot of `source` over `target`. Raises `OSError`, `sqlite3.Error` or `BrokenOff`."""
    _make_anew(target)
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)) as live,
        closing(sqlite3.connect(target, isolation_level=None)) as written,
    ):
        live.execute("PRAGMA query_only = 1")
        live.execute("BEGIN")  # without a snapshot of its own, the copy would begin anew with each commit of others
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()

        def look_up(_status: int, _remaining: int, _total: int) -> None:
            if is_stopping():
                raise BrokenOff

        live.backup(written, pages=PAGES_PER_STEP, progress=look_up, sleep=0)
        written.execute("PRAGMA journal_mode = delete")
        fault = written.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged ({fault})")
    sync(target)


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


def _name(unfinished: Path, target: Path) -> None:
    """Give a finished copy its name. Raises `FileExistsError` where something else has it by now."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise
    except OSError:  # some file systems, as on a memory stick, know no second name
        if target.exists():
            raise FileExistsError from None
        unfinished.rename(target)


def _make_anew(path: Path) -> None:
    """Make an empty file that only its owner can read.

    What a killed process left beside it must not be applied to what is written now.
    """
    for file in (path, *list_side_files(path)):
        file.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
