"""What platforms tell unasked: channels and servers that come and go, members who leave, profiles that change."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.delivery import ChannelAddress, Delivery
from bot.chat.events import BotAdded, BotRemoved, ChannelGone, Event, MemberGone, ProfileChanged
from bot.chat.request import Channel, Server, User
from bot.commands.shared.membership import leave_group, stop_reminders
from bot.context import refresh_profile
from bot.domain.group import Group
from bot.domain.person import Person
from bot.store import groups, outbox, people, reminders, schedules
from bot.store.sqlite import Tx
from bot.views import welcome

REMOVED = "the bot was removed"
GONE = "the channel is gone"
WELCOME_EXPIRES = timedelta(hours=1)


def happened(tx: Tx, event: Event, now: datetime) -> None:
    """Take in one event; told twice, it changes nothing more."""
    match event:
        case BotAdded(server, channel):
            _wake(tx, server, channel, now)
            if channel is not None:
                _welcome(tx, channel, now)
        case BotRemoved(server):
            _put_to_sleep(tx, groups.of_team(tx, server.platform, server.team), REMOVED, now)
        case ChannelGone(channel):
            _put_to_sleep(tx, _groups_there(tx, channel), GONE, now)
        case MemberGone(user, where):
            _part(tx, user, where, now)
        case ProfileChanged(user):
            person = people.find(tx, user)
            if person is not None:
                refresh_profile(tx, person, user, now)


def _wake(tx: Tx, server: Server, channel: Channel | None, now: datetime) -> None:
    """Wake all of the server's groups, but for those whose own channel is gone."""
    for group in groups.of_team(tx, server.platform, server.team):
        if group.asleep and (group.asleep != GONE or (channel is not None and group.channel == channel.id)):
            awake = replace(group, asleep=None)
            groups.update(tx, awake)
            schedules.rearm_group(tx, awake, now)


def _welcome(tx: Tx, channel: Channel, now: datetime) -> None:
    """Say what to do in the first minute, in the channel that was named, once a day, unless a group lives there."""
    if channel.id is None or groups.find(tx, channel) is not None:
        return
    to = ChannelAddress(channel.platform, channel.team, channel.id, channel.name)
    key = f"welcome/{channel.platform}/{channel.team}/{channel.id}/{now.date()}"
    outbox.enqueue(tx, Delivery(key, to, welcome.server(), now, now + WELCOME_EXPIRES))


def _put_to_sleep(tx: Tx, there: list[Group], reason: str, now: datetime) -> None:
    for group in there:
        if group.asleep != GONE:
            groups.update(tx, replace(group, asleep=reason))
        outbox.drop_for_group(tx, group.id, reason, now)


def _part(tx: Tx, user: User, where: Channel | Server | None, now: datetime) -> None:
    """Leave the groups there, or all of the platform's.

    Reminders end with the last group, or with the server where they came directly.
    """
    person = people.find(tx, user)
    if person is None:
        return
    there = None if where is None else {group.id for group in _groups_there(tx, where)}
    for group, _ in groups.of_person(tx, person.id):
        if group.platform == user.platform if there is None else group.id in there:
            leave_group(tx, group, person, now)
    if not groups.of_person(tx, person.id) or _was_reminded_there(tx, person, where):
        stop_reminders(tx, person, now)


def _was_reminded_there(tx: Tx, person: Person, where: Channel | Server | None) -> bool:
    chosen = reminders.chosen(tx, person.id)
    return chosen is not None and where == Server(chosen.platform, chosen.team)


def _groups_there(tx: Tx, where: Channel | Server) -> list[Group]:
    """Return the channel's group, or all of the server's."""
    if isinstance(where, Server):
        return groups.of_team(tx, where.platform, where.team)
    group = groups.find(tx, where)
    return [group] if group else []
