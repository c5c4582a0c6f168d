"""Groups: the members who rest, and the zone in which a group's clock runs."""

from datetime import UTC, datetime, timedelta

from bot.domain.duration import Minutes
from bot.domain.group import RESTING_AFTER, Group, Lines, is_resting, seen_until

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


def test_a_pause_puts_rest_off_until_four_weeks_after_its_last_day() -> None:
    now = JOINED + timedelta(weeks=10)
    away_until = (now - timedelta(weeks=4)).date()
    assert not is_resting(None, JOINED, now, away_until)
    assert is_resting(None, JOINED, now, away_until - timedelta(days=1))
    assert is_resting(None, JOINED, now)


def test_who_was_away_is_seen_until_the_end_of_the_last_day() -> None:
    assert seen_until(JOINED, None) == JOINED
    assert seen_until(JOINED, JOINED.date() - timedelta(days=9)) == JOINED
    after = JOINED.date() + timedelta(days=3)
    assert seen_until(JOINED, after - timedelta(days=1)) == datetime(after.year, after.month, after.day, tzinfo=UTC)
