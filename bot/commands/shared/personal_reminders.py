"""Setting where a person's reminders come, and when: by their command, or with everything else after joining."""

from dataclasses import replace

from bot.commands.shared.group_options import PostTime
from bot.context import Context
from bot.domain.reminder import PERSON_KINDS, RULES, ReminderChoice, ReminderKind, ReminderRoute
from bot.domain.schedule import Moment
from bot.store import reminders, schedules


def choose_route(context: Context, route: ReminderRoute) -> None:
    """Set where reminders come, at their usual times unless others were set before."""
    save_route(context, route)
    for kind in PERSON_KINDS:
        arm(context, kind, None)


def save_route(context: Context, route: ReminderRoute) -> None:
    """Save the route, and the identity through which it was chosen: that is where a direct reminder goes."""
    user = context.request.user
    group_id = context.require_own_group().id if route is ReminderRoute.CHANNEL else None
    before = reminders.find_choice(context.tx, context.person.id)
    choice = ReminderChoice(route, group_id, user.platform, user.team, user.id, before.fresh_run if before else None)
    if route is ReminderRoute.OFF and before is not None:
        choice = replace(before, how=ReminderRoute.OFF, group_id=None)
    if route is ReminderRoute.OFF:
        schedules.forget_asked(context.tx, context.person.id)
    reminders.save_choice(context.tx, context.person.id, choice)


def arm(context: Context, kind: ReminderKind, time: PostTime | None) -> None:
    """Schedule the reminder at `time`; what that leaves open stays as it was."""
    old = schedules.find_of_person(context.tx, kind, context.person.id)
    old_moment = Moment.of_key(old.moment) if old else RULES[kind].moment
    moment = time.moment if time and time.moment else old_moment
    is_on = time.is_on if time else old is None or old.is_on
    schedules.arm_person(context.tx, context.person, kind, moment, context.now, is_on=is_on)
