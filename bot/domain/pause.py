"""Announced absence: dated, both ends included, at most a year (product rules, "Pause").

A pause counts as it was announced for the week in which it is ended: who comes back early loses nothing by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.day import say_day
from bot.domain.names import capitalize
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import Week
from bot.errors import Refused

LONGEST_PAUSE = timedelta(days=366)
ASKED_OVER = timedelta(weeks=4)
"""A pause that is longer is asked about once."""


@dataclass(frozen=True, order=True, slots=True)
class Pause:
    """Days away, from the first to the last.

    Where it was ended early, `announced_until` is the last day that weeks still count as away (None: `until_day`);
    `until_day` then lies before `from_day` if it was ended on its first day.
    """

    from_day: date
    until_day: date
    announced_until: date | None = None

    def covers(self, day: date) -> bool:
        """Return True if the person is away on the local `day`."""
        return self.from_day <= day <= self.until_day

    def counts(self, day: date) -> bool:
        """Return True if the local `day` is an away one of its week: as announced."""
        return self.from_day <= day <= (self.announced_until or self.until_day)

    @property
    def length(self) -> timedelta:
        """The time from the beginning of the first day to the end of the last."""
        return self.until_day - self.from_day + timedelta(days=1)


def paused_days(pauses: Iterable[Pause], week: Week) -> int:
    """Count the days of the week that count as away; overlapping pauses count once."""
    pauses = list(pauses)
    return sum(any(pause.counts(day) for pause in pauses) for day in week.days())


def check_pause(from_day: date, until_day: date, today: date) -> Pause:
    """Return the pause; raises Refused if it starts before this week, ends before it starts or lasts over a year."""
    example = f"until: {today + timedelta(days=6)}"
    first, last = say_day(from_day, today), say_day(until_day, today)
    monday = Week.of(today).monday
    if from_day < monday:
        raise Refused(f"A pause can begin on Monday of this week or later; {first} is before that.", f"from: {monday}")
    if until_day < from_day:
        raise Refused(f"That pause would end {last}, before it begins {first}.", example)
    if until_day - from_day >= LONGEST_PAUSE:
        raise Refused(f"{capitalize(first)} to {last} is longer than a year, the longest that a pause can be.", example)
    return Pause(from_day, until_day)


def end_pause(pause: Pause, today: date) -> Pause | None:
    """Return the pause ended today, for the days to come; None for one that has not begun: it is removed.

    The week of `today` stays as the pause was announced.
    """
    if pause.from_day > today:
        return None
    announced = min(pause.announced_until or pause.until_day, Week.of(today).sunday)
    return replace(pause, until_day=min(pause.until_day, today - timedelta(days=1)), announced_until=announced)


def extensions(pause: Pause, others: Iterable[Pause]) -> list[Pause]:
    """Return a pause that is too short made longer: just enough to make its fullest week away, and all of that week.

    The first begins earlier if the week has the days for it, else it ends later.
    """
    pauses = [pause, *others]
    days_in = {week: paused_days(pauses, week) for week in Week.of(pause.from_day).until(Week.of(pause.until_day))}
    week = max(days_in, key=lambda week: (days_in[week], week))
    missing = timedelta(days=PAUSED_DAYS - days_in[week])
    first, last = max(pause.from_day, week.monday), min(pause.until_day, week.sunday)
    if first - missing >= week.monday:
        longer = Pause(min(pause.from_day, first - missing), pause.until_day)
    else:
        longer = Pause(pause.from_day, max(pause.until_day, last + missing))
    whole = Pause(min(pause.from_day, week.monday), max(pause.until_day, week.sunday))
    return [longer] if longer == whole else [longer, whole]
