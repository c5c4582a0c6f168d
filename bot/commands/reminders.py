"""`reminders`: a person's own: directly, named in a channel, or none at all, which is how it begins."""

from datetime import datetime

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared import recalling
from bot.commands.shared.group_options import GROUP, REPLACE, form_command, post_time_option
from bot.commands.shared.handler import Command
from bot.commands.shared.options import choice_option
from bot.commands.shared.personal_reminders import arm, save_route
from bot.context import Context
from bot.domain.coming_reminder import Obstacle, find_next
from bot.domain.duration import say
from bot.domain.group import Group
from bot.domain.reminder import (
    KINDS_OF_THIS_WEEK,
    LAST_CALL_WITHIN_MINUTES,
    PERSON_KINDS,
    RULES,
    ReminderKind,
    ReminderRoute,
)
from bot.domain.schedule import Moment
from bot.domain.scheduled import PersonSchedule
from bot.store import groups, reminders, schedules
from bot.store import progress as stored_progress
from bot.views import recall as recall_view
from bot.views import reminders as view

HOW = choice_option(
    "how",
    "where you want them",
    *(route.value for route in ReminderRoute),
    labels={"direct": "Privately", "channel": "In the channel, by name", "off": "No reminders"},
    question="Where do you want reminders?",
    description="Only in weeks you haven't kept, never while you're away.",
    synonyms={"direct": "on, yes, dm, dms, directly, private, privately", "off": "no, none, never, nowhere, stop"},
)
NUDGE = post_time_option(
    "nudge",
    ReminderKind.NUDGE,
    "when nothing is logged yet",
    "When should a nudge come?",
    "It comes if the week has no check-in yet.",
)
LAST_CALL = post_time_option(
    "lastcall",
    ReminderKind.LAST_CALL,
    "when a little is missing",
    "When should your last call come?",
    f"Friday to Sunday, if {say(LAST_CALL_WITHIN_MINUTES)} or less are missing.",
    also="last call, last",
)

RECALL = choice_option(
    "recall",
    "if old notes of yours come back",
    "on",
    "off",
    labels={"on": "Yes, ask about old notes", "off": "No"},
    question="Should I ask about old notes?",
    description="With a check-in, once a day at most: can you still explain what you wrote?",
    synonyms={"on": "yes", "off": "no, none, never, stop"},
)

SPEC = Spec(
    "reminders",
    "your own reminders: direct, in the channel, or off",
    (HOW, NUDGE, LAST_CALL, RECALL, GROUP, REPLACE),
    group="Settings",
    examples=("/reminders direct", "/reminders nudge: wed 19:00 lastcall: off", "/reminders recall: off"),
    also="remind notify notifications notification reminder stop mute",
)


def run(context: Context, given: Given) -> Answer:
    """Show what is set, or set it."""
    route = given[HOW]
    if route is not None:
        save_route(context, ReminderRoute(route))
    times = {ReminderKind.NUDGE: given[NUDGE], ReminderKind.LAST_CALL: given[LAST_CALL]}
    is_changed = route is not None or any(times.values())
    if is_changed:
        for kind in PERSON_KINDS:
            arm(context, kind, times.get(kind))
    is_recall_on = recalling.is_recall_on(context)
    if given[RECALL]:
        is_recall_on = given[RECALL] == "on"
        recalling.switch_recall(context, is_on=is_recall_on)
        if not is_changed:
            return Reply(recall_view.switched(is_on=is_recall_on))
    return Reply(_card(context, is_changed=is_changed, is_recall_on=is_recall_on), in_place=given[REPLACE] is not None)


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
    times = {"nudge": say_time(ReminderKind.NUDGE), "lastcall": say_time(ReminderKind.LAST_CALL)}
    return {"how": route.value, **times, "recall": "on" if recalling.is_recall_on(context) else "off"}


def _card(context: Context, *, is_changed: bool, is_recall_on: bool) -> Card:
    reminder = reminders.find_choice(context.tx, context.person.id)
    group = groups.get(context.tx, reminder.group_id) if reminder and reminder.group_id is not None else None
    rules = {schedule.kind: schedule for schedule in schedules.list_of_person(context.tx, context.person.id)}
    settings = view.ReminderSettings(
        reminder.how if reminder else ReminderRoute.OFF,
        group,
        reminder.platform if reminder else context.request.user.platform,
        rules,
        context.person,
        _is_hidden(context, group),
        _find_coming(context, rules),
        is_recall_on,
    )
    return view.reminders(settings, is_changed=is_changed)


def _find_coming(context: Context, rules: dict[ReminderKind, PersonSchedule]) -> datetime | Obstacle | None:
    """Return when the next nudge or last call can come, else what keeps them away; None where both are off."""
    progress = stored_progress.judge_person(context.tx, context.person.id, context.now)
    coming = [
        find_next(kind, Moment.of_key(rule.moment), rule.done_day, progress, context.seen_at, context.now)
        for kind in KINDS_OF_THIS_WEEK
        if (rule := rules.get(kind)) is not None and rule.is_on
    ]
    instants = [found for found in coming if isinstance(found, datetime)]
    return min(instants) if instants else next(iter(coming), None)


def _is_hidden(context: Context, group: Group | None) -> bool:
    member = groups.find_member(context.tx, group.id, context.person.id) if group else None
    return member is not None and member.is_hidden


COMMAND = Command(SPEC, run)
FORM = form_command(COMMAND, "set reminders", prefill, title="Your reminders")
