"""Spreadsheets: dates, times and numbers as cells of their own kinds, other sheets said, and zips that are none."""

import zipfile
from datetime import UTC, date
from io import BytesIO

import pytest

from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.plan import Plan, make_plan
from bot.domain.timesheet.sessions import Session, read_sessions
from bot.errors import Refused
from bot.tracker_files import spreadsheet
from bot.tracker_files.deadline import Deadline
from bot.tracker_files.opening import open_content
from tests.tracker_files.workbooks import CLOCK, DATE, SPAN, Cell, workbook

TODAY = date(2026, 12, 2)


def plan(content: bytes) -> Plan:
    return make_plan(open_content(content, TODAY, Deadline(9)), Answers(), UTC, TODAY)


def read(content: bytes) -> list[tuple[str, int, str]]:
    rows = read_sessions(plan(content))()
    return [
        (day.isoformat(), minutes, row.project)
        for row in rows
        if isinstance(row, Session)
        for day, minutes in row.parts()
    ]


def test_cells_of_every_kind_are_read() -> None:
    rows: list[list[Cell]] = [
        ["My study log"],
        ["Date", "Start", "End", "Project"],
        [(46327, DATE), (0.375, CLOCK), (0.4375, CLOCK), "Maths"],
        [(46328, DATE), (0.9375, CLOCK), (0.0625, CLOCK), "Stats"],
    ]
    assert read(workbook(Log=rows)) == [
        ("2026-11-01", 90, "Maths"),
        ("2026-11-02", 90, "Stats"),
        ("2026-11-03", 90, "Stats"),
    ]
    lengths: list[list[Cell]] = [["Date", "Duration"], [(46327, DATE), (0.0625, SPAN)], [(46328, DATE), (0.5, SPAN)]]
    assert read(workbook(Log=lengths)) == [("2026-11-01", 90, ""), ("2026-11-02", 720, "")]


def test_numbers_keep_their_unit_and_whole_ones_their_look() -> None:
    rows: list[list[Cell]] = [["Date", "Minutes"], [(46327, DATE), 45.0], [(46328, DATE), 90.5]]
    assert read(workbook(Log=rows)) == [("2026-11-01", 45, ""), ("2026-11-02", 91, "")]


def test_the_first_sheet_that_is_a_table_is_read_and_the_others_are_said() -> None:
    rows: list[list[Cell]] = [["Date", "Minutes"], [(46327, DATE), 45]]
    content = workbook(Notes=[["hello", "there"]], Log=rows, Old=rows)
    assert plan(content).table.notes == ("Read was the sheet “Log”; not read: “Notes”, “Old”.",)
    with pytest.raises(Refused, match="No sheet there has titles with a day and a duration; there are “Notes”"):
        plan(workbook(Notes=[["hello", "there"]]))


def test_a_zip_that_is_no_spreadsheet_is_said_to_be_one() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("log.csv", "date,minutes")
    with pytest.raises(Refused, match="a zip, not a table"):
        plan(content.getvalue())
    for broken in (b"PK\x03\x04" + b"x" * 100, workbook(Log=[["Date", "Minutes"]])[:-60]):
        with pytest.raises(Refused, match="cannot be read as one"):
            plan(broken)


def test_what_unpacks_to_too_much_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(Refused, match="too large"):
        plan(workbook(Log=[["Date", "Minutes"]]))
