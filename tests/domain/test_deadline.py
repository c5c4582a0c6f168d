"""Deadlines as their person reads them: the end of a day, or an hour within it, in every zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadline import Deadline
from bot.domain.week import Week
from bot.domain.zones import zone_names

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "zone", "last_day", "is_end_of_day"),
    [
        (datetime(2026, 1, 13, 23, tzinfo=UTC), "Europe/Berlin", date(2026, 1, 13), True),
        (datetime(2026, 1, 14, 5, tzinfo=UTC), "Europe/Berlin", date(2026, 1, 14), False),
        (datetime(2026, 1, 13, 18, 15, tzinfo=UTC), "Asia/Kathmandu", date(2026, 1, 13), True),
        # midnight is skipped in Havana, and a whole Friday was in Apia
        (datetime(2026, 3, 8, 5, tzinfo=UTC), "America/Havana", date(2026, 3, 7), True),
        (datetime(2011, 12, 30, 10, tzinfo=UTC), "Pacific/Apia", date(2011, 12, 29), True),
    ],
)
def test_the_last_day_and_whether_all_of_it_is_left(
    at: datetime, zone: str, last_day: date, *, is_end_of_day: bool
) -> None:
    deadline = Deadline(at, ZoneInfo(zone))
    assert (deadline.last_day, deadline.is_end_of_day) == (last_day, is_end_of_day)


def test_days_left_are_counted_where_it_is_read() -> None:
    deadline = Deadline(datetime(2026, 1, 13, 23, tzinfo=UTC), BERLIN)
    assert deadline.days_left(datetime(2026, 1, 12, 22, 59, tzinfo=UTC)) == 1
    assert deadline.days_left(datetime(2026, 1, 12, 23, tzinfo=UTC)) == 0
    assert deadline.days_left(deadline.at - timedelta(microseconds=1)) == 0


@given(st.sampled_from(zone_names()), st.dates(date(1975, 1, 1), date(2035, 1, 1)).map(Week.of))
def test_a_week_that_closes_in_the_zone_where_it_is_read_has_all_of_its_tuesday(zone: str, week: Week) -> None:
    deadline = Deadline(week.closes_at(ZoneInfo(zone)), ZoneInfo(zone))
    assert deadline.is_end_of_day
    assert deadline.last_day < week.plus(1).monday + timedelta(days=2)
