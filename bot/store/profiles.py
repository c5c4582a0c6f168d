"""What a platform tells of people whenever they speak, or when it changes: their names, and where they live."""

from datetime import datetime

from bot.chat.request import Channel, User
from bot.domain.names import clean_name
from bot.domain.person import Person
from bot.store import groups, names, people, redraws, time_zones
from bot.store.people import Speaker
from bot.store.tx import Tx


def has_new_name(speaker: Speaker, user: User, channel: Channel | None = None) -> bool:
    """Return True if the platform shows another name than is stored, for the account or on the channel's server."""
    return _account_name(user) != speaker.account_name or _nickname(user, channel, speaker) != speaker.nickname


def save_profile(tx: Tx, speaker: Speaker, user: User, channel: Channel | None, now: datetime) -> Person:
    """Save the names and the zone that the platform shows now, the zone unless the person has set one; return both.

    A new name takes the place of the old one wherever a post can still be edited.
    `channel` is where they speak; None where they changed their profile, which tells nothing of a server's names.
    """
    person = speaker.person
    if has_new_name(speaker, user, channel):
        person = _save_names(tx, speaker, user, channel, now)
        renamed_in = names.rename_member(tx, person.id)
        redraws.arm(tx, groups.get_many(tx, renamed_in).values(), now)
    return time_zones.follow_platform(tx, person, user.zone, now)


def save_nickname(tx: Tx, person_id: int, user: User, channel: Channel, now: datetime) -> None:
    """Save what the server calls somebody new."""
    if _has_own_names(user, channel) and user.nickname:
        names.set_name(tx, person_id, user.platform, channel.team, clean_name(user.nickname), now)


def _save_names(tx: Tx, speaker: Speaker, user: User, channel: Channel | None, now: datetime) -> Person:
    person, name, nickname = speaker.person, _account_name(user), _nickname(user, channel, speaker)
    if name != speaker.account_name:
        names.set_name(tx, person.id, user.platform, user.team, name, now)
        people.rename(tx, person.id, name)
    if channel is not None and nickname != speaker.nickname:
        names.set_name(tx, person.id, user.platform, channel.team, nickname, now)
    return person._replace(name=name)


def _account_name(user: User) -> str:
    return clean_name(user.name)


def _nickname(user: User, channel: Channel | None, speaker: Speaker) -> str:
    """Return what the channel's server calls the one who speaks now; what is stored where that is not told."""
    if channel is None or not _has_own_names(user, channel):
        return speaker.nickname
    return clean_name(user.nickname) if user.nickname else ""


def _has_own_names(user: User, channel: Channel) -> bool:
    """Return True for a server of a platform on which an account is one everywhere, and each server may rename it."""
    return user.team == "" and channel.team != ""
