"""Becoming a member of a group, and ceasing to be one, in whatever way it came about."""

from dataclasses import replace
from datetime import datetime

from bot.commands import zoning
from bot.commands.turn import Turn
from bot.domain.goal import DEFAULT, GoalChange, changed, takes_effect
from bot.domain.group import Group
from bot.domain.person import Person, ZoneSource
from bot.domain.reminder import How
from bot.domain.week import Week
from bot.store import groups, keeping, people, personal, schedules
from bot.store.sqlite import Tx


def enter(turn: Turn, group: Group) -> None:
    """Become a member. The first group that a person joins gives them its goal, and its zone until they have one."""
    if not turn.person.is_zone_chosen and not turn.own_groups():
        turn.person = zoning.move(turn.tx, turn.person, group.zone_name, ZoneSource.GROUP, turn.now)
    if not people.goals(turn.tx, turn.person.id):
        _take_goal(turn, group)
    groups.join(turn.tx, group, turn.person, turn.now)
    turn.member = groups.member(turn.tx, group.id, turn.person.id)


def leave(tx: Tx, group: Group, person: Person, now: datetime) -> bool:
    """Cease to be a member; reminders in that group's channel end with it. True if there were any."""
    groups.leave(tx, group.id, person.id, now)
    chosen = personal.reminders(tx, person.id)
    if chosen is None or chosen.how is not How.CHANNEL or chosen.group_id != group.id:
        return False
    stop_reminders(tx, person, now)
    return True


def stop_reminders(tx: Tx, person: Person, now: datetime) -> None:
    """Remind the person of nothing more; the moments they chose stay known."""
    chosen = personal.reminders(tx, person.id)
    if chosen is not None:
        personal.set_reminders(tx, person.id, replace(chosen, how=How.OFF, group_id=None))
        schedules.rearm_person(tx, person, now)


def _take_goal(turn: Turn, group: Group) -> None:
    first_week = turn.person.first_week
    from_week = takes_effect(Week.of(turn.today), first_week)
    until_then = [GoalChange(DEFAULT, None)] if from_week else []
    people.set_goals(turn.tx, turn.person.id, changed(until_then, GoalChange(group.goal, from_week)), turn.now)
    if first_week is not None:
        keeping.refresh(turn.tx, people.get(turn.tx, turn.person.id), turn.now)
