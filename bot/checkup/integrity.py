"""A look at the database's pages in a process of its own, which is ended when its time is up.

SQLite cannot be stopped within a large table, and one look at a large file takes minutes. A process can be ended
anywhere, and what it has told until then counts.
"""

import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.store import inspection

MODULE = "bot.checkup.integrity"
WHOLE = "ok"


@dataclass(frozen=True, slots=True)
class Integrity:
    """Faults that were found, and how many of all tables were looked at."""

    faults: list[str]
    looked_at: int
    tables: int


def look(path: Path, seconds: float) -> Integrity:
    """Look at table after table for so many seconds. Raises `sqlite3.Error` where the file cannot be read."""
    with inspection.open_to_read(path) as connection:
        tables = len(inspection.list_tables(connection))
    command = [sys.executable, "-m", MODULE, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:  # noqa: S603 - this very module
        try:
            told, _ = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            told, _ = child.communicate()
    lines = told.splitlines()
    return Integrity([line for line in lines if line != WHOLE], lines.count(WHOLE), tables)


def _tell(path: Path) -> None:
    """Write a line for each table, `WHOLE` or the first fault in it; one that reading it raises ends the look."""
    with inspection.open_to_read(path) as connection:
        try:
            for table in inspection.list_tables(connection):
                _write(inspection.find_fault(connection, table) or WHOLE)
        except sqlite3.Error as error:
            _write(str(error))


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _tell(Path(sys.argv[1]))
