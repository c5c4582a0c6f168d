"""The marks that a streak and a sum of hours have reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.milestone import Milestone, MilestoneKind, reached


def marks(streak: int, hours: float) -> list[str]:
    return [str(milestone) for milestone in reached(streak, int(hours * 60))]


def test_at_first_there_is_none() -> None:
    assert marks(0, 0) == marks(3, 99.98) == []


@pytest.mark.parametrize(
    ("streak", "hours", "last"),
    [
        (4, 0, "4 weeks of streak"),
        (11, 0, "8 weeks of streak"),
        (104, 0, "104 weeks of streak"),
        (500, 0, "104 weeks of streak"),
        (0, 100, "100 hours"),
        (0, 1039.9, "500 hours"),
        (0, 1040, "1,040 hours"),
        (0, 9999, "2,600 hours"),
    ],
)
def test_a_mark_is_reached_at_its_very_value(streak: int, hours: float, last: str) -> None:
    assert marks(streak, hours)[-1] == last


def test_all_marks_passed_are_named_smallest_first() -> None:
    assert marks(26, 250) == [
        "4 weeks of streak",
        "8 weeks of streak",
        "12 weeks of streak",
        "26 weeks of streak",
        "100 hours",
        "250 hours",
    ]


@given(st.integers(0, 200), st.integers(0, 200_000), st.integers(0, 200), st.integers(0, 200_000))
def test_who_goes_further_has_reached_no_less(streak: int, minutes: int, more: int, more_minutes: int) -> None:
    assert set(reached(streak, minutes)) <= set(reached(streak + more, minutes + more_minutes))


def test_a_mark_is_known_by_kind_and_value() -> None:
    assert reached(4, 0) == [Milestone(MilestoneKind.STREAK, 4)]
