"""Events of platforms: channels and servers come and go, members leave, profiles change."""

from datetime import datetime, timedelta

from bot.chat.delivery import ChannelAddress, Delivery, UserAddress
from bot.chat.events import BotAdded, BotRemoved, ChannelBack, ChannelGone, Event, MemberGone, ProfileChanged
from bot.chat.request import Channel, Server, User
from bot.commands.shared.membership import leave_group, stop_reminders
from bot.domain.group import Group
from bot.domain.person import Person
from bot.store import groups, outbox, people, profiles, reminders, sleeping
from bot.store.tx import Tx
from bot.views import organiser_notices, welcome

WELCOME_EXPIRES = timedelta(hours=1)


def apply_event(tx: Tx, event: Event, now: datetime) -> None:
    """Change what an event changes; the second telling changes nothing more."""
    match event:
        case BotAdded():
            _add_bot(tx, event, now)
        case BotRemoved(server):
            _put_to_sleep(tx, groups.list_of_team(tx, server.platform, server.team), sleeping.BOT_REMOVED, now)
        case ChannelGone(channel, reason):
            _put_to_sleep(tx, _find_groups(tx, channel), reason, now)
        case ChannelBack(channel):
            for group in _find_groups(tx, channel):
                sleeping.wake(tx, group, now)
        case MemberGone(user, where):
            _end_memberships(tx, user, where, now)
        case ProfileChanged(user):
            people.lock_speaker(tx, user)
            speaker = people.find_speaker(tx, user, user.team)
            if speaker is not None:
                profiles.save_profile(tx, speaker, user, None, now)


def _add_bot(tx: Tx, event: BotAdded, now: datetime) -> None:
    _wake(tx, event.server, event.channel, now)
    if event.channel is not None:
        _welcome(tx, event.channel, now)
    if event.inviter is not None and not groups.list_of_team(tx, event.server.platform, event.server.team):
        _welcome_inviter(tx, event.inviter, now)


def _wake(tx: Tx, server: Server, channel: Channel | None, now: datetime) -> None:
    """Wake the groups that the bot had left with their server, and that of the `channel` whatever it slept for."""
    for group in groups.list_of_team(tx, server.platform, server.team):
        if group.asleep == sleeping.BOT_REMOVED or (channel is not None and group.channel == channel.id):
            sleeping.wake(tx, group, now)


def _welcome(tx: Tx, channel: Channel, now: datetime) -> None:
    """Say what to do in the first minute, in the channel that was named, once a day, unless a group lives there."""
    if channel.id is None or groups.find(tx, channel) is not None:
        return
    to = ChannelAddress(channel.platform, channel.team, channel.id, channel.name)
    key = f"welcome/{channel.platform}/{channel.team}/{channel.id}/{now.date()}"
    outbox.enqueue(tx, Delivery(key, to, welcome.server(), now, now + WELCOME_EXPIRES))


def _welcome_inviter(tx: Tx, inviter: UserAddress, now: datetime) -> None:
    """Say to whoever added the bot what to do in the first minute, once a day."""
    key = f"welcome/{inviter.platform}/{inviter.team}/{inviter.user}/{now.date()}"
    outbox.enqueue(tx, Delivery(key, inviter, welcome.inviter(), now, now + WELCOME_EXPIRES))


def _put_to_sleep(tx: Tx, sleepers: list[Group], reason: str, now: datetime) -> None:
    for group in sleepers:
        sleeping.put_to_sleep(tx, group, reason, organiser_notices.asleep(group, reason), now)


def _end_memberships(tx: Tx, user: User, where: Channel | Server | None, now: datetime) -> None:
    """End the person's memberships of the groups there, or of all groups of the platform if `where` is None.

    Reminders end with the last group, or with the server where they came directly.
    """
    people.lock_speaker(tx, user)
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
