"""`reminders`: a person's own: directly, named in a channel, or none at all, which is how it begins."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP, REPLACE, PostTime, form_command, post_time_option
from bot.commands.shared.handler import Command
from bot.commands.shared.options import choice_option
from bot.context import Context
from bot.domain.group import Group
from bot.domain.reminder import PERSON_KINDS, RULES, ReminderChoice, ReminderKind, ReminderRoute
from bot.domain.schedule import Moment
from bot.store import groups, reminders, schedules
from bot.views import reminders as view

HOW = choice_option(
    "how",
    "where you want them",
    *(route.value for route in ReminderRoute),
    synonyms={"direct": "on, yes, dm, dms, directly, private, privately", "off": "no, none, never, nowhere, stop"},
)
NUDGE = post_time_option("nudge", ReminderKind.NUDGE, "when nothing is logged yet")
LAST_CALL = post_time_option("lastcall", ReminderKind.LAST_CALL, "when a little is missing", also="last call, last")

SPEC = Spec(
    "reminders",
    "your own reminders: direct, in the channel, or off",
    (HOW, NUDGE, LAST_CALL, GROUP, REPLACE),
    group="Settings",
    examples=("/reminders direct", "/reminders nudge: wed 19:00 lastcall: off"),
    also="remind notify notifications notification reminder stop mute",
)


def run(context: Context, given: Given) -> Answer:
    """Show what is set, or set it."""
    route = given[HOW]
    if route is not None:
        _choose(context, ReminderRoute(route))
    times = {ReminderKind.NUDGE: given[NUDGE], ReminderKind.LAST_CALL: given[LAST_CALL]}
    is_changed = route is not None or any(times.values())
    if is_changed:
        for kind in PERSON_KINDS:
            _arm(context, kind, times.get(kind))
    return Reply(_card(context, is_changed=is_changed), in_place=given[REPLACE] is not None)


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return what is set now."""
    reminder = reminders.find_choice(context.tx, context.person.id)
    schedule_of = {schedule.kind: schedule for schedule in schedules.list_of_person(context.tx, context.person.id)}

    def say_time(kind: ReminderKind) -> str:
        schedule = schedule_of.get(kind)
        if schedule is None:
            return RULES[kind].moment.key
        return schedule.moment if schedule.is_on else "off"

    route = reminder.how if reminder else ReminderRoute.OFF
    return {"how": route.value, "nudge": say_time(ReminderKind.NUDGE), "lastcall": say_time(ReminderKind.LAST_CALL)}


def _choose(context: Context, route: ReminderRoute) -> None:
    """Save the route, and the identity through which it was chosen: that is where a direct reminder goes."""
    user = context.request.user
    group_id = context.require_own_group().id if route is ReminderRoute.CHANNEL else None
    before = reminders.find_choice(context.tx, context.person.id)
    choice = ReminderChoice(route, group_id, user.platform, user.team, user.id, before.fresh_run if before else None)
    if route is ReminderRoute.OFF and before is not None:
        choice = replace(before, how=ReminderRoute.OFF, group_id=None)
    reminders.save_choice(context.tx, context.person.id, choice)


def _arm(context: Context, kind: ReminderKind, time: PostTime | None) -> None:
    """Schedule the reminder at `time`; what that leaves open stays as it was."""
    old = schedules.find_of_person(context.tx, kind, context.person.id)
    old_moment = Moment.of_key(old.moment) if old else RULES[kind].moment
    moment = time.moment if time and time.moment else old_moment
    is_on = time.is_on if time else old is None or old.is_on
    schedules.arm_person(context.tx, context.person, kind, moment, context.now, is_on=is_on)


def _card(context: Context, *, is_changed: bool) -> Card:
    reminder = reminders.find_choice(context.tx, context.person.id)
    group = groups.get(context.tx, reminder.group_id) if reminder and reminder.group_id is not None else None
    settings = view.ReminderSettings(
        reminder.how if reminder else ReminderRoute.OFF,
        group,
        reminder.platform if reminder else context.request.user.platform,
        {schedule.kind: schedule for schedule in schedules.list_of_person(context.tx, context.person.id)},
        context.person,
        _is_hidden(context, group),
    )
    return view.reminders(settings, is_changed=is_changed)


def _is_hidden(context: Context, group: Group | None) -> bool:
    member = groups.find_member(context.tx, group.id, context.person.id) if group else None
    return member is not None and member.is_hidden


COMMAND = Command(SPEC, run)
FORM = form_command(COMMAND, "set reminders", prefill, title="Your reminders")
