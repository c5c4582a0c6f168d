"""Check-ins: which days may be logged, and how much fits into one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import check_day, check_total
from bot.domain.day import read_day
from bot.domain.duration import read_duration
from bot.errors import Refused

TODAY = date(2026, 1, 5)


@given(st.integers(0, 14))
def test_today_and_two_weeks_back_may_be_logged(back: int) -> None:
    check_day(TODAY - timedelta(days=back), TODAY)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (1, "Tomorrow is still to come; a check-in is for time already studied."),
        (365, "Tue 5 Jan 2027 is still to come; a check-in is for time already studied."),
        (-15, "Sun 21 Dec 2025 is more than 14 days back."),
    ],
)
def test_no_other_day_may_and_the_example_could_be_typed(days: int, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        check_day(TODAY + timedelta(days=days), TODAY)
    assert refused.value.sentence == sentence
    check_day(read_day(refused.value.example, TODAY), TODAY)


@pytest.mark.parametrize(("others", "minutes"), [(0, 1), (0, 1440), (1439, 1), (720, 720)])
def test_a_day_may_be_filled_to_its_end(others: int, minutes: int) -> None:
    check_total(others, minutes, TODAY, TODAY)


@pytest.mark.parametrize(
    ("others", "minutes", "back", "sentence", "example"),
    [
        (1380, 120, 0, "Today already has 23 h; with 2 h more it would pass 24 hours.", "1 h"),
        (1290, 151, 1, "Yesterday already has 21 h 30; with 2 h 31 more it would pass 24 hours.", "2 h 30"),
    ],
)
def test_it_may_not_pass_its_end_and_the_example_is_what_still_fits(
    others: int, minutes: int, back: int, sentence: str, example: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_total(others, minutes, TODAY - timedelta(days=back), TODAY)
    assert refused.value.sentence == sentence
    assert refused.value.example == example
    check_total(others, read_duration_exactly(example), TODAY, TODAY)


def read_duration_exactly(text: str) -> int:
    minutes = read_duration(text)
    assert isinstance(minutes, int)
    return minutes
