"""The weekly promise in minutes, with its history: a week is judged by the goal that was in force then."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.duration import Minutes
from bot.domain.week import Week
from bot.errors import Refused

DEFAULT = Minutes(600)
LEAST = Minutes(60)
MOST = Minutes(6000)
_GOAL = re.compile(r"(?P<hours>\d{1,4}(?:[.,]\d{1,3})?)\s*(?:h|hours?|hrs?)?(?:\s*(?P<minutes>\d{1,2})\s*(?:m|min)?)?$")


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A goal and the week from which it holds (None: from ever)."""

    minutes: Minutes
    from_week: Week | None


def goal_in(changes: Sequence[GoalChange], week: Week) -> Minutes:
    """The goal in force in `week`; `changes` in the order in which they take effect. Ten hours if there is none."""
    goal = DEFAULT
    for change in changes:
        if change.from_week is None or change.from_week <= week:
            goal = change.minutes
    return goal


def takes_effect(current: Week, first: Week | None) -> Week | None:
    """From which week a goal set now holds: the next one, but at once (None) up to the end of the first week."""
    if first is None or current <= first:
        return None
    return current.plus(1)


def changed(changes: Sequence[GoalChange], change: GoalChange) -> list[GoalChange]:
    """The history after `change`: it replaces the one that still waits, and all of them where it counts at once."""
    if change.from_week is None:
        return [change]
    kept = [old for old in changes if old.from_week is None or old.from_week < change.from_week]
    return [*kept, change]


def read_goal(text: str) -> Minutes:
    """Minutes a week from `10`, `7.5`, `12h` or `7h30`: 1 to 100 hours, else `Refused`."""
    typed = text.strip().casefold()[:40]
    match = _GOAL.match(typed) if typed.isascii() else None
    if match is None:
        raise Refused(f"I can't read “{_shown(typed)}” as hours a week.", "10")
    hours = Decimal(match["hours"].replace(",", ".")) * 60
    minutes = int((hours + int(match["minutes"] or 0)).to_integral_value(ROUND_HALF_UP))
    if not LEAST <= minutes <= MOST:
        raise Refused(f"A weekly goal is 1 to 100 hours, and I read “{_shown(typed)}” as more or less than that.", "10")
    return Minutes(minutes)


def _shown(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())
