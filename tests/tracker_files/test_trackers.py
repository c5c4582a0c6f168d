"""A small file of each tracker, in its true shape, comes to its known hours (`tests/data/trackers/expected.json`).

`entries` are day, minutes and project; `left_out` the reasons of rows that are none, and `asks` what is open.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.plan import make_plan
from bot.domain.timesheet.sessions import Session, read_sessions
from bot.tracker_files.deadline import Deadline
from bot.tracker_files.opening import open_content, open_path

FOLDER = Path(__file__).parents[1] / "data" / "trackers"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
TODAY, ZONE = date(2026, 12, 2), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_comes_to_its_known_hours(name: str) -> None:
    path = FOLDER / name
    for table in (open_content(path.read_bytes(), TODAY, Deadline(9)), open_path(path, TODAY, Deadline(9))):
        plan = make_plan(table, Answers(), ZONE, TODAY)
        rows = list(read_sessions(plan)()) if plan.is_readable else []
        sessions = [row for row in rows if isinstance(row, Session)]
        assert {
            "entries": [[day.isoformat(), minutes, row.project] for row in sessions for day, minutes in row.parts()],
            "left_out": [row.reason for row in rows if not isinstance(row, Session)],
            "asks": [question.about.value for question in plan.questions],
        } == EXPECTED[name]


def test_every_file_is_expected() -> None:
    assert sorted(path.name for path in FOLDER.iterdir() if path.name != "expected.json") == sorted(EXPECTED)
