"""How somebody's time is spread over the areas of study, and which of them has been left alone for too long."""

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
        """Calendar weeks from its last day to the `current` week: 0 in the same one, None for one never touched."""
        if self.last is None:
            return None
        return max(0, (current.monday - self.last).days + DAYS_A_WEEK - 1) // DAYS_A_WEEK


@dataclass(frozen=True, slots=True)
class NeglectedArea:
    """An area that waits: for so many weeks, counted from the person's first where it was never touched."""

    area: str
    weeks: int
    was_touched: bool


def gather_times(found: Iterable[AreaTime], renamed: Mapping[str, str], in_use: Sequence[str]) -> list[AreaTime]:
    """Time by the areas' names of today, most first; areas in use without any are at the end, in their order.

    `renamed` says what areas of old are called now. Case does not part an area from one that is in use.
    """
    spelled = {area.casefold(): area for area in in_use}
    times = {area: AreaTime(area, 0) for area in in_use}
    for each in found:
        area = renamed.get(each.area, each.area)
        area = spelled.get(area.casefold(), area)
        before = times.get(area, AreaTime(area, 0))
        last = max((day for day in (before.last, each.last) if day is not None), default=None)
        times[area] = AreaTime(area, before.minutes + each.minutes, last)
    return sorted(times.values(), key=lambda each: -each.minutes)


def find_neglected(
    times: Iterable[AreaTime], in_use: Sequence[str], first: Week | None, current: Week
) -> NeglectedArea | None:
    """Of the areas in use the one that was left alone longest; where none was, one that was never touched.

    It has waited for two weeks or more; before their `first` week nobody neglects anything. Where several have waited
    as long, it is the one with the least time, then the first in the group's order.
    """
    if first is None:
        return None
    places = {area: place for place, area in enumerate(in_use)}
    sorted_times = sorted((each.minutes, places[each.area], each) for each in times if each.area in places)
    found = [_waits(each, first, current) for _, _, each in sorted_times]
    waiting = [each for each in found if each.weeks >= NEGLECTED_AFTER_WEEKS]
    return max(waiting, key=lambda each: (each.was_touched, each.weeks), default=None)


def say_share(minutes: int, total: int) -> str:
    """A part of a total: `38 %`, `<1 %` for little, `0 %` for nothing."""
    if minutes <= 0:
        return "0 %"
    return f"{round(minutes * 100 / total)} %" if minutes * 200 >= total else "<1 %"


def _waits(each: AreaTime, first: Week, current: Week) -> NeglectedArea:
    weeks = each.weeks_since(current)
    return NeglectedArea(
        each.area, max(0, current.number - first.number) if weeks is None else weeks, weeks is not None
    )
