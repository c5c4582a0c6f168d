"""When somebody is reminded who asked for it once, and whom the rules let through."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.reminder import (
    ASKED_AFTER,
    ASKED_AT,
    QUIET_FROM,
    QUIET_UNTIL,
    ReminderKind,
    asked_reminder_at,
    kind_of_key,
    may_be_reminded,
)
from bot.domain.week import Week, first_instant
from bot.domain.zones import zone_names

WEEK = Week(date(2026, 1, 5))
BERLIN = ZoneInfo("Europe/Berlin")
SEEN = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-01-09T15:00", "2026-01-11T19:00"),
        ("2026-01-11T15:00", "2026-01-11T19:00"),
        ("2026-01-11T18:59", "2026-01-11T19:00"),
        ("2026-01-11T19:00", "2026-01-11T21:00"),
        ("2026-01-11T19:59", "2026-01-11T21:59"),
        ("2026-01-11T20:00", "2026-01-12T08:00"),
        ("2026-01-11T23:30", "2026-01-12T08:00"),
    ],
)
def test_it_comes_on_sunday_evening_or_in_two_hours_and_never_at_night(now: str, at: str) -> None:
    here = datetime.fromisoformat(now).replace(tzinfo=BERLIN)
    assert asked_reminder_at(WEEK, BERLIN, here) == datetime.fromisoformat(at).replace(tzinfo=BERLIN)


@given(st.sampled_from(zone_names()), st.dates(date(2000, 1, 1), date(2035, 1, 1)).map(Week.of), st.integers(0, 10_079))
@example("Europe/Berlin", Week(date(2026, 1, 5)), 10_079)
@example("America/Santiago", Week(date(2022, 9, 5)), 10_000)
def test_in_every_zone_it_comes_by_day_and_soon(zone_name: str, week: Week, minutes: int) -> None:
    zone = ZoneInfo(zone_name)
    now = first_instant(week.monday, zone) + timedelta(minutes=minutes)
    at = asked_reminder_at(week, zone, now)
    local = at.astimezone(zone)
    assert QUIET_UNTIL <= local.time() < QUIET_FROM
    assert at > now
    if local.date() == week.sunday:
        assert local.time() == ASKED_AT or at - now == ASKED_AFTER
    else:
        assert local.time() == time(8)
        assert local.date() - week.sunday == timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "weeks", "may"),
    [
        (ReminderKind.NUDGE, 3, True),
        (ReminderKind.NUDGE, 4, False),
        (ReminderKind.FRESH_START, 4, True),
        (ReminderKind.FRESH_START, 5, False),
    ],
)
def test_who_rests_is_not_reminded_but_of_a_fresh_start_in_the_first_week(
    kind: ReminderKind, weeks: int, *, may: bool
) -> None:
    assert may_be_reminded(kind, SEEN, SEEN + timedelta(weeks=weeks)) is may


def test_a_key_tells_its_kind() -> None:
    assert kind_of_key("lastcall/7/31/2026-11-22") is ReminderKind.LAST_CALL
    assert kind_of_key("line/7/31") is None
