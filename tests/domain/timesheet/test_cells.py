"""Dates and lengths as trackers write them; any other text is none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timesheet.dates import find_order, read_date
from bot.domain.timesheet.lengths import Unit, guess_unit, read_length, read_span
from bot.domain.timesheet.order import DateOrder

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-25", "20251125", "20251125T101500Z",
        "2025/11/25", "2025.11.25", "2025-11-25T10:00:00Z", "2025-11-25 10:00", "25.11.2025",
        "25. 11. 25",
        "25.11.2025 10:00", "25/11/2025", "25-11-25", "25/11/2025, 10:00", "25 Nov 2025", "25-Nov-2025",
        "25 November 2025", "Nov 25, 2025", "November 25 2025", "Nov. 25, 2025 10:00", " 2025-11-25 ",
    ],
)  # fmt: skip
def test_many_ways_to_write_a_day(text: str) -> None:
    assert read_date(text, None) == date(2025, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-13-01",
        "2025-02-30",
        "31/31/2025",
        "25 Foo 2025",
        "Foo 25, 2025",
        "2025-11-251",
        "soon",
        "1" * 99,
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert read_date(text, None) is None


@given(DAYS)
def test_a_day_comes_back_in_either_order(day: date) -> None:
    assert read_date(f"{day:%d/%m/%Y}", DateOrder.DAY_FIRST) == day
    assert read_date(f"{day:%m/%d/%Y}", DateOrder.MONTH_FIRST) == day
    assert read_date(day.isoformat(), DateOrder.MONTH_FIRST) == day


def test_no_date_that_is_open_needs_no_order() -> None:
    assert find_order(["2025-11-25", "25.11.2025", "", "x" * 99]) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:30", 5400), ("01:30:15", 5415), ("1:30:15.250", 5415), ("100:00:00", 360_000), ("1:30 h", 5400),
        ("47:06 min", 2826), ("1h 30m", 5400), ("1 h 30 min", 5400), ("90 min", 5400), ("2 hours", 7200), ("30s", 30),
        ("1h30", 5400), ("an hour", 3600), ("PT1H30M", 5400), ("pt45m", 2700), ("1.5", 5400), ("1,5", 5400),
        (".5", 1800),
    ],
)  # fmt: skip
def test_many_ways_to_write_a_length(text: str, seconds: int) -> None:
    assert read_length(text, Unit.HOURS) == seconds


@pytest.mark.parametrize(
    "text", ["", "  ", "soon", "-1:00", "3 months", "PT", "1e3", "nan", "20 20", "9" * 99, "13 or so"]
)
def test_what_is_no_length(text: str) -> None:
    assert read_length(text, Unit.HOURS) is None


def test_a_bare_number_that_words_leave_open_is_in_its_unit() -> None:
    assert read_length("20", Unit.MINUTES) == 1200
    assert read_length("１５", Unit.HOURS) is None


def test_the_unit_of_a_column_is_told_by_its_largest_number() -> None:
    assert guess_unit(["1", "x", "24"]) is Unit.HOURS
    assert guess_unit(["1", "25"]) is Unit.MINUTES
    assert guess_unit(["1441"]) is Unit.SECONDS
    assert guess_unit([]) is Unit.HOURS


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("09:00", "10:30", 5400),
        ("23:30:00", "00:15:00", 2700),
        ("11:30 PM", "12:15 am", 2700),
        ("12:00 p.m.", "1:00 PM", 3600),
        ("2025-11-25T09:00:00+01:00", "2025-11-25T10:00:00+01:00", 3600),
        ("25.11.2025 09.00", "25.11.2025 10.00", 3600),
        ("09:00:00.123", "09:01:00Z", 60),
    ],
)
def test_a_span_from_one_time_of_day_to_another(start: str, end: str, seconds: int) -> None:
    assert read_span(start, end) == seconds


@pytest.mark.parametrize(
    ("start", "end"), [("", "10:00"), ("09:00", ""), ("25:00", "10:00"), ("09:61", "10:00"), ("x" * 99, "1:00")]
)
def test_what_is_no_span(start: str, end: str) -> None:
    assert read_span(start, end) is None


@given(st.integers(0, 86_399), st.integers(60, 86_399))
def test_a_clock_comes_back_as_it_was_written(at: int, lasts: int) -> None:
    text = str(timedelta(seconds=lasts))
    assert read_length(text, Unit.HOURS) == lasts
    start, end = (f"{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}" for second in (at, at + lasts))
    assert read_span(start, end) == lasts
