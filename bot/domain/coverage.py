"""The spread of somebody's time over the areas of study, and the area that has been left alone for too long."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.week import DAYS_A_WEEK, Week

NEGLECTED_AFTER_WEEKS = 2
"""Weeks without an area after which it may be named where somebody looks at their areas."""


@dataclass(frozen=True, slots=True)
class AreaTime:
    """An area with all its minutes, imported ones too, and the last day with any (None: never touched)."""

    area: str
    minutes: int
    last: date | None = None

    def weeks_since(self, current: Week) -> int | None:
        """Return the calendar weeks from its last day to the `current` week, 0 in that one; None if never touched."""
        if self.last is None:
            return None
        return max(0, (current.monday - self.last).days + DAYS_A_WEEK - 1) // DAYS_A_WEEK


@dataclass(frozen=True, slots=True)
class NeglectedArea:
    """An area that waits, and for how many weeks: since the person's first one where it was never touched."""

    area: str
    weeks: int
    was_touched: bool


def gather_times(recorded: Iterable[AreaTime], renamed: Mapping[str, str], in_use: Sequence[str]) -> list[AreaTime]:
    """Add up time by the areas' names of today, most first; areas in use without any are at the end, in their order.

    `renamed` maps the names of retired areas to those of today. Case does not part an area from one that is in use.
    """
    spelled = {area.casefold(): area for area in in_use}
    times = {area: AreaTime(area, 0) for area in in_use}
    for time in recorded:
        area = renamed.get(time.area, time.area)
        area = spelled.get(area.casefold(), area)
        before = times.get(area, AreaTime(area, 0))
        last = max((day for day in (before.last, time.last) if day is not None), default=None)
        times[area] = AreaTime(area, before.minutes + time.minutes, last)
    return sorted(times.values(), key=lambda time: -time.minutes)


def find_neglected(
    times: Iterable[AreaTime], in_use: Sequence[str], first: Week | None, current: Week
) -> NeglectedArea | None:
    """Return the area in use that was left alone longest, or else one that was never touched; None if there is neither.

    It has waited for two weeks or more; before their `first` week nobody neglects anything. Where several have waited
    as long, it is the one with the least time, then the first in the group's order.
    """
    if first is None:
        return None
    places = {area: place for place, area in enumerate(in_use)}
    least_first = sorted((time.minutes, places[time.area], time) for time in times if time.area in places)
    areas = [_wait_of(time, first, current) for _, _, time in least_first]
    waiting = [area for area in areas if area.weeks >= NEGLECTED_AFTER_WEEKS]
    return max(waiting, key=lambda area: (area.was_touched, area.weeks), default=None)


def say_share(minutes: int, total: int) -> str:
    """Say a part of a total in whole per cent: `38 %`, `<1 %` for little, `0 %` for nothing."""
    if minutes <= 0:
        return "0 %"
    return f"{round(minutes * 100 / total)} %" if minutes * 200 >= total else "<1 %"


def _wait_of(time: AreaTime, first: Week, current: Week) -> NeglectedArea:
    weeks = time.weeks_since(current)
    if weeks is None:
        return NeglectedArea(time.area, max(0, current.number - first.number), was_touched=False)
    return NeglectedArea(time.area, weeks, was_touched=True)
