"""An erase whose process dies at any step is worked off by the next one, and others' rows are as they were."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.test_erasing import fill, holds_secret

POINTS = [
    f"{name}:{nth}" for name, most in (("erasing", 10), ("erased", 10), ("wiping", 2)) for nth in range(1, most + 1)
]
QUICK = {"erasing:3", "wiping:1"}
KILLED = -9
OTHERS = "SELECT * FROM checkins WHERE person_id <> 3 ORDER BY id"


def run(database: Path, failpoint: str = "") -> int:
    """Run the process, with the code's own folder as its first place to import from; return its exit status."""
    root = Path(__file__).parents[2]
    environ = {**os.environ, "PYTHONPATH": str(root), "TENHOURS_FAILPOINT": failpoint}
    program = [sys.executable, "-m", "tests.crash.erasing", str(database)]
    return subprocess.run(program, check=False, cwd=root, env=environ).returncode


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as raw:
        return raw.execute(sql).fetchall()


@pytest.mark.parametrize(
    "point", [pytest.param(point, marks=() if point in QUICK else pytest.mark.slow) for point in [*POINTS, "wiped:1"]]
)
def test_killed_at_any_step_it_is_finished_by_the_next_start(database: Path, point: str) -> None:
    fill(database)
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("INSERT INTO identities VALUES ('console', '', 'three', 3)")
    before = rows(database, OTHERS)
    assert run(database, point) == KILLED
    assert run(database) == 0
    assert not holds_secret(database)
    assert rows(database, OTHERS) == before
    assert rows(database, "SELECT count(*) FROM people") == [(5,)]
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []
