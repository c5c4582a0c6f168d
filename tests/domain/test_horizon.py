"""The long road against a naive model that walks it week by week."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.horizon import (
    FARTHEST_WEEKS,
    PACE_WEEKS,
    SEASON_WEEKS,
    Forecast,
    Pace,
    Season,
    Stage,
    forecast,
    next_stage,
    pace,
    road_marks,
    season,
    stages,
    weeks_sooner,
)
from bot.domain.milestone import HOUR_MARKS
from bot.domain.week import Week

TODAY = date(2026, 3, 4)
MINUTES = st.integers(0, 7 * 1440)
FIRST = Week(date(2026, 1, 5))


def walked(missing: int, a_week: float) -> int | None:
    """Count the weeks until nothing is missing, one at a time."""
    weeks = 0
    while missing > weeks * a_week:
        weeks += 1
        if weeks > FARTHEST_WEEKS:
            return None
    return weeks


def test_the_marks_of_ten_hours_a_week_are_the_ones_of_the_product() -> None:
    assert [stage.minutes // 60 for stage in stages(600)] == [1040, 1560, 2080, 2600]
    assert {1040, 2600} <= set(HOUR_MARKS)
    assert [stage.years for stage in stages(600)] == [2, 3, 4, 5]


def test_milestones_are_marks_well_before_the_first_stage() -> None:
    def hours(goal: int) -> list[int]:
        return [minutes // 60 for minutes, years in road_marks(goal) if not years]

    assert [hours(60), hours(300), hours(600), hours(6000)] == [[], [100, 250], [100, 250, 500], list(HOUR_MARKS)]
    assert [years for _, years in road_marks(600)] == [0, 0, 0, 2, 3, 4, 5]
    assert list(road_marks(600)) == sorted(road_marks(600))


def test_the_next_mark_is_the_first_that_is_not_reached() -> None:
    assert next_stage(0, 600) == Stage(2, 62_400)
    assert next_stage(62_399, 600) == Stage(2, 62_400)
    assert next_stage(62_400, 600) == Stage(3, 93_600)
    assert next_stage(156_000, 600) is None
    assert next_stage(62_400, 300) == Stage(5, 78_000)


def test_a_pace_takes_twelve_weeks() -> None:
    assert pace([600] * 11) is None
    assert pace([9000, *[300, 600] * 6]) == Pace(450, 300, 600)


@given(st.lists(MINUTES, max_size=40))
def test_the_pace_is_that_of_the_last_twelve_weeks_and_its_halves(weeks: list[int]) -> None:
    measured = pace(weeks)
    if len(weeks) < PACE_WEEKS:
        assert measured is None
        return
    assert measured is not None
    last = sorted(weeks[-PACE_WEEKS:])
    assert measured.mean * 12 == pytest.approx(sum(last))
    assert measured.slow * 6 == pytest.approx(sum(last[:6]))
    assert measured.fast * 6 == pytest.approx(sum(last[6:]))
    assert measured.slow <= measured.mean <= measured.fast


@given(st.integers(1, 400_000), st.lists(MINUTES, min_size=PACE_WEEKS, max_size=PACE_WEEKS))
def test_dates_are_those_of_walking_week_by_week(missing: int, weeks: list[int]) -> None:
    at = pace(weeks)
    assert at is not None
    arrival = forecast(missing, at, TODAY)
    for day, a_week in ((arrival.early, at.fast), (arrival.late, at.slow)):
        expected = walked(missing, a_week)
        if day is None or expected is None:
            assert (day, expected) == (None, None)
        else:
            assert TODAY + timedelta(weeks=expected - 1) <= day <= TODAY + timedelta(weeks=expected)
    if arrival.late is not None:
        assert arrival.early is not None
        assert arrival.early <= arrival.late


def test_what_no_pace_reaches_is_not_in_sight() -> None:
    assert forecast(600, Pace(0, 0, 0), TODAY) == Forecast(None, None)
    assert forecast(60_000, Pace(5, 0, 10), TODAY) == Forecast(None, None)
    assert forecast(600, Pace(30, 0, 60), TODAY) == Forecast(TODAY + timedelta(weeks=10), None)


@given(st.integers(1, 400_000), st.floats(0, 10_000))
def test_an_hour_more_never_takes_longer(missing: int, a_week: float) -> None:
    sooner = weeks_sooner(missing, a_week)
    if sooner is None:
        assert walked(missing, a_week) is None
    else:
        before, after = missing / a_week, missing / (a_week + 60)
        assert abs(before - after - sooner) <= 0.5


def test_an_hour_more_on_ten_saves_a_tenth() -> None:
    assert weeks_sooner(62_400, 600) == round(104 - 104 / 1.1)
    assert weeks_sooner(62_400, 0) is None
    assert weeks_sooner(62_400, 1) is None


@given(st.integers(0, 2000))
def test_seasons_follow_each_other_without_a_gap(weeks: int) -> None:
    current = season(FIRST, FIRST.plus(weeks))
    assert current.starts.weeks_to(FIRST.plus(weeks)) == current.week - 1
    assert 1 <= current.week <= SEASON_WEEKS
    assert (current.number - 1) * SEASON_WEEKS + current.week == weeks + 1
    assert current.is_new == (weeks > 0 and weeks % SEASON_WEEKS == 0)


def test_the_first_week_is_no_fresh_start() -> None:
    assert season(FIRST, FIRST) == Season(1, 1, FIRST)
    assert not season(FIRST, FIRST).is_new
    assert season(FIRST, FIRST.plus(13)).is_new
