"""The calendar week, Monday to Sunday: the unit in which everything is promised and judged (product rules, "Weeks")."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

DAYS_A_WEEK = 7
EPOCH_MONDAY = date(1970, 1, 5)
WEEK = timedelta(weeks=1)
CLOSES_AFTER = timedelta(days=9)
"""The time from a week's Monday to the Wednesday after it."""
CLOSED_EVERYWHERE_AFTER = CLOSES_AFTER + timedelta(days=2)
"""From a week's Monday in UTC: by then it has closed in every zone, and in all that anybody could have changed to."""


class _Monday(NamedTuple):
    monday: date


class Week(_Monday):
    """Seven local days, named by their Monday; a tuple, since weeks are looked up and compared more than all else."""

    __slots__ = ()

    def __new__(cls, monday: date) -> Self:
        """Make the week of a Monday; raises ValueError for any other day."""
        if monday.weekday() != 0:
            raise ValueError(f"{monday} is not a Monday")
        return super().__new__(cls, monday)

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week that the local `day` lies in."""
        return _week_of(day)

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=DAYS_A_WEEK - 1)

    @property
    def number(self) -> int:
        """Weeks since the one of 5 January 1970, for arithmetic in queries."""
        return (self.monday - EPOCH_MONDAY).days // DAYS_A_WEEK

    def days(self) -> Iterator[date]:
        """Return the seven days in order."""
        return iter(_days(self))

    def plus(self, weeks: int) -> "Week":
        """Return the week that many weeks later (earlier if negative)."""
        return _plus(self, weeks)

    @classmethod
    def first_from(cls, day: date) -> "Week":
        """Return the first week that begins on or after the local `day`."""
        week = cls.of(day)
        return week if week.monday == day else week.plus(1)

    def until(self, last: "Week") -> Iterator["Week"]:
        """Return every week from this one to `last`, both included; none if `last` is earlier."""
        return iter(_stretch(self, last))

    def weeks_to(self, later: "Week") -> int:
        """Count the weeks from this Monday to that of `later`; negative if it is earlier."""
        return (later.monday - self.monday).days // DAYS_A_WEEK

    def closes_at(self, zone: ZoneInfo) -> datetime:
        """Return the UTC instant at which its grace is over: local 00:00 of the Wednesday after it, in `zone`.

        Where daylight saving skips that midnight, it is the first instant after the gap.
        """
        return first_instant(self.monday + CLOSES_AFTER, zone)

    def __str__(self) -> str:
        """Return `9–15 Jul`, or `28 May – 3 Jun` where it spans two months."""
        return _dates(self)


@lru_cache(maxsize=4096)
def _week_of(day: date) -> Week:
    """Return the week of a day, from a cache: a few weeks are needed for everybody."""
    return Week(day - timedelta(days=day.weekday()))


@lru_cache(maxsize=4096)
def _plus(week: Week, weeks: int) -> Week:
    return Week(week.monday + weeks * WEEK)


@lru_cache(maxsize=4096)
def _days(week: Week) -> tuple[date, ...]:
    return tuple(week.monday + timedelta(days=n) for n in range(DAYS_A_WEEK))


@lru_cache(maxsize=512)
def _dates(week: Week) -> str:
    first, last = week.monday, week.sunday
    if first.month == last.month:
        return f"{first.day}–{last.day} {last:%b}"
    return f"{first.day} {first:%b} – {last.day} {last:%b}"


@lru_cache(maxsize=512)
def _stretch(first: Week, last: Week) -> tuple[Week, ...]:
    """Return all weeks of a stretch, from a cache: a few are needed for everybody who is judged at one time."""
    return tuple(first.plus(n) for n in range(first.weeks_to(last) + 1))


@lru_cache(maxsize=4096)
def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which a local day begins, also where its midnight does not exist or happens twice."""
    return to_instant(datetime.combine(day, time()), zone)


def to_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a naive local time: in a daylight-saving gap its end, of a repeated time the first."""
    aware = local.replace(tzinfo=zone, fold=0)
    instant = aware.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local:
        return instant
    return _end_of_gap(local, zone)


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    before = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).replace(tzinfo=None) < local:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
