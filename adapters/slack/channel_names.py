"""Channels by name: what Slack sends calls every private one “privategroup”, so Slack is asked once for its name.

A group direct message is no channel that a group could live in: like a direct message it has no id for the core.
"""

import asyncio
from dataclasses import dataclass

from adapters.slack import access, limits
from adapters.slack.incoming import PLATFORM, MemberAction, is_direct
from adapters.slack.workspaces import Workspaces
from bot.adapter.bounded import BoundedDict
from bot.chat.delivery import PostError, PostRefused
from bot.chat.request import Channel

UNNAMED = frozenset(("", "privategroup"))
GROUP_MESSAGE_PREFIX = "mpdm-"
"""The beginning of every name that Slack gives to a group direct message."""

NEEDS_MORE = "missing_scope"
"""The answer about a group direct message: the app asks for no permission to know of them."""


@dataclass(frozen=True, slots=True)
class ChannelName:
    """A channel's name, "" where Slack does not tell it."""

    name: str
    is_group_message: bool = False


class ChannelNames:
    """The channels that people speak in, with their names."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._known: BoundedDict[tuple[str, str], ChannelName] = BoundedDict(limits.CHANNELS_REMEMBERED)

    async def find_channel(self, action: MemberAction) -> Channel:
        """Return the channel of an action as the core knows it."""
        if is_direct(action.channel_id):
            return Channel(PLATFORM, action.team, None)
        named = await self._name(action)
        return Channel(PLATFORM, action.team, None if named.is_group_message else action.channel_id, named.name)

    async def _name(self, action: MemberAction) -> ChannelName:
        told = action.channel_name
        if told not in UNNAMED:
            return ChannelName(told, told.startswith(GROUP_MESSAGE_PREFIX))
        key = (action.team, action.channel_id)
        named = self._known.get(key)
        if named is not None:
            return named
        try:
            async with asyncio.timeout(limits.NAME_TIMEOUT_SECONDS):
                found = await access.find_channel(self._workspaces, *key)
        except (PostError, TimeoutError) as error:
            is_group_message = isinstance(error, PostRefused) and str(error) == NEEDS_MORE
            return ChannelName("", is_group_message)
        named = ChannelName(str(found.get("name") or ""), bool(found.get("is_mpim")))
        self._known[key] = named
        return named
