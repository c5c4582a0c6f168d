"""The weeks of a board's calendar period, which is never a rolling window."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leaderboard import LeaderboardPeriod, Span, span_of
from bot.domain.week import Week

DAYS = st.dates(date(1971, 1, 1), date(2999, 12, 31))


def weeks(period: LeaderboardPeriod, today: str) -> tuple[str, str]:
    span = span_of(period, date.fromisoformat(today))
    return span.first.monday.isoformat(), span.last.monday.isoformat()


@pytest.mark.parametrize(
    ("period", "today", "first", "last"),
    [
        (LeaderboardPeriod.WEEK, "2026-01-05", "2026-01-05", "2026-01-05"),
        (LeaderboardPeriod.WEEK, "2026-01-11", "2026-01-05", "2026-01-05"),
        (LeaderboardPeriod.LAST_WEEK, "2026-01-11", "2025-12-29", "2025-12-29"),
        (LeaderboardPeriod.MONTH, "2026-03-18", "2026-03-02", "2026-03-16"),
        (LeaderboardPeriod.MONTH, "2026-06-01", "2026-06-01", "2026-06-01"),
        (LeaderboardPeriod.YEAR, "2026-03-18", "2026-01-05", "2026-03-16"),
        (LeaderboardPeriod.YEAR, "2024-01-01", "2024-01-01", "2024-01-01"),
        (LeaderboardPeriod.LAST_MONTH, "2026-03-01", "2026-02-02", "2026-02-23"),
        (LeaderboardPeriod.LAST_MONTH, "2026-06-15", "2026-05-04", "2026-05-25"),
        (LeaderboardPeriod.LAST_MONTH, "2026-01-31", "2025-12-01", "2025-12-29"),
        (LeaderboardPeriod.LAST_YEAR, "2026-01-01", "2025-01-06", "2025-12-29"),
        (LeaderboardPeriod.LAST_YEAR, "2025-12-31", "2024-01-01", "2024-12-30"),
        (LeaderboardPeriod.ALL, "2026-03-18", "1970-01-05", "2026-03-16"),
    ],
)
def test_a_period_holds_the_weeks_that_began_in_it(
    period: LeaderboardPeriod, today: str, first: str, last: str
) -> None:
    assert weeks(period, today) == (first, last)


@pytest.mark.parametrize(
    ("period", "today"), [(LeaderboardPeriod.MONTH, "2026-03-01"), (LeaderboardPeriod.YEAR, "2026-01-04")]
)
def test_before_its_first_monday_a_month_or_year_holds_no_week(period: LeaderboardPeriod, today: str) -> None:
    first, last = weeks(period, today)
    assert first > last


def test_two_periods_are_a_single_week() -> None:
    assert [period for period in LeaderboardPeriod if period.is_one_week] == ["this week", "last week"]


@given(DAYS)
def test_a_month_and_a_year_hold_every_monday_of_theirs_up_to_today(today: date) -> None:
    mondays = [today - timedelta(days=n) for n in range(366) if (today - timedelta(days=n)).weekday() == 0]
    of_year = [Week(day) for day in mondays if day.year == today.year]
    of_month = [week for week in of_year if week.monday.month == today.month]
    assert _held(span_of(LeaderboardPeriod.YEAR, today)) == of_year[::-1]
    assert _held(span_of(LeaderboardPeriod.MONTH, today)) == of_month[::-1]


@given(DAYS)
def test_the_last_month_and_year_hold_every_monday_that_the_day_before_this_one_saw(today: date) -> None:
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    of_month = span_of(LeaderboardPeriod.MONTH, month - timedelta(days=1))
    of_year = span_of(LeaderboardPeriod.YEAR, year - timedelta(days=1))
    assert span_of(LeaderboardPeriod.LAST_MONTH, today) == of_month
    assert span_of(LeaderboardPeriod.LAST_YEAR, today) == of_year


def _held(span: Span) -> list[Week]:
    return list(span.first.until(span.last))


@given(DAYS, st.sampled_from(LeaderboardPeriod))
def test_no_period_reaches_into_the_future(today: date, period: LeaderboardPeriod) -> None:
    assert span_of(period, today).last.monday <= today
