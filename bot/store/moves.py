"""The channels that groups have left: whoever presses a button there is told where the group meets now."""

from datetime import datetime
from typing import NamedTuple

from bot.chat.request import Channel
from bot.domain.group import Group
from bot.store import groups, key_values
from bot.store.tx import Tx

LEFT = "group/left/{}/{}/{}"
MEETS = "group/meets/{}"


class MovedGroup(NamedTuple):
    """A group, and the name of the channel in which it meets now."""

    group: Group
    channel_name: str


def save(tx: Tx, before: Group, after: Group, channel_name: str, now: datetime) -> None:
    """Remember that a group has left its channel for one of that name."""
    key_values.save(tx, LEFT.format(before.platform, before.team, before.channel), str(before.id), now)
    key_values.delete(tx, LEFT.format(after.platform, after.team, after.channel))
    key_values.save(tx, MEETS.format(before.id), channel_name, now)


def find(tx: Tx, channel: Channel) -> MovedGroup | None:
    """Return the group that has left a channel last; None where there is none, or it has ended."""
    group_id = key_values.find(tx, LEFT.format(channel.platform, channel.team, channel.id))
    if group_id is None:
        return None
    group, channel_name = groups.get(tx, int(group_id)), key_values.find(tx, MEETS.format(group_id))
    return None if channel_name is None or group.asleep == groups.ENDED else MovedGroup(group, channel_name)
