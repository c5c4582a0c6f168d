"""The weekly promise in minutes: a week is judged by the goal that was in force then (product rules, "Goal")."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from bot.domain.duration import HOUR, Minutes, say
from bot.domain.names import clean, quoted
from bot.domain.week import Week
from bot.errors import Refused

DEFAULT_GOAL = Minutes(600)
LEAST_GOAL = Minutes(60)
MOST_GOAL = Minutes(6000)
LONGEST_INPUT = 64
EXAMPLE = "10"

_LARGEST_SAID = Minutes(60_000)
_HALF = re.compile(" ?½")
_H = r"h(?:ours?|rs?)?"
_M = r"m(?:in(?:ute)?s?)?"
_A_WEEK = re.compile(r" ?/ ?week$| (?:an?|per|each|every) week$| weekly$")
_HOURS = re.compile(rf"([0-9]+(?:\.[0-9]+|,[0-9]{{1,2}})?|\.[0-9]+)(?: ?{_H})?")
_MINUTES = re.compile(rf"([0-9]+) ?{_M}")
_HOURS_AND_MINUTES = re.compile(rf"([0-9]+)(?: ?{_H}(?: and|,)? ?([0-9]{{1,2}})(?: ?{_M})?|:([0-9]{{2}}))")


class GoalChange(NamedTuple):
    """A goal and the week from which it holds (None: from ever), or that week alone if it is for one week."""

    minutes: Minutes
    from_week: Week | None
    is_for_one_week: bool = False

    def holds_in(self, week: Week) -> bool:
        """Return True if it says the goal of `week`, unless a later change does."""
        if self.is_for_one_week:
            return self.from_week == week
        return self.from_week is None or self.from_week <= week


def goal_in(changes: Sequence[GoalChange], week: Week) -> Minutes:
    """Return the goal in force in `week`, ten hours if there is none; `changes` in the order of their effect."""
    goal = DEFAULT_GOAL
    for change in changes:
        if change.holds_in(week):
            goal = change.minutes
    return goal


def usual_goal_in(changes: Sequence[GoalChange], week: Week) -> Minutes:
    """Return the goal of `week` without one that is for that week alone."""
    return goal_in([change for change in changes if not change.is_for_one_week], week)


def smaller_goals(goal: Minutes) -> list[Minutes]:
    """Return what a fresh start offers for one week: a third and a half of the goal in whole hours, if smaller."""
    hours = {max(1, round(goal / part / HOUR)) for part in (3, 2)}
    return [Minutes(count * HOUR) for count in sorted(hours) if count * HOUR < goal]


def choose_for_week(changes: Sequence[GoalChange], week: Week, goal: Minutes, today: date) -> list[GoalChange]:
    """Return the history with a goal for the current `week` alone, or without one where `goal` is the usual one.

    What held before, or waits, follows it. Raises Refused for a week that is not this one and, once its Tuesday is
    over, for less than holds now: until then another choice replaces it, later it can only be raised.
    """
    if Week.of(today) != week:
        raise Refused("That offer was for another week.", "/goal 5")
    if today > week.monday + timedelta(days=1) and goal < goal_in(changes, week):
        raise Refused("From Wednesday on this week's goal can only be raised.", "/goal 5")
    rest = [change for change in changes if not (change.is_for_one_week and change.from_week == week)]
    if goal >= usual_goal_in(rest, week):
        return rest
    begun = [change for change in rest if change.from_week is None or change.from_week <= week]
    return [*begun, GoalChange(goal, week, is_for_one_week=True), *rest[len(begun) :]]


def effective_from(current: Week, first: Week | None) -> Week | None:
    """Return the week from which a goal set now holds: the next one, or None (at once) up to the end of the first."""
    if first is None or current <= first:
        return None
    return current.plus(1)


def add_change(changes: Sequence[GoalChange], change: GoalChange) -> list[GoalChange]:
    """Return the history after `change`, which replaces one that still waits, and all where it counts at once."""
    if change.from_week is None:
        return [change]
    earlier = [old for old in changes if old.from_week is None or old.from_week < change.from_week]
    return [*earlier, change]


def read_goal(text: str) -> Minutes:
    """Return the minutes of `10`, `7,5`, `12 hours`, `7h30` or `600 min`, perhaps with `a week`: 1 to 100 hours.

    A bare number means hours, fractions are rounded half up. Raises Refused with what was understood.
    """
    if len(text) > LONGEST_INPUT:
        raise Refused(f"That has {len(text):,} characters, too many for a goal.", EXAMPLE)
    plain = _A_WEEK.sub("", _HALF.sub(".5", clean(text, LONGEST_INPUT).lower()).replace("\u2212", "-"))
    if not plain:
        raise Refused("I found no hours there.", EXAMPLE)
    minutes = _minutes(plain, text)
    if minutes is not None:
        return _within_limits(minutes, text)
    if plain.startswith("-") and _minutes(plain[1:].lstrip(), text) is not None:
        raise _out_of_limits(text, "less than nothing", "at least 1 hour")
    raise Refused(f"I can't read {quoted(text)} as hours a week.", EXAMPLE)


def _minutes(plain: str, text: str) -> int | None:
    """Return the minutes that `plain` means, however few or many; None if it is no number of hours."""
    if match := _HOURS.fullmatch(plain):
        hours = Decimal(match[1].replace(",", "."))
        return int((hours * HOUR).to_integral_value(ROUND_HALF_UP))
    if match := _MINUTES.fullmatch(plain):
        return int(match[1])
    if match := _HOURS_AND_MINUTES.fullmatch(plain):
        beside = int(match[2] or match[3])
        if beside >= HOUR:
            sentence = f"I read {beside} minutes beside the hours in {quoted(text)}, but an hour has 60."
            raise Refused(sentence, EXAMPLE)
        return int(match[1]) * HOUR + beside
    return None


def _within_limits(minutes: int, text: str) -> Minutes:
    if minutes < LEAST_GOAL:
        raise _out_of_limits(text, say(minutes), "at least 1 hour")
    if minutes > MOST_GOAL:
        understood = say(minutes) if minutes <= _LARGEST_SAID else f"more than {say(_LARGEST_SAID)}"
        raise _out_of_limits(text, understood, "at most 100 hours")
    return Minutes(minutes)


def _out_of_limits(text: str, understood: str, limit: str) -> Refused:
    return Refused(f"I read {quoted(text)} as {understood}, but a goal is {limit}.", EXAMPLE)
