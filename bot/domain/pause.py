"""Announced absence: dated, both ends included, at most a year, never in the past (product rules, "Pause")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.week import Week
from bot.errors import Refused

LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True, order=True, slots=True)
class Pause:
    """Days away, from the first to the last."""

    from_day: date
    until_day: date

    def covers(self, day: date) -> bool:
        """Return True if the local `day` lies in it."""
        return self.from_day <= day <= self.until_day


def paused_days(pauses: Iterable[Pause], week: Week) -> int:
    """Count the days of the week that are covered; overlapping pauses count once."""
    pauses = list(pauses)
    return sum(any(pause.covers(day) for pause in pauses) for day in week.days())


def check_pause(from_day: date, until_day: date, today: date) -> Pause:
    """Return the pause; raises Refused if it starts in the past, ends before it starts or lasts over a year."""
    example = f"until: {today + timedelta(days=6)}"
    if from_day < today:
        raise Refused(f"A pause starts today or later, and {from_day} is over.", example)
    if until_day < today:
        raise Refused(f"A pause ends today or later, and {until_day} is over.", example)
    if until_day < from_day:
        raise Refused(f"That pause would end ({until_day}) before it starts ({from_day}).", example)
    if until_day - from_day >= LONGEST_PAUSE:
        raise Refused(f"A pause lasts a year at most; {from_day} to {until_day} is longer.", example)
    return Pause(from_day, until_day)


def end_pause(pause: Pause, today: date) -> Pause | None:
    """Return a pause that ends now: up to yesterday, or None if it had not begun by then."""
    if pause.from_day >= today:
        return None
    return Pause(pause.from_day, min(pause.until_day, today - timedelta(days=1)))
