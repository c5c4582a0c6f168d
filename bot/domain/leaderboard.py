"""Leaderboards: their periods, rows and totals (product rules, "Leaderboard")."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, assert_never

from bot.domain.week import EPOCH_MONDAY, Week


class LeaderboardPeriod(StrEnum):
    """The calendar periods of a board; never a rolling window."""

    WEEK = "this week"
    LAST_WEEK = "last week"
    MONTH = "this month"
    LAST_MONTH = "last month"
    YEAR = "this year"
    LAST_YEAR = "last year"
    ALL = "all time"

    @property
    def is_one_week(self) -> bool:
        """True for a period that is a single week."""
        return self in (LeaderboardPeriod.WEEK, LeaderboardPeriod.LAST_WEEK)


class RankBy(StrEnum):
    """The figure that a board is ranked by."""

    SHARE = "share"
    HOURS = "hours"
    STREAK = "streak"
    CONSISTENCY = "consistency"


@dataclass(frozen=True, slots=True)
class Span:
    """The weeks of a period, from `first` to `last`: those whose Monday lies in it."""

    first: Week
    last: Week


class Row(NamedTuple):
    """A row of a board. `share` is of one's own goal, 0 to 1, capped; `rank` skips after ties: 1, 1, 3.

    `minutes` are those that count, `away` the away weeks within the streak.
    """

    rank: int
    person_id: int
    name: str
    share: float
    minutes: int
    goal: int
    streak: int
    away: int
    kept_of_recent: int


@dataclass(frozen=True, slots=True)
class LeaderboardPage:
    """A stretch of a board of `members` rows.

    `before` and `after` hold those of the asker's own row and its neighbours that lie outside; a gap says that rows
    between are left out. `rest` are the rows below all of these.
    """

    before: list[Row]
    rows: list[Row]
    after: list[Row]
    has_gap_before: bool
    has_gap_after: bool
    members: int
    rest: int


class Keeper(NamedTuple):
    """Somebody who kept a week, with the streak that stood after it."""

    person_id: int
    name: str
    streak: int


@dataclass(frozen=True, slots=True)
class Total:
    """A group together in one week.

    `minutes` are all that its members logged. `counted` are those that count toward `goal`, of each up to their part of
    it: their own goal, or `GOALS_AT_MOST` times the group's. `kept` of `members` kept the week, who are all but those
    in a practice week, away, or `saved` by a freeze; who has kept it is among them in any case.

    `studied` logged time and have not kept it, `near` are within `NEAR_MINUTES` of their goal, and `unlogged` are those
    of the members who have logged nothing.
    """

    minutes: int
    counted: int
    goal: int
    kept: int
    members: int
    saved: int = 0
    studied: int = 0
    near: int = 0
    unlogged: int = 0


NO_TOTAL = Total(0, 0, 0, 0, 0)
GOALS_AT_MOST = 2
"""A larger goal than so many times the group's counts as so many in its total."""
NEAR_MINUTES = 120
FIRST_WEEK = Week(EPOCH_MONDAY)
ONE_DAY = timedelta(days=1)


def span_of(period: LeaderboardPeriod, today: date) -> Span:
    """Return the weeks that began in the period that holds `today`, up to the current one.

    While the first Monday of a month or year is still to come there is none: `first` is after `last`.
    """
    current = Week.of(today)
    match period:
        case LeaderboardPeriod.WEEK:
            return Span(current, current)
        case LeaderboardPeriod.LAST_WEEK:
            return Span(current.plus(-1), current.plus(-1))
        case LeaderboardPeriod.MONTH:
            return Span(Week.first_from(today.replace(day=1)), current)
        case LeaderboardPeriod.LAST_MONTH:
            return _between((today.replace(day=1) - ONE_DAY).replace(day=1), today.replace(day=1))
        case LeaderboardPeriod.YEAR:
            return Span(Week.first_from(today.replace(month=1, day=1)), current)
        case LeaderboardPeriod.LAST_YEAR:
            return _between(date(today.year - 1, 1, 1), date(today.year, 1, 1))
        case LeaderboardPeriod.ALL:
            return Span(FIRST_WEEK, current)
        case _:
            assert_never(period)


def _between(first: date, following: date) -> Span:
    """Return the weeks that began from `first` on, before `following`."""
    return Span(Week.first_from(first), Week.first_from(following).plus(-1))
