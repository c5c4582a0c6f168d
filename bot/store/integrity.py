"""A look at the database's pages in a process of its own, which is ended when its time is up.

SQLite cannot be stopped within a large table, and one look at a large file takes minutes. A process can be ended
anywhere, and what it has told until then counts.
"""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.store import inspection, sqlite

MODULE = "bot.store.integrity"
WHOLE = "ok"
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@dataclass(frozen=True, slots=True)
class Integrity:
    """Faults that were found, and how many of all tables were looked at."""

    faults: list[str]
    looked_at: int
    tables: int


class Look:
    """A look at some tables, one after another, for as long as its block lasts.

    A `niceness` above 0 lets whatever else wants the processor go first. Raises `OSError` where no process can be
    started.
    """

    def __init__(self, path: Path, tables: Sequence[str], niceness: int = 0) -> None:
        self._tables = tables
        self._lines: list[str] = []
        command = [sys.executable, "-m", MODULE, str(niceness), str(path), *tables]
        self._child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # noqa: S603 - this very module
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def is_over(self) -> bool:
        """Return True if nothing more will be told."""
        return not self._reader.is_alive()

    @property
    def whole(self) -> list[str]:
        """Return the tables that have been looked at from beginning to end, and are whole."""
        return [table for table, line in zip(self._tables, list(self._lines), strict=False) if line == WHOLE]

    @property
    def faults(self) -> list[str]:
        """Return what was found wrong."""
        return [line for line in list(self._lines) if line != WHOLE]

    def wait(self, seconds: float) -> None:
        """Wait until everything is told, for so many seconds at the most."""
        self._reader.join(seconds)

    def end(self) -> None:
        """End the look where it is."""
        self._child.kill()
        self._child.wait()
        self._reader.join()

    def _read(self) -> None:
        assert self._child.stdout is not None
        with self._child.stdout as told:
            self._lines.extend(line.rstrip("\n") for line in told)


def look(path: Path, seconds: float) -> Integrity:
    """Look at table after table for so many seconds. Raises `sqlite3.Error` where the file cannot be read."""
    with inspection.open_to_read(path) as connection:
        tables = inspection.list_tables(connection)
    with Look(path, tables) as looking:
        looking.wait(seconds)
    return Integrity(looking.faults, len(looking.whole), len(tables))


def _tell(path: Path, tables: Sequence[str]) -> None:
    """Write a line for each table, `WHOLE` or the first fault in it.

    One that reading a table raises ends the look. A database that is busy is not damaged: nothing is told of it.
    """
    with inspection.open_to_read(path) as connection:
        try:
            for table in tables:
                _write(inspection.find_fault(connection, table) or WHOLE)
        except sqlite3.Error as error:
            if error.sqlite_errorcode & sqlite.PRIMARY_CODE_MASK not in BUSY:
                _write(str(error))


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(int(sys.argv[1]))
    _tell(Path(sys.argv[2]), sys.argv[3:])
