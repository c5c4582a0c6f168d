"""Becoming a member of a group, and ceasing to be one, whatever brought it about."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.card import Card
from bot.chat.delivery import Delivery, UserAddress
from bot.context import Context
from bot.domain.goal import DEFAULT_GOAL, GoalChange, add_change, effective_from
from bot.domain.group import Group
from bot.domain.notice import Notice, is_too_early
from bot.domain.person import Person, ZoneSource
from bot.domain.reminder import ReminderKind, ReminderRoute
from bot.domain.schedule import Moment
from bot.domain.week import Week
from bot.store import groups, notices, outbox, partners, people, redraws, reminders, schedules, time_zones
from bot.store import progress as stored_progress
from bot.store.tx import Tx
from bot.views import members, organiser_notices

TOLD_WITHIN = timedelta(days=7)


def join_group(context: Context, group: Group) -> None:
    """Make the speaker a member. The first group of a person gives them its goal, and its zone until they set one."""
    if not context.person.is_zone_chosen and not context.own_groups():
        context.person = time_zones.move(context.tx, context.person, group.zone_name, ZoneSource.GROUP, context.now)
    if not people.list_goals(context.tx, context.person.id):
        _adopt_goal(context, group)
    groups.join(context.tx, group, context.person, context.now)
    _ask_about_far_member(context, group)
    context.member = groups.find_member(context.tx, group.id, context.person.id)


def _ask_about_far_member(context: Context, group: Group) -> None:
    """Ask the organisers about later results where the speaker's clock is far from the group's."""
    results = schedules.find_of_group(context.tx, ReminderKind.RESULTS, group.id)
    if results is None or not results.is_on:
        return
    moment, zones = Moment.of_key(results.moment), [context.person.zone_name]
    if is_too_early(moment, group.zone_name, zones, context.now):
        card = organiser_notices.far_member(group, moment)
        notices.tell_once(context.tx, group, Notice.FAR_MEMBER, card, context.now)


def leave_group(tx: Tx, group: Group, person: Person, now: datetime) -> bool:
    """End a membership, and reminders in that group's channel. Return True if there were any."""
    groups.leave(tx, group.id, person.id, now)
    partners.leave_group(tx, group.id, person.id, now)
    redraws.arm(tx, [group], now)
    reminder = reminders.find_choice(tx, person.id)
    if reminder is None or reminder.how is not ReminderRoute.CHANNEL or reminder.group_id != group.id:
        return False
    stop_reminders(tx, person, now)
    return True


def remove_member(tx: Tx, group: Group, person: Person, now: datetime) -> None:
    """End a membership for an organiser, until one of them lets the person in again, and tell the person."""
    had_reminders = leave_group(tx, group, person, now)
    groups.keep_out(tx, group.id, person.id, now)
    _tell(tx, group, person, "removed", members.removed(group, had_reminders=had_reminders), now)


def let_in(tx: Tx, group: Group, person: Person, now: datetime) -> None:
    """Let somebody join again who was removed, and tell them."""
    groups.let_in(tx, group.id, person.id)
    _tell(tx, group, person, "letin", members.let_in(group), now)


def _tell(tx: Tx, group: Group, person: Person, what: str, card: Card, now: datetime) -> None:
    """Tell somebody privately, where the group's platform knows them."""
    user = people.find_identity(tx, person.id, group.platform, group.team)
    if user is None:
        return
    to = UserAddress(group.platform, group.team, user, name=person.name)
    key = f"{what}/{group.id}/{person.id}/{now:%Y-%m-%dT%H:%M:%S}"
    outbox.enqueue(tx, Delivery(key, to, card, now, now + TOLD_WITHIN), person_id=person.id)


def end_group(tx: Tx, group: Group, now: datetime) -> None:
    """End a group: nothing is posted any more, and nobody is reminded in its channel."""
    for person_id in reminders.list_reminded_in(tx, group.id):
        stop_reminders(tx, people.get(tx, person_id), now)
    schedules.delete_of_group(tx, group.id)
    outbox.drop_for_group(tx, group.id, groups.ENDED, now)
    partners.end_group(tx, group.id, now)
    groups.end(tx, group, now)


def stop_reminders(tx: Tx, person: Person, now: datetime) -> None:
    """Remind the person of nothing more; the moments that they chose stay saved."""
    reminder = reminders.find_choice(tx, person.id)
    if reminder is not None:
        reminders.save_choice(tx, person.id, replace(reminder, how=ReminderRoute.OFF, group_id=None))
        schedules.rearm_person(tx, person, now)


def _adopt_goal(context: Context, group: Group) -> None:
    """Make the group's goal the speaker's, from the week in which a change takes effect."""
    first_week = context.person.first_week
    from_week = effective_from(Week.of(context.today), first_week)
    earlier = [GoalChange(DEFAULT_GOAL, None)] if from_week else []
    people.set_goals(context.tx, context.person.id, add_change(earlier, GoalChange(group.goal, from_week)), context.now)
    if first_week is not None:
        stored_progress.refresh(context.tx, context.person.id, context.now)
