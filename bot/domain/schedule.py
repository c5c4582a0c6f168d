"""The instants at which posts are due: once in each local week (or on each date), whatever the zone's clock does.

Occurrences are found by local-date arithmetic, never by adding hours to an instant: a time that daylight
saving skips happens just after the gap, a repeated one the first time (product rules, "Scheduled posts").
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.week import DAYS_A_WEEK, to_instant
from bot.domain.weekdays import WEEKDAYS

_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY_DAY = "daily"


@dataclass(frozen=True, order=True, slots=True)
class Moment:
    """A weekday (0 = Monday; None = every day) and a local time to the minute, without a zone."""

    weekday: int | None
    at: time

    def __post_init__(self) -> None:
        if self.weekday is not None and not 0 <= self.weekday < DAYS_A_WEEK:
            raise ValueError(f"{self.weekday} is no weekday")
        if self.at != time(self.at.hour, self.at.minute):
            raise ValueError(f"{self.at} is not a local time to the minute")

    @classmethod
    def of_key(cls, key: str) -> "Moment":
        """Return the moment whose `key` was stored."""
        day, at = key.split()
        return cls(None if day == _EVERY_DAY else WEEKDAYS[day], time.fromisoformat(at))

    @property
    def key(self) -> str:
        """The stored form, which may also be typed: "thu 18:00" or "daily 20:00"."""
        day = _EVERY_DAY if self.weekday is None else _KEYS[self.weekday]
        return f"{day} {self.at:%H:%M}"

    def __str__(self) -> str:
        return self.key if self.weekday is None else self.key.capitalize()


@dataclass(frozen=True, order=True, slots=True)
class Occurrence:
    """One coming of a moment: the instant (UTC), and the local date that it belongs to."""

    due_at: datetime
    day: date


def occurrence_on(day: date, moment: Moment, zone: ZoneInfo) -> Occurrence:
    """Return the occurrence that belongs to `day`, on which `moment` must come; also where the zone skipped it."""
    return Occurrence(to_instant(datetime.combine(day, moment.at), zone), day)


def latest_occurrence(moment: Moment, zone: ZoneInfo, now: datetime) -> Occurrence:
    """Return the last occurrence that is due at or before `now`."""
    days = _days_between(moment)
    # A clock that is set back over midnight has tomorrow's occurrence behind it, so the search begins there.
    day = _first_day(moment, now.astimezone(zone).date() + timedelta(days=2 - days))
    while (occurrence := occurrence_on(day, moment, zone)).due_at > now:
        day -= timedelta(days=days)
    return occurrence


def next_occurrence(moment: Moment, zone: ZoneInfo, now: datetime, done: date | None = None) -> Occurrence:
    """Return the first occurrence due after `now` in a later local week than `done` (a daily one: on a later date).

    `done` is the date of the last occurrence that was dealt with, in whatever zone. So neither a change of
    zone or moment nor a clock that jumps back brings a second one in one week.
    """
    earliest = now.astimezone(zone).date()
    if done is not None:
        earliest = max(earliest, _period_after(moment, done))
    day = _first_day(moment, earliest)
    while (occurrence := occurrence_on(day, moment, zone)).due_at <= now:
        day += timedelta(days=_days_between(moment))
    return occurrence


def _days_between(moment: Moment) -> int:
    return 1 if moment.weekday is None else DAYS_A_WEEK


def _first_day(moment: Moment, earliest: date) -> date:
    if moment.weekday is None:
        return earliest
    return earliest + timedelta(days=(moment.weekday - earliest.weekday()) % DAYS_A_WEEK)


def _period_after(moment: Moment, done: date) -> date:
    return done + timedelta(days=1 if moment.weekday is None else DAYS_A_WEEK - done.weekday())
