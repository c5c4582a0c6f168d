"""`reminders`: a person's own: directly, named in a channel, or none at all, which is how it begins."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP, REPLACE, When, form_behind, when
from bot.commands.shared.handler import Command
from bot.commands.shared.options import choice
from bot.context import Context
from bot.domain.group import Group
from bot.domain.reminder import PERSON_KINDS, RULES, ReminderChoice, ReminderKind, ReminderRoute
from bot.domain.schedule import Moment
from bot.store import groups, reminders, schedules
from bot.views import reminders as view

HOW = choice(
    "how",
    "where you want them",
    *(how.value for how in ReminderRoute),
    also={"direct": "on, yes, dm, dms, directly, private, privately", "off": "no, none, never, nowhere, stop"},
)
NUDGE = when("nudge", ReminderKind.NUDGE, "when nothing is logged yet")
LAST_CALL = when("lastcall", ReminderKind.LAST_CALL, "when a little is missing")

SPEC = Spec(
    "reminders",
    "your own reminders: direct, in the channel, or off",
    (HOW, NUDGE, LAST_CALL, GROUP, REPLACE),
    group="Settings",
    examples=("/reminders direct", "/reminders nudge: wed 19:00 lastcall: off"),
    also="remind notify notifications",
)


def run(context: Context, given: Given) -> Answer:
    """Show what is set, or set it."""
    how = given[HOW]
    if how is not None:
        _choose(context, ReminderRoute(how))
    moved = {ReminderKind.NUDGE: given[NUDGE], ReminderKind.LAST_CALL: given[LAST_CALL]}
    if how is not None or any(moved.values()):
        for kind in PERSON_KINDS:
            _arm(context, kind, moved.get(kind))
    is_changed = how is not None or any(moved.values())
    return Reply(_card(context, is_changed=is_changed), in_place=given[REPLACE] is not None)


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """What is set now."""
    chosen = reminders.chosen(context.tx, context.person.id)
    found = {rule.kind: rule for rule in schedules.of_person(context.tx, context.person.id)}

    def said(kind: ReminderKind) -> str:
        rule = found.get(kind)
        if rule is None or rule.moment is None:
            return RULES[kind].moment.key
        return rule.moment if rule.is_on else "off"

    how = chosen.how if chosen else ReminderRoute.OFF
    return {"how": how.value, "nudge": said(ReminderKind.NUDGE), "lastcall": said(ReminderKind.LAST_CALL)}


def _choose(context: Context, how: ReminderRoute) -> None:
    """Remember the identity through which it was chosen: that is where a direct reminder goes."""
    user = context.request.user
    group_id = context.own_group().id if how is ReminderRoute.CHANNEL else None
    before = reminders.chosen(context.tx, context.person.id)
    chosen = ReminderChoice(how, group_id, user.platform, user.team, user.id, before.fresh_run if before else None)
    if how is ReminderRoute.OFF and before is not None:
        chosen = replace(before, how=ReminderRoute.OFF, group_id=None)
    reminders.choose(context.tx, context.person.id, chosen)


def _arm(context: Context, kind: ReminderKind, said: When | None) -> None:
    old = schedules.find_of_person(context.tx, kind, context.person.id)
    before = Moment.of_key(old.moment) if old and old.moment else RULES[kind].moment
    moment = said.moment if said and said.moment else before
    is_on = said.is_on if said else old is None or old.is_on
    schedules.arm_person(context.tx, context.person, kind, moment, context.now, is_on=is_on)


def _card(context: Context, *, is_changed: bool) -> Card:
    chosen = reminders.chosen(context.tx, context.person.id)
    group = groups.get(context.tx, chosen.group_id) if chosen and chosen.group_id is not None else None
    found = view.ReminderSettings(
        chosen.how if chosen else ReminderRoute.OFF,
        group,
        chosen.platform if chosen else context.request.user.platform,
        {rule.kind: rule for rule in schedules.of_person(context.tx, context.person.id)},
        context.person,
        _is_hidden(context, group),
    )
    return view.reminders(found, is_changed=is_changed)


def _is_hidden(context: Context, group: Group | None) -> bool:
    member = groups.member(context.tx, group.id, context.person.id) if group else None
    return member is not None and member.is_hidden


COMMAND = Command(SPEC, run)
FORM = form_behind(COMMAND, "set reminders", prefill, title="Your reminders")
