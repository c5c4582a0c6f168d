"""The long road: marks at two to five years of one's goal, the pace of the last weeks, and what follows from it.

A date is never said before twelve whole weeks have shown a pace, and then only as a span: from the pace of the
better half of those weeks to the pace of the slower half.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.duration import HOUR
from bot.domain.milestone import HOUR_MARKS
from bot.domain.week import DAYS_A_WEEK, Week

YEARS = (2, 3, 4, 5)
WEEKS_A_YEAR = 52
PACE_WEEKS = 12
"""Whole weeks that show a pace; while there are fewer, there is no date."""
SEASON_WEEKS = 13
FIRST_MARKS = 0.75
"""The part of the way to the first stage on which milestones are marks of the road."""
FARTHEST_WEEKS = 20 * WEEKS_A_YEAR
"""The farthest that is still in sight."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A mark on the road: so many years of the goal, in minutes."""

    years: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes a week over the last whole weeks: the mean, and the means of the slower and of the better half."""

    mean: float
    slow: float
    fast: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The two days between which a stage will be reached; None where that end is not in sight."""

    early: date | None
    late: date | None


@dataclass(frozen=True, slots=True)
class Season:
    """Thirteen weeks from a person's first week on, and then again: `week` counts from 1."""

    number: int
    week: int
    starts: Week

    @property
    def is_new(self) -> bool:
        """True in the first week of a season that is not the first."""
        return self.number > 1 and self.week == 1


def stages(goal: int) -> tuple[Stage, ...]:
    """Return the marks for a weekly goal in minutes: 1,040 to 2,600 hours at ten hours a week."""
    return tuple(Stage(years, years * WEEKS_A_YEAR * goal) for years in YEARS)


def road_marks(goal: int) -> tuple[tuple[int, int], ...]:
    """Return the minutes of all marks of the road, with the years of those that are stages, 0 for the others.

    The hours that are greeted as milestones come first, as far as they lie well before the first stage.
    """
    years = stages(goal)
    early = (hours * HOUR for hours in HOUR_MARKS)
    return (
        *((minutes, 0) for minutes in early if minutes <= years[0].minutes * FIRST_MARKS),
        *((stage.minutes, stage.years) for stage in years),
    )


def next_stage(total: int, goal: int) -> Stage | None:
    """Return the first stage that is not reached yet; None when all are."""
    return next((stage for stage in stages(goal) if total < stage.minutes), None)


def pace(whole_weeks: Sequence[int]) -> Pace | None:
    """Return the pace of the last twelve of these weeks (minutes each, oldest first); None while there are fewer."""
    if len(whole_weeks) < PACE_WEEKS:
        return None
    weeks = sorted(whole_weeks[-PACE_WEEKS:])
    half = PACE_WEEKS // 2
    return Pace(sum(weeks) / PACE_WEEKS, sum(weeks[:half]) / half, sum(weeks[half:]) / half)


def forecast(missing: int, at: Pace, today: date) -> Forecast:
    """Return the days between which the `missing` minutes will be done at that pace."""
    return Forecast(_day(missing, at.fast, today), _day(missing, at.slow, today))


def weeks_sooner(missing: int, a_week: float) -> int | None:
    """Return the whole weeks that one hour more a week would save; None where the end is not in sight without it."""
    if not _is_in_sight(missing, a_week):
        return None
    return round(missing / a_week - missing / (a_week + HOUR))


def season(first: Week, current: Week) -> Season:
    """Return the season that `current` lies in for a person whose first week was `first` (not later)."""
    number, week = divmod(first.weeks_to(current), SEASON_WEEKS)
    return Season(number + 1, week + 1, first.plus(number * SEASON_WEEKS))


def _day(missing: int, a_week: float, today: date) -> date | None:
    if not _is_in_sight(missing, a_week):
        return None
    return today + timedelta(days=round(missing / a_week * DAYS_A_WEEK))


def _is_in_sight(missing: int, a_week: float) -> bool:
    return missing <= a_week * FARTHEST_WEEKS and a_week > 0
