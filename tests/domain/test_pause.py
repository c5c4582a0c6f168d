"""Pauses: the days that they cover, those that may be announced, and the rest of one that ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pause import LONGEST_PAUSE, Pause, check_pause, end_pause, extensions, paused_days
from bot.domain.week import Week
from bot.errors import Refused

MONDAY = date(2026, 1, 5)
WEEK = Week(MONDAY)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def away(first: int, last: int) -> Pause:
    return Pause(day(first), day(last))


def test_both_ends_belong_to_a_pause() -> None:
    assert [away(1, 3).covers(day(n)) for n in range(5)] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("pauses", "days"),
    [
        ([], 0),
        ([away(0, 6)], 7),
        ([away(3, 3)], 1),
        ([away(-5, 2)], 3),
        ([away(4, 30)], 3),
        ([away(-30, 30)], 7),
        ([away(-7, -1), away(7, 13)], 0),
        ([away(0, 2), away(1, 3)], 4),
        ([away(0, 2), away(0, 2)], 3),
        ([away(0, 0), away(6, 6)], 2),
    ],
)
def test_days_of_a_week_are_counted_once(pauses: list[Pause], days: int) -> None:
    assert paused_days(pauses, WEEK) == days


PAUSES = st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 20)).map(lambda at: away(at[0], at[0] + at[1])))


@given(PAUSES)
def test_days_are_counted_as_one_would_on_a_calendar(pauses: list[Pause]) -> None:
    crossed_out = {pause.from_day + timedelta(days=n) for pause in pauses for n in range(60)}
    crossed_out &= {day for day in crossed_out if any(pause.from_day <= day <= pause.until_day for pause in pauses)}
    assert paused_days(iter(pauses), WEEK) == len(crossed_out & set(WEEK.days()))


WEDNESDAY = 2


@pytest.mark.parametrize(("first", "last"), [(2, 2), (0, 6), (0, 1), (1, 10), (3, 10), (0, 364), (40, 40 + 365)])
def test_a_pause_from_monday_of_this_week_of_at_most_a_year_is_taken(first: int, last: int) -> None:
    assert check_pause(day(first), day(last), day(WEDNESDAY)) == away(first, last)


@pytest.mark.parametrize(
    ("first", "last", "sentence", "example"),
    [
        (
            -1,
            3,
            "A pause can begin on Monday of this week or later; Sun 4 Jan is before that.",
            "from: 2026-01-05",
        ),
        (3, 1, "That pause would end yesterday, before it begins Thu 8 Jan.", "until: 2026-01-13"),
        (
            2,
            2 + LONGEST_PAUSE.days,
            "Today to Fri 8 Jan 2027 is longer than a year, the longest that a pause can be.",
            "until: 2026-01-13",
        ),
    ],
)
def test_a_refusal_says_what_was_understood(first: int, last: int, sentence: str, example: str) -> None:
    with pytest.raises(Refused) as refused:
        check_pause(day(first), day(last), day(WEDNESDAY))
    assert (refused.value.sentence, refused.value.example) == (sentence, example)


def test_a_whole_leap_year_is_a_year() -> None:
    assert check_pause(date(2028, 1, 1), date(2028, 12, 31), MONDAY).until_day == date(2028, 12, 31)


def test_a_running_pause_ends_with_yesterday_and_counts_for_this_week_as_announced() -> None:
    ended = end_pause(away(0, 20), day(3))
    assert ended == Pause(day(0), day(2), day(6))
    assert paused_days([ended], WEEK) == 7
    assert paused_days([ended], WEEK.plus(1)) == 0


def test_a_pause_that_ends_on_its_first_day_covers_none_and_counts_as_announced() -> None:
    ended = end_pause(away(2, 5), day(2))
    assert ended is not None
    assert not ended.covers(day(2))
    assert paused_days([ended], WEEK) == 4


def test_a_pause_that_is_still_to_come_is_removed() -> None:
    assert end_pause(away(5, 20), day(4)) is None


def test_a_pause_that_is_over_stays_as_it_was() -> None:
    ended = end_pause(away(0, 2), day(10))
    assert ended == Pause(day(0), day(2), day(2))
    assert end_pause(ended, day(12)) == ended


@given(PAUSES, st.integers(-20, 40))
def test_ending_touches_no_day_before_today_and_leaves_none_after(pauses: list[Pause], now: int) -> None:
    for pause in pauses:
        left = end_pause(pause, day(now))
        week = Week.of(day(now))
        for n in range(-21, 42):
            is_covered = left is not None and left.covers(day(n))
            assert is_covered == (n < now and pause.covers(day(n)))
        if left is not None:
            assert paused_days([left], week) == paused_days([pause], week)
            assert paused_days([left], week.plus(1)) == 0


@pytest.mark.parametrize(
    ("pause", "longer"),
    [
        (away(4, 6), [away(3, 6), away(0, 6)]),
        (away(0, 1), [away(0, 3), away(0, 6)]),
        (away(1, 2), [away(1, 4), away(0, 6)]),
        (away(6, 8), [away(6, 10), away(6, 13)]),
        (away(5, 8), [away(5, 10), away(5, 13)]),
    ],
)
def test_a_pause_that_is_too_short_is_made_just_long_enough_or_a_whole_week(pause: Pause, longer: list[Pause]) -> None:
    assert pause.length < timedelta(days=5)
    assert extensions(pause, []) == longer
    assert all(max(paused_days([one], WEEK), paused_days([one], WEEK.plus(1))) >= 4 for one in longer)


def test_what_other_pauses_cover_is_not_asked_for_again() -> None:
    assert extensions(away(5, 6), [away(0, 0)]) == [away(4, 6), away(0, 6)]
    assert extensions(away(3, 5), [away(6, 6)]) == [away(3, 5), away(0, 6)]
