"""Weeks, and the instants at which local days begin where midnight is skipped or comes twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.week import Week, first_instant, to_instant
from bot.domain.zones import zone_names

DAYS = st.dates(date(1970, 2, 1), date(2037, 12, 1))
SECOND = timedelta(seconds=1)


@given(DAYS)
def test_a_day_lies_in_the_week_of_its_last_monday(day: date) -> None:
    week = Week.of(day)
    assert day in list(week.days())
    assert week.monday.weekday() == 0
    assert week.sunday.weekday() == 6
    assert week.sunday - week.monday == timedelta(days=6)


@given(DAYS)
def test_a_week_is_named_by_its_monday_alone(day: date) -> None:
    if day.weekday() == 0:
        assert Week(day) == Week.of(day)
    else:
        with pytest.raises(ValueError, match="is not a Monday"):
            Week(day)


def test_a_stretch_of_weeks_in_numbers() -> None:
    first = Week(date(2026, 1, 5))
    assert list(first.until(first.plus(2))) == [first, first.plus(1), first.plus(2)]
    assert list(first.until(first.plus(-1))) == []
    assert [Week.first_from(day).monday.day for day in (date(2026, 1, 5), date(2026, 1, 6))] == [5, 12]
    with pytest.raises(ValueError, match="2026-01-06 is not a Monday"):
        Week(date(2026, 1, 6))


@given(DAYS, st.integers(-60, 60))
def test_weeks_are_counted_by_seven_days(day: date, weeks: int) -> None:
    week = Week.of(day)
    other = week.plus(weeks)
    assert other == Week.of(day + timedelta(days=7 * weeks))
    assert week.weeks_to(other) == weeks
    assert (week < other) == (weeks > 0)


@given(DAYS, st.integers(0, 60))
def test_until_goes_through_every_week_and_includes_both_ends(day: date, weeks: int) -> None:
    first = Week.of(day)
    last = first.plus(weeks)
    days = [day for week in first.until(last) for day in week.days()]
    assert days == [first.monday + timedelta(days=n) for n in range(7 * (weeks + 1))]
    assert list(last.plus(1).until(first)) == []


@given(DAYS)
def test_the_first_week_from_a_day_begins_on_the_next_monday(day: date) -> None:
    mondays = [later for n in range(7) if (later := day + timedelta(days=n)).weekday() == 0]
    assert [Week.first_from(day).monday] == mondays


@given(DAYS, st.integers(-60, 60))
def test_week_numbers_count_on_from_the_first_monday_of_1970(day: date, weeks: int) -> None:
    assert Week(date(1970, 1, 5)).number == 0
    assert Week.of(day).plus(weeks).number - Week.of(day).number == weeks


@pytest.mark.parametrize(
    ("monday", "text"),
    [
        (date(2024, 7, 8), "8–14 Jul"),
        (date(2024, 5, 27), "27 May – 2 Jun"),
        (date(2024, 12, 30), "30 Dec – 5 Jan"),
        (date(2024, 4, 1), "1–7 Apr"),
    ],
)
def test_a_week_is_said_by_its_first_and_last_day(monday: date, text: str) -> None:
    assert str(Week(monday)) == text


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("UTC", date(2024, 7, 17), "2024-07-17T00:00Z"),
        ("Asia/Kathmandu", date(2024, 7, 17), "2024-07-16T18:15Z"),
        ("America/Havana", date(2024, 3, 10), "2024-03-10T05:00Z"),  # 0:00 is skipped, the day begins at 1:00
        ("Asia/Beirut", date(2024, 3, 31), "2024-03-30T22:00Z"),
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-25T22:00Z"),
        ("America/Santiago", date(2024, 9, 8), "2024-09-08T04:00Z"),
        ("America/Havana", date(2024, 11, 3), "2024-11-03T04:00Z"),  # 0:00 comes twice
        ("America/St_Johns", date(2010, 11, 7), "2010-11-07T02:30Z"),  # back to the day before at 0:01
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00Z"),  # the day does not exist
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00Z"),
    ],
)
def test_a_day_begins_at_its_first_instant(zone: str, day: date, begins: str) -> None:
    assert first_instant(day, ZoneInfo(zone)) == datetime.fromisoformat(begins)


@pytest.mark.parametrize(
    ("zone", "monday", "closes"),
    [
        ("Europe/Berlin", date(2024, 7, 8), "2024-07-16T22:00Z"),
        ("America/New_York", date(2024, 3, 4), "2024-03-13T04:00Z"),
        ("Pacific/Kiritimati", date(2024, 1, 1), "2024-01-09T10:00Z"),
        ("Europe/Moscow", date(1981, 3, 23), "1981-03-31T21:00Z"),  # that Wednesday began at 1:00
        ("Asia/Jerusalem", date(2004, 9, 13), "2004-09-21T21:00Z"),  # that one had 0:00 twice
    ],
)
def test_a_week_closes_when_the_second_wednesday_begins(zone: str, monday: date, closes: str) -> None:
    closes_at = Week(monday).closes_at(ZoneInfo(zone))
    assert closes_at == datetime.fromisoformat(closes)
    assert closes_at.utcoffset() == timedelta(0)
    assert closes_at.astimezone(ZoneInfo(zone)).date() == monday + timedelta(days=9)


@given(st.sampled_from(zone_names()), DAYS, st.times())
def test_no_earlier_instant_shows_a_local_time_that_late(name: str, day: date, at: time) -> None:
    zone = ZoneInfo(name)
    wanted = datetime.combine(day, at.replace(microsecond=0))
    instant = to_instant(wanted, zone)
    reached = instant.astimezone(zone)
    assert instant.tzinfo is UTC
    if reached.replace(tzinfo=None) == wanted:
        assert reached.fold == 0
    else:
        assert (instant - SECOND).astimezone(zone).replace(tzinfo=None) < wanted < reached.replace(tzinfo=None)
