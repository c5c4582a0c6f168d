"""A long history: bringing in 100,000 rows beside the bare csv and sqlite3 modules, and the export of five years.

The program itself brings in 200,000 rows, and once more: by then it knows each of them.
"""

import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

import msgspec

from bot.chat.request import User
from bot.commands.shared.import_plan import Chosen, FileOwner, plan_import
from bot.domain.person import Person, ZoneSource
from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.known import KnownSessions
from bot.store import export, imports, migrate, people, sqlite
from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx
from bot.tracker_files.deadline import Deadline
from bot.tracker_files.opening import open_path
from tests.bench.lines import line, told

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
ROWS = 100_000
MANY_ROWS = 200_000
LOOK_SECONDS = 0.02
ROUNDS = 3
MAX_SECONDS = 120
ROWS_PER_BATCH = 2000
FIVE_YEARS = 5 * 365
SUBJECTS = ("limits", "integrals", "the chain rule", "eigenvalues", "gradient descent", "containers")


class Ran(NamedTuple):
    """How long a program ran, and the most memory that it held."""

    seconds: float
    megabytes: float


def run() -> Iterator[str]:
    """All lines of this part."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = folder / "empty.db"
        migrate.migrate(empty)
        yield _import(folder, empty)
        yield from _import_again(folder)
        yield _export(folder, empty)


def _import(folder: Path, empty: Path) -> str:
    file = folder / "export.csv"
    _write(file, ROWS)
    bare, ours = zip(*((_bare(file, empty), _ours(file, empty)) for _ in range(ROUNDS)), strict=True)
    words = f"import of {ROWS:,} rows, beside reading and inserting them with bare csv and sqlite3"
    return line(words, median(bare) / median(ours), 0.12, more=True)


def _import_again(folder: Path) -> Iterator[str]:
    file = folder / "long.csv"
    _write(file, MANY_ROWS)
    first, *others = (_run_program(folder, file) for _ in range(3))
    again = min(others)
    words = f"import of {MANY_ROWS:,} rows by the program"
    yield told(f"{words}, seconds", first.seconds)
    yield line(f"{words} a second time, in the time of the first", again.seconds / first.seconds, 0.5)
    yield line(f"{words}, megabytes at most", max(first.megabytes, again.megabytes), 150)


def _run_program(folder: Path, file: Path) -> "Ran":
    url = f"sqlite:///{folder / 'program.db'}"
    command = [sys.executable, "-m", "bot", "import", str(file), "--as", "ada"]
    megabytes, started = 0.0, time.perf_counter()
    with subprocess.Popen(command, env={**os.environ, "TENHOURS_DATABASE__URL": url}, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            megabytes = max(megabytes, _peak(run.pid))
            time.sleep(LOOK_SECONDS)
    assert run.returncode == 0
    return Ran(time.perf_counter() - started, megabytes)


def _peak(process: int) -> float:
    """Return the megabytes that a process has held at most, 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    match = re.search(r"VmHWM:\s+([0-9]+)", status)
    return int(match[1]) / 1024 if match else 0.0


def _export(folder: Path, empty: Path) -> str:
    file = folder / "years.csv"
    _write(file, FIVE_YEARS)
    path = Path(shutil.copy(empty, folder / "years.db"))
    with closing(sqlite.connect(path, read_only=False)) as connection:
        person = _bring(SqliteTx(connection), file)
        started = time.perf_counter()
        msgspec.json.encode(export.export(SqliteTx(connection), person, NOW))
        return line("export of five years of a person, seconds", time.perf_counter() - started, 1)


def _write(file: Path, rows: int) -> None:
    """Six sessions a day, as Toggl exports them, from the newest day back; fewer rows are one a day."""
    a_day = 6 if rows > FIVE_YEARS else 1
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("Project", "Description", "Start date", "Start time", "Duration"))
        for at in range(rows):
            day = date(2026, 1, 6) - timedelta(days=at // a_day % 9000)
            start, minutes = f"{at % a_day * 3 + at // 54_000:02}:00:00", f"00:{at % 50 + 5:02}:00"
            writer.writerow(("Study", SUBJECTS[at % len(SUBJECTS)], day, start, minutes))


def _ours(file: Path, empty: Path) -> float:
    path = Path(shutil.copy(empty, file.with_suffix(".ours.db")))
    started = time.perf_counter()
    with closing(sqlite.connect(path, read_only=False)) as connection:
        tx = SqliteTx(connection)
        connection.execute("BEGIN IMMEDIATE")
        _bring(tx, file)
        connection.execute("COMMIT")
    return time.perf_counter() - started


def _bring(tx: Tx, file: Path) -> Person:
    person = people.add(tx, User("console", "", "ada", "Ada"), "Ada", "UTC", ZoneSource.OWN, NOW)
    table = open_path(file, NOW.date(), Deadline(MAX_SECONDS))
    planned = plan_import(table, Answers(), Chosen(), FileOwner(NOW.date(), UTC, ()))
    assert not planned.plan.questions
    importer = planned.importer(KnownSessions(), {}, None)
    sessions, run = importer.go_through(), imports.begin_run(tx, person.id, file.name, "table", 0, NOW)
    while batch := list(islice(sessions, ROWS_PER_BATCH)):
        imports.add(tx, person.id, run, batch, NOW)
    assert importer.outcome.sessions > 0
    assert not importer.outcome.left_out
    return person


def _bare(file: Path, empty: Path) -> float:
    path = Path(shutil.copy(empty, file.with_suffix(".bare.db")))
    started = time.perf_counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw, file.open(encoding="utf-8", newline="") as text:
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("INSERT INTO people (id, name, zone, created_at) VALUES (1, 'Ada', 'UTC', 0)")
        raw.execute("BEGIN IMMEDIATE")
        reader = csv.reader(text)
        next(reader)
        raw.executemany(
            """INSERT INTO checkins (person_id, number, day, minutes, learned, source, created_at)
               VALUES (1, ?, ?, ?, ?, 'import', 0)""",
            ((at, row[2], int(row[4][3:5]), row[1]) for at, row in enumerate(reader, 1)),
        )
        raw.execute("COMMIT")
    return time.perf_counter() - started
