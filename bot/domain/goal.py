"""The weekly promise in minutes: a week is judged by the goal that was in force then (product rules, "Goal")."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bot.domain.duration import HOUR, LONGEST_INPUT, OF_A_DAY, Bounds, Minutes, decide, read_length
from bot.domain.duration_grammar import Meanings, Mistake, parse
from bot.domain.names import quoted
from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain
from bot.domain.week import DAYS_A_WEEK, Week
from bot.errors import Refused, Understood

DEFAULT_GOAL = Minutes(600)
LEAST_GOAL = Minutes(60)
MOST_GOAL = Minutes(6000)
EXAMPLE = "10"

OF_A_WEEK = Bounds(
    LEAST_GOAL,
    MOST_GOAL,
    "a goal is at least 1 hour",
    "a goal is at most 100 hours",
    100,
    takes_bare_minutes=False,
    noun="hours",
    name="hours a week",
    example=EXAMPLE,
)
_EACH = r"(?: ?/ ?| (?:an?|per|each|every|the|pro|die|in der|am|par|la|à la|por|a la|al) )"
_A_WEEK = compile_on_use(rf"{_EACH}(?:week|wk|w|woche|semaine|semana)\.?$| (?:weekly|wöchentlich)$")
_A_DAY = compile_on_use(rf"{_EACH}(?:day|d|tag|jour|día|dia)\.?$| (?:daily|täglich)$")


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
    """Return the history with a goal for `week` alone, this one or the next, or without one if `goal` is the usual one.

    What held before, or waits, follows it. Raises Refused for any other week and, once the Tuesday of this one is over,
    for less than holds now: until then another choice replaces it, later it can only be raised.
    """
    if week not in (Week.of(today), Week.of(today).plus(1)):
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
    """Return the minutes of `10`, `7,5`, `ten hours`, `7h30` or `600 min`, perhaps with `a week`: 1 to 100 hours.

    A bare number means hours; `2h a day` is seven times as much a week. Raises `Refused` like `read_duration`.
    """
    words = plain(text)
    daily = _A_DAY.sub("", words)
    if daily != words and len(text) <= LONGEST_INPUT:
        return decide(_times_seven(daily, text), text, OF_A_WEEK)
    return read_length(text, OF_A_WEEK, _drop_week)


def _drop_week(words: str) -> str:
    return _A_WEEK.sub("", words)


def _times_seven(daily: str, text: str) -> Meanings:
    """Return a week of the time a day that plain words mean. Raises `Refused` where they are no such time."""
    try:
        parsed = parse(daily)
    except Mistake as mistake:
        raise Understood(str(mistake).format(quoted(text)), EXAMPLE) from None
    if isinstance(parsed, Meanings):
        return Meanings(tuple(minutes * DAYS_A_WEEK for minutes in parsed.minutes), parsed.is_certain)
    if parsed is not None and parsed.number <= OF_A_DAY.bare_hours:
        return Meanings((parsed.number * HOUR * DAYS_A_WEEK,), is_certain=True)
    raise Refused(f"I can't read {quoted(text)} as hours a week.", EXAMPLE)
