"""`group start`: this channel's group; the form comes filled in and can be sent unchanged."""

from dataclasses import replace

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.group_options import GOAL, NAME, ZONE, When, when
from bot.commands.shared.handler import Command
from bot.commands.shared.membership import enter
from bot.commands.shared.options import hidden
from bot.context import Answered, Context
from bot.domain.duration import say
from bot.domain.group import GROUP_NAME_LIMIT, Group
from bot.domain.names import clean, cut
from bot.domain.reminder import RULES, ReminderKind
from bot.errors import NotAllowed, Refused
from bot.store import groups, organisers, schedules
from bot.views import group as view

LAST_CALL = when("lastcall", ReminderKind.GROUP_CALL, "last call of the week, in the channel")
RESULTS = when("results", ReminderKind.RESULTS, "results of the week, in the channel")
ABSENT = hidden("absent")
"""Filled in by an adapter that sets a group up for others: who starts it is its organiser, and joins like anyone."""
NAMELESS = "Study group"

SPEC = Spec(
    "group start",
    "start a study group in this channel",
    (NAME, ZONE, GOAL, LAST_CALL, RESULTS, ABSENT),
    group="Groups",
    title="Start a group here",
    submit="Start",
    shows_form=True,
    needs_posting=True,
    examples=("/group start", "/group start name: Night owls zone: Europe/Berlin goal: 10"),
)


def run(context: Context, given: Given) -> Answer:
    """Start it, with the one who starts it as its organiser and, unless they are absent, its first member."""
    _check(context)
    goal = given[GOAL]
    group = groups.add(
        context.tx,
        context.request.channel,
        given[NAME] or _name(context),
        given[ZONE] or _zone(context),
        context.defaults.goal if goal is None else goal,
        context.now,
    )
    organisers.add(context.tx, group.id, context.person.id)
    for kind, said in ((ReminderKind.RESULTS, given[RESULTS]), (ReminderKind.GROUP_CALL, given[LAST_CALL])):
        _arm(context, group, kind, said)
    schedules.skip_week(context.tx, group, ReminderKind.RESULTS, context.now)
    if given[ABSENT] is None:
        enter(context, group)
    posts = schedules.of_group(context.tx, group.id)
    return Reply(view.started(group, posts, context.person.name), Audience.PUBLIC)


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """What the group will be if the form is sent as it is."""
    _check(context)
    return {
        "name": _name(context),
        "zone": _zone(context),
        "goal": say(context.defaults.goal),
        "lastcall": RULES[ReminderKind.GROUP_CALL].moment.key,
        "results": RULES[ReminderKind.RESULTS].moment.key,
    }


def _check(context: Context) -> None:
    channel = context.request.channel
    if channel.is_direct:
        raise Refused("A group lives in a channel, and this is a direct message. Say it in the channel that is meant.")
    group = groups.find(context.tx, channel)
    if group is not None:
        raise Answered(_there_is_one(context, group))
    if not context.request.user.may_start:
        raise NotAllowed("Only someone who may manage this channel (on Slack, any full member) can start a group here.")


def _there_is_one(context: Context, group: Group) -> Answer:
    if group.asleep and (context.request.user.may_start or context.may_organise(group)):
        awake = replace(group, asleep=None)
        groups.update(context.tx, awake)
        schedules.rearm_group(context.tx, awake, context.now)
        return Reply(view.woken(awake))
    member = groups.member(context.tx, group.id, context.person.id)
    return Reply(view.there_is_one(group, is_member=member is not None and not member.has_left), is_wrong=True)


def _arm(context: Context, group: Group, kind: ReminderKind, said: When | None) -> None:
    moment = (said.moment if said else None) or RULES[kind].moment
    schedules.arm_group(context.tx, group, kind, moment, context.now, is_on=said is None or said.is_on)


def _name(context: Context) -> str:
    return cut(clean(context.request.channel.name.lstrip("#"), GROUP_NAME_LIMIT), GROUP_NAME_LIMIT) or NAMELESS


def _zone(context: Context) -> str:
    return context.person.zone_name if context.person.is_zone_chosen else context.defaults.zone


COMMAND = Command(SPEC, run, prefill)
