"""People: the date where they live, and the origin of their zone."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.person import Person, ZoneSource


def living_in(zone: str, source: ZoneSource = ZoneSource.OWN) -> Person:
    return Person(1, "Ada", zone, source, None, None, 0, None, 0)


@pytest.mark.parametrize(
    ("zone", "today"),
    [("UTC", date(2026, 1, 4)), ("Pacific/Auckland", date(2026, 1, 5)), ("America/Los_Angeles", date(2026, 1, 4))],
)
def test_today_is_the_date_where_they_live(zone: str, today: date) -> None:
    assert living_in(zone).today(datetime(2026, 1, 4, 23, 30, tzinfo=UTC)) == today


def test_their_days_are_counted_where_they_live() -> None:
    assert living_in("Asia/Kolkata").zone.key == "Asia/Kolkata"


@pytest.mark.parametrize(
    ("source", "is_chosen"), [(ZoneSource.GROUP, False), (ZoneSource.PLATFORM, True), (ZoneSource.OWN, True)]
)
def test_a_zone_is_theirs_unless_it_is_only_that_of_their_group(source: ZoneSource, is_chosen: bool) -> None:
    assert living_in("UTC", source).is_zone_chosen is is_chosen
