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
    assert [period for period in LeaderboardPeriod if period.is_one_week] == ["week", "last week"]


@given(DAYS)
def test_a_month_and_a_year_hold_every_monday_of_theirs_up_to_today(today: date) -> None:
    mondays = [today - timedelta(days=n) for n in range(366) if (today - timedelta(days=n)).weekday() == 0]
    of_year = [Week(day) for day in mondays if day.year == today.year]
    of_month = [week for week in of_year if week.monday.month == today.month]
    assert _held(span_of(LeaderboardPeriod.YEAR, today)) == of_year[::-1]
    assert _held(span_of(LeaderboardPeriod.MONTH, today)) == of_month[::-1]


def _held(span: Span) -> list[Week]:
    return list(span.first.until(span.last))


@given(DAYS, st.sampled_from(LeaderboardPeriod))
def test_no_period_reaches_into_the_future(today: date, period: LeaderboardPeriod) -> None:
    assert span_of(period, today).last.monday <= today
