"""Changing a group's settings, and what follows a change: the daily digest, the posts, the zones of members."""

from bot.context import Context
from bot.domain.group import Group, Lines
from bot.domain.person import ZoneSource
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.schedule import Moment
from bot.store import digests, groups, people, schedules, time_zones


def change_group(context: Context, group: Group, changed: Group) -> None:
    """Save the changed settings; posts, and members whose zone is the group's, follow a new zone."""
    groups.update(context.tx, changed)
    if changed.lines is not group.lines:
        digests.save_last(context.tx, [group.id], context.now)
        arm_digest(context, changed, find_moment(context, changed, ReminderKind.DIGEST))
    if changed.zone_name != group.zone_name:
        schedules.rearm_group(context.tx, changed, context.now)
        _move_members(context, changed)


def arm_digest(context: Context, group: Group, moment: Moment) -> None:
    """Switch the daily digest on at `moment` if it is what the channel sees, else off."""
    schedules.arm_group(context.tx, group, ReminderKind.DIGEST, moment, context.now, is_on=group.lines is Lines.DIGEST)


def find_moment(context: Context, group: Group, kind: ReminderKind) -> Moment:
    """Return when a group's post comes: the usual moment unless it was moved."""
    schedule = schedules.find_of_group(context.tx, kind, group.id)
    return Moment.of_key(schedule.moment) if schedule else RULES[kind].moment


def _move_members(context: Context, group: Group) -> None:
    """Move those members into the group's zone who have theirs from this group, their first."""
    people.lock(context.tx, [person.id for person, _ in groups.list_members(context.tx, group.id)])
    for person, _ in groups.list_members(context.tx, group.id):
        first, _ = groups.list_of_person(context.tx, person.id)[0]
        if person.zone_source is ZoneSource.GROUP and first.id == group.id:
            time_zones.move(context.tx, person, group.zone_name, ZoneSource.GROUP, context.now)
