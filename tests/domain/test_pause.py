"""Pauses: the days that they cover, those that may be announced, and the rest of one that ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pause import LONGEST_PAUSE, Pause, check_pause, end_pause, paused_days
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


@pytest.mark.parametrize(("first", "last"), [(0, 0), (0, 6), (3, 10), (0, 364), (40, 40 + 365)])
def test_a_pause_from_today_or_later_of_at_most_a_year_is_taken(first: int, last: int) -> None:
    assert check_pause(day(first), day(last), MONDAY) == away(first, last)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (-1, 3, "A pause starts today or later, and 2026-01-04 is over."),
        (3, -2, "A pause ends today or later, and 2026-01-03 is over."),
        (3, 2, "That pause would end (2026-01-07) before it starts (2026-01-08)."),
        (0, LONGEST_PAUSE.days, "A pause lasts a year at most; 2026-01-05 to 2027-01-06 is longer."),
    ],
)
def test_a_refusal_says_what_was_understood(first: int, last: int, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        check_pause(day(first), day(last), MONDAY)
    assert refused.value.sentence == sentence
    assert refused.value.example == "until: 2026-01-11"


def test_a_whole_leap_year_is_a_year() -> None:
    assert check_pause(date(2028, 1, 1), date(2028, 12, 31), MONDAY).until_day == date(2028, 12, 31)


def test_a_running_pause_ends_with_yesterday() -> None:
    assert end_pause(away(0, 20), day(3)) == away(0, 2)


@pytest.mark.parametrize("today", [day(5), day(0)])
def test_a_pause_that_has_not_begun_before_today_is_removed(today: date) -> None:
    assert end_pause(away(5, 20), today) is None


def test_a_pause_that_is_over_stays_as_it_was() -> None:
    assert end_pause(away(0, 2), day(10)) == away(0, 2)


@given(PAUSES, st.integers(-20, 40))
def test_ending_touches_no_day_before_today_and_leaves_none_after(pauses: list[Pause], now: int) -> None:
    for pause in pauses:
        left = end_pause(pause, day(now))
        for n in range(-21, 42):
            is_covered = left is not None and left.covers(day(n))
            assert is_covered == (n < now and pause.covers(day(n)))
