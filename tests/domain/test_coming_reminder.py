"""When a reminder comes next, as far as anybody can know: never one that the rules will not let through."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.coming_reminder import Obstacle, find_next, find_obstacle, is_away_on
from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange
from bot.domain.pause import Pause
from bot.domain.person import Person, ZoneSource
from bot.domain.progress import Progress, StudyRecord, progress_of
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.week import Week
from bot.domain.zones import ZoneChange

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEK = Week(date(2026, 1, 5))
NUDGE, LAST_CALL = ReminderKind.NUDGE, ReminderKind.LAST_CALL


def progress(minutes: int = 0, *pauses: Pause, first: Week | None = WEEK) -> Progress:
    person = Person(1, "Ada", "UTC", ZoneSource.OWN, first, MONDAY, minutes, None, 0)
    zones = [ZoneChange("UTC", None, MONDAY - timedelta(days=1))]
    record = StudyRecord(person, [GoalChange(Minutes(600), None)], zones, list(pauses))
    return progress_of(record, {WEEK: (minutes, minutes)}, MONDAY)


def coming(kind: ReminderKind, of: Progress, seen_at: datetime | None = MONDAY) -> str:
    found = find_next(kind, RULES[kind].moment, None, of, seen_at, MONDAY)
    return found.name if isinstance(found, Obstacle) else f"{found:%a %d %b %H:%M}"


@pytest.mark.parametrize(
    ("kind", "minutes", "expected"),
    [
        (NUDGE, 0, "Thu 08 Jan 18:00"),
        (NUDGE, 30, "Thu 15 Jan 18:00"),
        (LAST_CALL, 30, "Sun 11 Jan 15:00"),
        (LAST_CALL, 600, "Sun 18 Jan 15:00"),
        (NUDGE, 600, "Thu 15 Jan 18:00"),
    ],
)
def test_a_week_that_needs_none_gets_none(kind: ReminderKind, minutes: int, expected: str) -> None:
    assert coming(kind, progress(minutes)) == expected


def test_nobody_is_promised_one_for_days_away() -> None:
    short = Pause(date(2026, 1, 8), date(2026, 1, 9))
    assert coming(NUDGE, progress(0, short)) == "Thu 15 Jan 18:00"
    assert coming(LAST_CALL, progress(0, short)) == "Sun 11 Jan 15:00"
    long = Pause(date(2026, 1, 5), date(2026, 1, 8))
    assert coming(LAST_CALL, progress(0, long)) == "Sun 18 Jan 15:00"
    assert is_away_on([long], date(2026, 1, 11))
    assert not is_away_on([short], date(2026, 1, 11))


def test_who_moved_west_out_of_their_first_week_waits_for_it() -> None:
    assert coming(NUDGE, progress(first=WEEK.plus(1))) == "Thu 15 Jan 18:00"


def test_who_is_in_no_group_or_rests_by_then_is_told_why() -> None:
    assert coming(NUDGE, progress(), None) == "UNKNOWN"
    assert coming(NUDGE, progress(), MONDAY - timedelta(weeks=4)) == "RESTING"
    almost = MONDAY - timedelta(weeks=3, days=3)
    assert coming(NUDGE, progress(), almost) == "Thu 08 Jan 18:00"
    assert coming(NUDGE, progress(30), almost) == "RESTING"
    assert find_obstacle(NUDGE, MONDAY, MONDAY) is None
