"""Cells and columns that are unlike most: clocks that no day has, odd dates, columns that a member has named."""

import json
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.clocks import read_time
from bot.domain.timesheet.dates import read_date
from bot.domain.timesheet.delimited import find_titles_among
from bot.domain.timesheet.plan import make_plan
from bot.domain.timesheet.read import read_text
from bot.domain.timesheet.sessions import Session, read_sessions
from bot.errors import Refused


def read(text: str, **columns: str) -> list[tuple[str, int, str]]:
    rows = read_sessions(make_plan(read_text(text), Answers(columns=columns), UTC, date(2026, 1, 5)))()
    return [(row.day.isoformat(), row.minutes, row.project) for row in rows if isinstance(row, Session)]


@pytest.mark.parametrize("text", ["13:00 pm", "0 am", "9:75", "24:01", "09:00+24:00", "09:00+01:60", "0900-9900"])
def test_a_time_that_no_clock_shows_is_not_read(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"), [("09:00+05:30", 330), ("0900-0330", -210), ("9 am +14", 840), ("09:00:00 utc", 0)]
)
def test_an_offset_is_read(text: str, minutes: int) -> None:
    time = read_time(text)
    assert time is not None
    assert (time.ms, time.offset) == (9 * 3_600_000, timedelta(minutes=minutes))


@pytest.mark.parametrize("text", ["mar 4 mars 2025", "mar. 4 mars 2025", "Mar 4, 2025"])
def test_mar_is_a_weekday_where_a_month_follows_it(text: str) -> None:
    assert read_date(text, None) == date(2025, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "start,end,hours\n2025-03-04,2025-03-04,1\n",
        "date,start,hours\n2025-03-04,morning,1\n",
    ],
    ids=["end_is_a_date", "start_is_a_word"],
)
def test_a_length_counts_where_start_and_end_tell_none(text: str) -> None:
    assert read(text) == [("2025-03-04", 60, "")]


def test_columns_that_were_named_stand_beside_those_that_were_found() -> None:
    text = "date,hours,where,who\n2025-03-04,1,Maths,ada\n"
    assert read(text, project="where", member="who") == [("2025-03-04", 60, "Maths")]


def test_a_start_that_was_named_has_the_day() -> None:
    text = "2025-03-04 09:00,2025-03-04 10:30\n2025-03-05 09:00,2025-03-05 10:00\n"
    assert read(text, start="1", end="2") == [("2025-03-04", 90, ""), ("2025-03-05", 60, "")]


def test_the_row_with_most_known_titles_has_the_titles() -> None:
    rows = [["My export", ""], ["Date", "Hours", "Project"], ["2025-03-04", "1", "Date"], ["Date", "Hours"]]
    assert find_titles_among(enumerate(rows, 1)) == 1
    assert find_titles_among([(1, ["Ada", "Grace"]), (2, ["2025-03-04", "1"])]) is None


@pytest.mark.parametrize("rest", [("x" * 100 + "\n") * 2000, "x" * 140_000], ids=["lines", "line"])
def test_a_quote_that_swallows_all_below_is_told_with_its_line(rest: str) -> None:
    with pytest.raises(Refused, match="In line 3 a quote opens"):
        read(f'date,hours,note\n2025-03-04,1,x\n2025-03-05,1,"{rest}')


def test_objects_deep_in_json_are_no_columns() -> None:
    deep = {"a": {"b": {"c": {"project": "no"}}}}
    assert read(json.dumps([{"date": "2025-03-04", "minutes": 7, **deep}])) == [("2025-03-04", 7, "")]


NOTION = """Name,Date
SVD,"March 4, 2025 9:00 AM (GMT+1) \u2192 11:00 AM"
PCA,"March 4, 2025 11:30 PM (GMT+1) \u2192 March 5, 2025 12:30 AM (GMT+1)"
sets,"March 6, 2025 9:00 AM (UTC) -> 9:45 AM"
"""


@pytest.mark.parametrize(
    ("zone", "entries"),
    [
        ("Europe/Berlin", [("2025-03-04", 120), ("2025-03-04", 30), ("2025-03-05", 30), ("2025-03-06", 45)]),
        ("America/New_York", [("2025-03-04", 120), ("2025-03-04", 60), ("2025-03-06", 45)]),
    ],
)
def test_a_cell_with_a_start_and_an_end_is_parted(zone: str, entries: list[tuple[str, int]]) -> None:
    rows = read_sessions(make_plan(read_text(NOTION), Answers(), ZoneInfo(zone), date(2026, 1, 5)))()
    parts = [part for row in rows if isinstance(row, Session) for part in row.parts()]
    assert [(day.isoformat(), minutes) for day, minutes in parts] == entries


@pytest.mark.parametrize(
    "text",
    [
        'date,hours\n"March 4, 2025 \u2192 March 5, 2025",1\n2025-03-06,1\n2025-03-07,1\n',
        "date,hours,note\n2025-03-06,1,a \u2192 b \u2192 c\n2025-03-07,1,a -> b\n",
    ],
)
def test_other_arrows_part_nothing(text: str) -> None:
    assert read(text) == [("2025-03-06", 60, ""), ("2025-03-07", 60, "")]


def test_a_range_may_stand_in_a_row_that_is_short() -> None:
    text = "note,when,minutes\nx,2025-03-04 9:00 -> 9:30,\ny\n"
    assert read(text) == [("2025-03-04", 30, "")]
