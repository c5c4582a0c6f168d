"""Becoming a member of a group, and ceasing to be one, in whatever way it came about."""

from dataclasses import replace
from datetime import datetime

from bot.context import Context
from bot.domain.goal import DEFAULT_GOAL, GoalChange, add_change, effective_from
from bot.domain.group import Group
from bot.domain.person import Person, ZoneSource
from bot.domain.reminder import ReminderRoute
from bot.domain.week import Week
from bot.store import groups, people, reminders, schedules, time_zones
from bot.store import progress as stored_progress
from bot.store.sqlite import Tx


def enter(context: Context, group: Group) -> None:
    """Become a member. The first group that a person joins gives them its goal, and its zone until they have one."""
    if not context.person.is_zone_chosen and not context.own_groups():
        context.person = time_zones.move(context.tx, context.person, group.zone_name, ZoneSource.GROUP, context.now)
    if not people.goals(context.tx, context.person.id):
        _take_goal(context, group)
    groups.join(context.tx, group, context.person, context.now)
    context.member = groups.member(context.tx, group.id, context.person.id)


def leave(tx: Tx, group: Group, person: Person, now: datetime) -> bool:
    """Cease to be a member; reminders in that group's channel end with it. True if there were any."""
    groups.leave(tx, group.id, person.id, now)
    chosen = reminders.chosen(tx, person.id)
    if chosen is None or chosen.how is not ReminderRoute.CHANNEL or chosen.group_id != group.id:
        return False
    stop_reminders(tx, person, now)
    return True


def stop_reminders(tx: Tx, person: Person, now: datetime) -> None:
    """Remind the person of nothing more; the moments they chose stay known."""
    chosen = reminders.chosen(tx, person.id)
    if chosen is not None:
        reminders.choose(tx, person.id, replace(chosen, how=ReminderRoute.OFF, group_id=None))
        schedules.rearm_person(tx, person, now)


def _take_goal(context: Context, group: Group) -> None:
    first_week = context.person.first_week
    from_week = effective_from(Week.of(context.today), first_week)
    until_then = [GoalChange(DEFAULT_GOAL, None)] if from_week else []
    people.set_goals(
        context.tx, context.person.id, add_change(until_then, GoalChange(group.goal, from_week)), context.now
    )
    if first_week is not None:
        stored_progress.refresh(context.tx, context.person.id, context.now)
