"""`group start`: this channel's group; the form comes filled in and can be sent unchanged."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.group_options import GOAL, NAME, ZONE, PostTime, by_name, post_time_option
from bot.commands.shared.handler import Command
from bot.context import Answered, Context
from bot.domain.duration import say
from bot.domain.group import GROUP_NAME_LIMIT, Group
from bot.domain.names import clean, cut
from bot.domain.reminder import RULES, ReminderKind
from bot.errors import NotAllowed, Refused
from bot.store import groups, organisers, schedules, sleeping
from bot.views import group as view

LAST_CALL = post_time_option(
    "lastcall",
    ReminderKind.GROUP_CALL,
    "last call of the week, in the channel",
    "When does the last call of the week come?",
    "In the channel, without names.",
    also="last call",
)
RESULTS = post_time_option(
    "results",
    ReminderKind.RESULTS,
    "results of the week, in the channel",
    "When do the results of the week come?",
    "In the channel, naming who kept the week.",
)
DEFAULT_NAME = "Study group"

SPEC = Spec(
    "group start",
    "start a study group in this channel",
    (NAME, by_name(ZONE), by_name(GOAL), by_name(LAST_CALL), by_name(RESULTS)),
    group="Groups",
    title="Start a group here",
    submit="Start",
    shows_form=True,
    needs_posting=True,
    examples=("/group start", "/group start name: Night owls zone: Europe/Berlin goal: 10"),
)


def run(context: Context, given: Given) -> Answer:
    """Start it, with the one who starts it as its organiser; they join like anyone."""
    _check_channel(context)
    goal = given[GOAL]
    group = groups.add(
        context.tx,
        context.request.channel,
        given[NAME] or _default_name(context),
        given[ZONE] or _default_zone(context),
        context.defaults.goal if goal is None else goal,
        context.now,
    )
    organisers.add(context.tx, group.id, context.person.id)
    for kind, time in ((ReminderKind.RESULTS, given[RESULTS]), (ReminderKind.GROUP_CALL, given[LAST_CALL])):
        _arm(context, group, kind, time)
    schedules.skip_week(context.tx, group, ReminderKind.RESULTS, context.now)
    posts = schedules.list_of_group(context.tx, group.id)
    return Reply(view.started(group, posts), Audience.PUBLIC)


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return what the group will be if the form is sent as it is."""
    _check_channel(context)
    return {
        "name": _default_name(context),
        "zone": _default_zone(context),
        "goal": say(context.defaults.goal),
        "lastcall": RULES[ReminderKind.GROUP_CALL].moment.key,
        "results": RULES[ReminderKind.RESULTS].moment.key,
    }


def _check_channel(context: Context) -> None:
    """Raise `Refused` where no group can start, or `Answered` where there is one already."""
    channel = context.request.channel
    if channel.is_direct:
        raise Refused("A group lives in a channel, and this is a direct message. Say it in the channel that is meant.")
    group = groups.find(context.tx, channel)
    if group is not None:
        raise Answered(_answer_existing(context, group))
    if not context.request.user.may_start:
        raise NotAllowed("Only someone who may manage this channel (on Slack, any full member) can start a group here.")


def _answer_existing(context: Context, group: Group) -> Answer:
    """Wake a group that sleeps, for those who may; else say that there is one."""
    if group.asleep and (context.request.user.may_start or context.may_organise(group)):
        sleeping.wake(context.tx, group, context.now)
        return Reply(view.woken(group))
    member = groups.find_member(context.tx, group.id, context.person.id)
    return Reply(view.there_is_one(group, is_member=member is not None and not member.has_left), is_wrong=True)


def _arm(context: Context, group: Group, kind: ReminderKind, time: PostTime | None) -> None:
    moment = (time.moment if time else None) or RULES[kind].moment
    schedules.arm_group(context.tx, group, kind, moment, context.now, is_on=time is None or time.is_on)


def _default_name(context: Context) -> str:
    return cut(clean(context.request.channel.name.lstrip("#"), GROUP_NAME_LIMIT), GROUP_NAME_LIMIT) or DEFAULT_NAME


def _default_zone(context: Context) -> str:
    return context.person.zone_name if context.person.is_zone_chosen else context.defaults.zone


COMMAND = Command(SPEC, run, prefill)
