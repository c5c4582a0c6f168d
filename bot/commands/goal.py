"""`goal`: the hours a week that one has promised oneself."""

from bot.chat.card import Card
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option
from bot.commands.shared.reminded_week import read_week
from bot.context import Context
from bot.domain.duration import Minutes
from bot.domain.goal import (
    EXAMPLE,
    GoalChange,
    add_change,
    choose_for_week,
    effective_from,
    goal_in,
    read_goal,
    usual_goal_in,
)
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import people
from bot.store import progress as stored_progress
from bot.views import goal as view


def _read_hours(text: str, _reading: Reading) -> Minutes:
    return read_goal(text)


HOURS = Option(
    "hours",
    OptionKind.DURATION,
    "hours a week",
    _read_hours,
    hint=EXAMPLE,
    longest=64,
    question="How many hours a week?",
)

WEEK = hidden_option("week")
"""Given by the buttons of a fresh start, and after it: the Monday of the one week that the goal is for."""

SPEC = Spec(
    "goal",
    "see your hours a week, or change them from next week on",
    (HOURS, WEEK),
    group="Your promise",
    title="Your weekly goal",
    submit="Set",
    examples=("/goal", "/goal 8"),
)


def run(context: Context, given: Given) -> Answer:
    """Show it, or set it."""
    changes = people.list_goals(context.tx, context.person.id)
    hours = given[HOURS]
    if hours is None:
        current = Week.of(context.today)
        from_week = effective_from(current, context.person.first_week)
        return Reply(view.goal(changes, current, context.today, from_week, is_seen=context.is_seen()))
    monday = given[WEEK]
    if monday:
        return Reply(_set_for_week(context, changes, hours, monday))
    return Reply(_set(context, changes, hours))


def _set_for_week(context: Context, changes: list[GoalChange], hours: Minutes, monday: str) -> Card:
    """Set the goal of one week alone, where `monday` (it may be forged) names this week or the next."""
    current = Week.of(context.today)
    week = read_week(monday)
    if week is None:
        raise Refused("That offer was for another week.", "/goal 5")
    after = choose_for_week(changes, week, hours, context.today)
    people.set_goals(context.tx, context.person.id, after, context.now)
    stored_progress.refresh(context.tx, context.person.id, context.now)
    goals = goal_in(after, week), goal_in(after, week.plus(1))
    return view.changed_for_week(*goals, is_this_week=week == current, is_seen=context.is_seen())


def _set(context: Context, changes: list[GoalChange], hours: Minutes) -> Card:
    current = Week.of(context.today)
    before = usual_goal_in(changes, current)
    from_week = effective_from(current, context.person.first_week)
    if from_week is None:
        after = add_change(changes, GoalChange(hours, None))
    else:
        settled = [change for change in changes if change.from_week is None or change.from_week < from_week]
        after = settled if hours == before else add_change(settled, GoalChange(hours, from_week))
    is_same = hours == before and bool(changes)
    was_waiting = any(change.from_week and change.from_week > current for change in changes)
    people.set_goals(context.tx, context.person.id, after, context.now)
    stored_progress.refresh(context.tx, context.person.id, context.now)
    if is_same:
        return view.unchanged(hours, was_waiting=was_waiting)
    return view.changed(hours, from_week, before, is_seen=context.is_seen())


COMMAND = Command(SPEC, run)
