"""Groups: the members who rest, and the zone in which a group's clock runs."""

from datetime import UTC, datetime, timedelta

from bot.domain.duration import Minutes
from bot.domain.group import RESTING_AFTER, Group, Lines, is_resting

JOINED = datetime(2026, 1, 5, 9, tzinfo=UTC)
ALMOST = RESTING_AFTER - timedelta(milliseconds=1)


def test_four_weeks_without_a_checkin_and_one_rests() -> None:
    last = JOINED + timedelta(days=3)
    assert not is_resting(last, JOINED, last + ALMOST)
    assert is_resting(last, JOINED, last + timedelta(weeks=4))


def test_the_next_checkin_ends_the_rest() -> None:
    now = JOINED + timedelta(weeks=50)
    assert is_resting(JOINED, JOINED, now)
    assert not is_resting(now, JOINED, now)


def test_who_never_checked_in_has_four_weeks_from_joining() -> None:
    assert not is_resting(None, JOINED, JOINED + ALMOST)
    assert is_resting(None, JOINED, JOINED + timedelta(weeks=4))


def test_who_joins_after_a_long_silence_does_not_rest_at_once() -> None:
    long_ago = JOINED - timedelta(weeks=20)
    assert not is_resting(long_ago, JOINED, JOINED + ALMOST)


def test_a_group_has_a_clock_of_its_own() -> None:
    group = Group(1, "discord", "9", "8", "Ten", "Asia/Kolkata", Minutes(600), Lines.EACH, None)
    assert JOINED.astimezone(group.zone).hour == 14
