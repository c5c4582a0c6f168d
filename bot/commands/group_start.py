"""`group start`: this channel's group; the form comes filled in and can be sent unchanged."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.command import Given, Option, OptionKind, Spec
from bot.chat.delivery import ChannelAddress, Delivery
from bot.chat.request import Answer, Audience, Channel, Reply
from bot.commands.shared.group_options import GOAL, NAME, ZONE, PostTime, by_name, post_time_option
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import hidden_option
from bot.context import Answered, Context
from bot.domain.duration import say
from bot.domain.group import GROUP_NAME_LIMIT, LARGE_CHANNEL_PEOPLE, Group, Lines
from bot.domain.names import clean, cut, quoted
from bot.domain.reminder import RULES, ReminderKind
from bot.errors import NotAllowed, Refused, Typed
from bot.store import groups, organisers, outbox, schedules, sleeping
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
CHANNEL = Option(
    "channel",
    OptionKind.CHANNEL,
    "the channel that it lives in",
    lambda text, _: text,
    is_hidden=True,
    question="Which channel does it live in?",
    description="Everyone there sees that it's open, and can join.",
)
"""Asked for where the form is opened in no channel, such as a platform's page for one person."""
SURE = hidden_option("sure")
"""Given once the person has been asked about a channel with many people."""
DEFAULT_NAME = "Study group"
TOLD_WITHIN = timedelta(hours=1)

SPEC = Spec(
    "group start",
    "start a study group in this channel",
    (CHANNEL, NAME, by_name(ZONE), by_name(GOAL), by_name(LAST_CALL), by_name(RESULTS), SURE),
    group="Groups",
    title="Start a group here",
    submit="Start",
    shows_form=True,
    needs_posting=True,
    examples=("/group start", "/group start name: Night owls zone: Europe/Berlin goal: 10"),
)


def run(context: Context, given: Given) -> Answer:
    """Start it, with the one who starts it as its organiser; they join like anyone. Ask first where many people are."""
    channel = _find_channel(context, given) or context.request.channel
    _check_channel(context, channel)
    if channel.people > LARGE_CHANNEL_PEOPLE and not given[SURE]:
        return Reply(view.ask_large(channel.name, channel.people, {**given.raw, SURE.name: "yes"}))
    goal = given[GOAL]
    group = groups.add(
        context.tx,
        channel,
        given[NAME] or _default_name(channel),
        given[ZONE] or _default_zone(context),
        context.defaults.goal if goal is None else goal,
        context.now,
    )
    if given[SURE]:
        group = replace(group, lines=Lines.CARD)
        groups.update(context.tx, group)
    organisers.add(context.tx, group.id, context.person.id)
    for kind, time in ((ReminderKind.RESULTS, given[RESULTS]), (ReminderKind.GROUP_CALL, given[LAST_CALL])):
        _arm(context, group, kind, time)
    schedules.skip_week(context.tx, group, ReminderKind.RESULTS, context.now)
    card = view.started(group, schedules.list_of_group(context.tx, group.id))
    if channel == context.request.channel:
        return Reply(card, Audience.PUBLIC)
    to = ChannelAddress(group.platform, group.team, group.channel, name=group.name)
    delivery = Delivery(f"started/{group.id}", to, card, context.now, context.now + TOLD_WITHIN)
    outbox.enqueue(context.tx, delivery, group_id=group.id)
    return Reply(view.started_elsewhere(group, channel.name))


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return what the group will be if the form is sent as it is."""
    channel = context.request.channel
    if _asks_for_channel(channel):
        return {"zone": _default_zone(context), "goal": say(context.defaults.goal)}
    _check_channel(context, channel)
    return {
        "name": _default_name(channel),
        "zone": _default_zone(context),
        "goal": say(context.defaults.goal),
        "lastcall": RULES[ReminderKind.GROUP_CALL].moment.key,
        "results": RULES[ReminderKind.RESULTS].moment.key,
    }


def list_known(context: Context) -> set[str]:
    """Return what need not be asked: the channel where it is said in one, else the times, which can be moved later."""
    is_open = _asks_for_channel(context.request.channel)
    return {LAST_CALL.name, RESULTS.name} if is_open else {CHANNEL.name}


def _asks_for_channel(channel: Channel) -> bool:
    """Return True of a place without a channel, of a server or workspace whose channels can be picked."""
    return channel.is_direct and channel.team != ""


def _find_channel(context: Context, given: Given) -> Channel | None:
    """Return the channel that was picked, None where none was. Raises `Refused` where no group can start there."""
    words = given[CHANNEL]
    if words is None or not _asks_for_channel(context.request.channel):
        return None
    named = context.request.channels.get(words)
    with about(CHANNEL):
        if named is None:
            raise Refused(f"I don't see a channel {quoted(words)} here. Pick another one.")
        if groups.find(context.tx, named.channel) is not None:
            raise Refused(f"#{named.channel.name} has a group already. Two can't share a channel.")
        if named.advice:
            raise Refused((f"I can't post in #{named.channel.name} yet. ", *named.advice))
    return named.channel


def _check_channel(context: Context, channel: Channel) -> None:
    """Raise `Refused` where no group can start, or `Answered` where there is one already."""
    if channel.is_direct:
        pick = "Pick one, or type " if _asks_for_channel(channel) else "This is a direct message: type "
        with about(CHANNEL):
            raise Refused((f"A group lives in a channel. {pick}", Typed("/group start"), " in it."))
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


def _default_name(channel: Channel) -> str:
    return cut(clean(channel.name.lstrip("#"), GROUP_NAME_LIMIT), GROUP_NAME_LIMIT) or DEFAULT_NAME


def _default_zone(context: Context) -> str:
    return context.person.zone_name if context.person.is_zone_chosen else context.defaults.zone


COMMAND = Command(SPEC, run, prefill, known=list_known)
