"""What platforms tell unasked: channels and servers that come and go, members who leave, profiles that change."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.adapter import Event, News
from bot.chat.delivery import Address, Delivery
from bot.chat.request import Channel
from bot.commands.shared import membership
from bot.context import refreshed
from bot.domain.group import Group
from bot.domain.person import Person
from bot.store import groups, outbox, people, reminders, schedules
from bot.store.sqlite import Tx
from bot.views import welcome

REMOVED = "the bot was removed"
GONE = "the channel is gone"
WELCOME_EXPIRES = timedelta(hours=1)


def happened(tx: Tx, event: Event, now: datetime) -> None:
    """Take in one piece of news; told twice, it changes nothing more."""
    match event.news:
        case News.ADDED:
            _wake(tx, event.channel, now)
            _welcome(tx, event.channel, now)
        case News.REMOVED:
            _put_to_sleep(tx, event.channel, REMOVED, now)
        case News.CHANNEL_GONE:
            _put_to_sleep(tx, event.channel, GONE, now)
        case News.MEMBER_GONE:
            _part(tx, event, now)
        case News.PROFILE_CHANGED:
            person = people.find(tx, event.user) if event.user else None
            if person is not None and event.user is not None:
                refreshed(tx, person, event.user, now)


def _wake(tx: Tx, channel: Channel, now: datetime) -> None:
    """All of the server's groups may be reached again, but for those whose own channel is gone."""
    for group in groups.of_team(tx, channel.platform, channel.team):
        if group.asleep and (group.asleep != GONE or group.channel == channel.id):
            awake = replace(group, asleep=None)
            groups.update(tx, awake)
            schedules.rearm_group(tx, awake, now)


def _welcome(tx: Tx, channel: Channel, now: datetime) -> None:
    """Say what to do in the first minute, in the channel that was named, once a day, unless a group lives there."""
    if channel.id is None or groups.find(tx, channel) is not None:
        return
    to = Address(channel.platform, channel.team, channel=channel.id, name=channel.name)
    key = f"welcome/{channel.platform}/{channel.team}/{channel.id}/{now.date()}"
    outbox.enqueue(tx, Delivery(key, to, welcome.server(), now, now + WELCOME_EXPIRES))


def _put_to_sleep(tx: Tx, channel: Channel, reason: str, now: datetime) -> None:
    for group in _meant(tx, channel):
        if group.asleep != GONE:
            groups.update(tx, replace(group, asleep=reason))
        outbox.drop_for_group(tx, group.id, reason, now)


def _part(tx: Tx, event: Event, now: datetime) -> None:
    """Leave the groups there, or all of the platform's where no server is named.

    Reminders end with the last group, or with the place where they came directly.
    """
    person = people.find(tx, event.user) if event.user else None
    if person is None:
        return
    is_everywhere = event.channel.id is None and not event.channel.team
    there = {group.id for group in _meant(tx, event.channel)}
    for group, _ in groups.of_person(tx, person.id):
        if group.id in there or (is_everywhere and group.platform == event.channel.platform):
            membership.leave(tx, group, person, now)
    if not groups.of_person(tx, person.id) or _was_reminded_there(tx, person, event.channel):
        membership.stop_reminders(tx, person, now)


def _was_reminded_there(tx: Tx, person: Person, channel: Channel) -> bool:
    chosen = reminders.chosen(tx, person.id)
    is_whole_team = channel.id is None and channel.team != ""
    return chosen is not None and is_whole_team and (chosen.platform, chosen.team) == (channel.platform, channel.team)


def _meant(tx: Tx, channel: Channel) -> list[Group]:
    """The channel's group, or all of the server's where no channel is named."""
    if channel.id is None:
        return groups.of_team(tx, channel.platform, channel.team)
    found = groups.find(tx, channel)
    return [found] if found else []
