"""Events of platforms: channels and servers come and go, members leave, profiles change."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.delivery import ChannelAddress, Delivery
from bot.chat.events import BotAdded, BotRemoved, ChannelGone, Event, MemberGone, ProfileChanged
from bot.chat.request import Channel, Server, User
from bot.commands.shared.membership import leave_group, stop_reminders
from bot.domain.group import Group
from bot.domain.person import Person
from bot.store import groups, notices, outbox, people, profiles, reminders, schedules
from bot.store.sqlite import Tx
from bot.views import organiser_notices, welcome

BOT_REMOVED = "the bot was removed"
CHANNEL_GONE = "the channel is gone"
WELCOME_EXPIRES = timedelta(hours=1)


def apply_event(tx: Tx, event: Event, now: datetime) -> None:
    """Change what an event changes; the second telling changes nothing more."""
    match event:
        case BotAdded(server, channel):
            _wake(tx, server, channel, now)
            if channel is not None:
                _welcome(tx, channel, now)
        case BotRemoved(server):
            _put_to_sleep(tx, groups.list_of_team(tx, server.platform, server.team), BOT_REMOVED, now)
        case ChannelGone(channel):
            _put_to_sleep(tx, _find_groups(tx, channel), CHANNEL_GONE, now)
        case MemberGone(user, where):
            _end_memberships(tx, user, where, now)
        case ProfileChanged(user):
            speaker = people.find_speaker(tx, user, user.team)
            if speaker is not None:
                profiles.save_profile(tx, speaker, user, None, now)


def _wake(tx: Tx, server: Server, channel: Channel | None, now: datetime) -> None:
    """Wake the server's groups; one whose channel was gone only if that is the `channel`."""
    for group in groups.list_of_team(tx, server.platform, server.team):
        if group.asleep and (group.asleep != CHANNEL_GONE or (channel is not None and group.channel == channel.id)):
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


def _put_to_sleep(tx: Tx, sleepers: list[Group], reason: str, now: datetime) -> None:
    """Let the groups sleep, and drop the posts that wait for them."""
    for group in sleepers:
        if not group.asleep:
            key = f"asleep/{group.id}/{now:%Y-%m-%dT%H:%M}"
            notices.tell_organisers(tx, group, key, organiser_notices.asleep(group, reason), now)
        if group.asleep != CHANNEL_GONE:
            groups.update(tx, replace(group, asleep=reason))
        outbox.drop_for_group(tx, group.id, reason, now)


def _end_memberships(tx: Tx, user: User, where: Channel | Server | None, now: datetime) -> None:
    """End the person's memberships of the groups there, or of all groups of the platform if `where` is None.

    Reminders end with the last group, or with the server where they came directly.
    """
    person = people.find(tx, user)
    if person is None:
        return
    group_ids = None if where is None else {group.id for group in _find_groups(tx, where)}
    for group, _ in groups.list_of_person(tx, person.id):
        if group.platform == user.platform if group_ids is None else group.id in group_ids:
            leave_group(tx, group, person, now)
    if not groups.list_of_person(tx, person.id) or _was_reminded_there(tx, person, where):
        stop_reminders(tx, person, now)


def _was_reminded_there(tx: Tx, person: Person, where: Channel | Server | None) -> bool:
    reminder = reminders.find_choice(tx, person.id)
    return reminder is not None and where == Server(reminder.platform, reminder.team)


def _find_groups(tx: Tx, where: Channel | Server) -> list[Group]:
    """Return the channel's group, or all of the server's."""
    if isinstance(where, Server):
        return groups.list_of_team(tx, where.platform, where.team)
    group = groups.find(tx, where)
    return [group] if group else []
