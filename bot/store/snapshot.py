"""One snapshot of a database in use, copied as bytes: as fast as copying a file, and safe because a reader is there.

SQLite's documentation (wal.html, "Checkpointing" and "Concurrency"; walformat.html, "WAL Locks") says why. While a read
transaction is open on a database with a write-ahead log,

- nothing reaches the database file but pages that the log holds up to the reader's end mark: a checkpoint stops there;
- the log isn't begun anew, unless all of it had reached the database file before the reader came. Then the reader needs
  nothing of it, and no checkpoint writes to the database file at all until the reader is gone.

So in a copy of the database file, made first, every page is either what it was before the reader came or stands in the
log as well. And in a copy of the log, made next, each generation is whole from its beginning: its checksums cut off a
commit that was half written. Opening the two together, SQLite applies the log up to its last commit, as after a loss of
power. What could go wrong is a log that begins anew while it's copied; `file_copier` compares its header, whose salt
changes with each generation. `wiping` writes to the file by itself, but only to bytes that hold nothing, and only while
the log is empty, so they hold nothing in this snapshot either.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from bot.store import file_copier

SECONDS_PER_LOOK = 0.1
LOG_MODE = "wal"


def is_possible(live: sqlite3.Connection) -> bool:
    """Return True where a database's bytes can be copied so: it has a log, and the system lets files be read in use."""
    return os.name == "posix" and live.execute("PRAGMA journal_mode").fetchone()[0] == LOG_MODE


def copy(source: Path, target: Path, go_on: Callable[[], None]) -> None:
    """Copy `source` over `target`; the caller has a read transaction open on it, and keeps it.

    Calls `go_on` all the while, which may raise. Raises `OSError` or `sqlite3.Error`.
    """
    command = [sys.executable, "-I", "-S", file_copier.__file__, str(source.absolute()), str(target.absolute())]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own file
        try:
            reason = _wait(child, go_on)
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise OSError(child.returncode, reason.strip() or "the copying was ended")
    with closing(sqlite3.connect(target, isolation_level=None)) as written:
        written.execute("PRAGMA synchronous = off")  # nothing of it counts before it's complete and synced
        written.execute("PRAGMA journal_mode = delete")  # applies the log


def _wait(child: subprocess.Popen[str], go_on: Callable[[], None]) -> str:
    while True:
        go_on()
        with suppress(subprocess.TimeoutExpired):
            reason = child.communicate(timeout=SECONDS_PER_LOOK)[1]
            go_on()
            return reason
