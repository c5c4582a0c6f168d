"""Leaderboards: their periods, rows and totals (product rules, "Leaderboard")."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, assert_never

from bot.domain.week import EPOCH_MONDAY, Week


class LeaderboardPeriod(StrEnum):
    """The calendar periods of a board; never a rolling window."""

    WEEK = "week"
    LAST_WEEK = "last week"
    MONTH = "month"
    YEAR = "year"
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
    """A row of a board. `share` is of one's own goal, 0 to 1, capped; `rank` skips after ties: 1, 1, 3."""

    rank: int
    person_id: int
    name: str
    share: float
    minutes: int
    goal: int
    streak: int
    kept_of_recent: int


@dataclass(frozen=True, slots=True)
class LeaderboardPage:
    """A stretch of a board of `members` rows.

    `before` and `after` hold those of the asker's own row and its neighbours that lie outside; a gap says that rows
    between are left out.
    """

    before: list[Row]
    rows: list[Row]
    after: list[Row]
    has_gap_before: bool
    has_gap_after: bool
    members: int


class Keeper(NamedTuple):
    """Somebody who kept a week, with the streak that stood after it."""

    person_id: int
    name: str
    streak: int


@dataclass(frozen=True, slots=True)
class Total:
    """A group together in one week: minutes of minutes promised, and how many kept it of how many."""

    minutes: int
    goal: int
    kept: int
    members: int


FIRST_WEEK = Week(EPOCH_MONDAY)


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
        case LeaderboardPeriod.YEAR:
            return Span(Week.first_from(today.replace(month=1, day=1)), current)
        case LeaderboardPeriod.ALL:
            return Span(FIRST_WEEK, current)
        case _:
            assert_never(period)
