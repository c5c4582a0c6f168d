"""`group move`: the group goes on in another channel of its server or workspace; what stands stays where it stands."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.delivery import ChannelAddress, Delivery
from bot.chat.request import Answer, Audience, Channel, Reply
from bot.commands.shared.group_options import GROUP, prefill_for_organisers
from bot.commands.shared.handler import Command, about
from bot.context import Context
from bot.domain.group import Group
from bot.domain.names import quoted
from bot.errors import Offer, Refused
from bot.store import groups, moves, outbox, schedules
from bot.views import group as view

EXAMPLE = "/group move #focus"
TOLD_WITHIN = timedelta(hours=12)


def _read_channel(text: str, _reading: Reading) -> str:
    words = text.strip()
    if not words:
        raise Refused("Name a channel by its `#name`.", EXAMPLE)
    return words


CHANNEL = Option(
    "channel",
    OptionKind.CHANNEL,
    "the channel to go on in",
    _read_channel,
    hint="#focus",
    longest=100,
    is_required=True,
    question="Which channel does the group go on in?",
    description="New posts come there, what has been posted stays where it is.",
)

SPEC = Spec(
    "group move",
    "go on in another channel (organisers)",
    (CHANNEL, GROUP),
    group="Groups",
    title="Move the group",
    submit="Move",
    examples=(EXAMPLE,),
)


def run(context: Context, given: Given) -> Answer:
    """Move it, and let both channels know."""
    group = context.require_organised_group()
    with about(CHANNEL):
        channel = _find_channel(context, group, given.raw[CHANNEL.name])
    moved = _move(context, group, channel)
    is_here = {place: place == context.request.channel.id for place in (group.channel, moved.channel)}
    for place, is_answered in is_here.items():
        if not is_answered:
            _tell(context, moved, channel.name, place, is_new=place == moved.channel)
    card = view.moved(moved, channel.name, is_new=is_here[moved.channel])
    return Reply(card, Audience.PUBLIC if any(is_here.values()) else Audience.PRIVATE)


def _find_channel(context: Context, group: Group, words: str) -> Channel:
    """Return the channel that is meant. Raises `Refused` with the reason why the group cannot go there."""
    named = context.request.channels.get(words)
    if named is None:
        raise Refused(f"I don't see a channel {quoted(words)} here.", EXAMPLE)
    channel, name = named.channel, named.channel.name
    if (channel.platform, channel.team) != (group.platform, group.team):
        raise Refused(f"{group.name} can only move to a channel of its own server or workspace.")
    if channel.id == group.channel:
        raise Refused(f"{group.name} meets in #{name} already.")
    if groups.find(context.tx, channel) is not None:
        raise Refused(f"#{name} has a group already. Two can't share a channel.")
    if named.advice:
        raise Refused((f"I can't post in #{name} yet. ", *named.advice), offers=[Offer("Try again", words)])
    return channel


def _move(context: Context, group: Group, channel: Channel) -> Group:
    """Let the group go on in the channel: what waits goes there, and a group that slept is awake."""
    tx, now = context.tx, context.now
    moved = replace(group, channel=channel.id or "", asleep=None)
    groups.update(tx, moved)
    moves.save(tx, group, moved, channel.name, now)
    outbox.readdress(tx, group, moved)
    if group.asleep:
        schedules.rearm_group(tx, moved, now)
    return moved


def _tell(context: Context, moved: Group, name: str, channel: str, *, is_new: bool) -> None:
    """Post to a channel that was not answered in where the group meets now."""
    to = ChannelAddress(moved.platform, moved.team, channel, name=moved.name)
    key = f"moved/{moved.id}/{channel}/{context.now:%Y-%m-%dT%H:%M:%S}"
    card = view.moved(moved, name, is_new=is_new)
    outbox.enqueue(
        context.tx,
        Delivery(key, to, card, context.now, context.now + TOLD_WITHIN),
        group_id=moved.id if is_new else None,
    )


COMMAND = Command(SPEC, run, prefill_for_organisers)
