"""What Slack tells unasked, handed on to the core. Events may come twice or not at all: nothing rests on them alone."""

from collections.abc import Mapping
from typing import Any

from adapters.slack.home import Home
from adapters.slack.incoming import PLATFORM
from adapters.slack.profiles import Profiles, user_of
from adapters.slack.workspaces import Workspaces
from bot.adapter import Core
from bot.chat.events import BotAdded, BotRemoved, ChannelGone, MemberGone
from bot.chat.request import Channel, Server

GONE = frozenset("channel_archive channel_deleted channel_left group_archive group_deleted group_left".split())
LEFT = frozenset(("app_uninstalled", "tokens_revoked"))


class PlatformEvents:
    """Takes what Slack tells unasked. Nothing that must not be lost comes this way: events are acknowledged first."""

    def __init__(self, core: Core, workspaces: Workspaces, profiles: Profiles, home: Home) -> None:
        self._core = core
        self._workspaces = workspaces
        self._profiles = profiles
        self._home = home

    async def take(self, event: Mapping[str, Any], team: str) -> None:
        """One event of one workspace."""
        kind, user = str(event.get("type")), event.get("user")
        if kind == "app_home_opened":
            if event.get("tab", "home") == "home" and isinstance(user, str):
                self._home.opened(team, user)
        elif kind in LEFT:
            await self._left(event, team)
        elif kind == "user_change" and isinstance(user, dict):
            await self._changed(user, team)
        elif kind in GONE:
            await self._core.happened(ChannelGone(_channel(event, team)))
        elif kind == "member_joined_channel" and await self._is_self(team, user):
            await self._core.happened(BotAdded(_server(team), _channel(event, team)))
        elif kind == "member_left_channel":
            await self._member_left(_channel(event, team), user)

    async def installed(self, team: str) -> None:
        """A workspace has installed the app, perhaps again."""
        self._workspaces.renewed(team)
        await self._core.happened(BotAdded(_server(team)))

    async def _left(self, event: Mapping[str, Any], team: str) -> None:
        if event.get("type") == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
            return
        await self._workspaces.left(team)
        self._profiles.forget_team(team)
        await self._core.happened(BotRemoved(_server(team)))

    async def _changed(self, user: Mapping[str, Any], team: str) -> None:
        if user.get("deleted"):
            await self._core.happened(MemberGone(user_of(team, user), _server(team)))
        else:
            await self._profiles.changed(team, user)

    async def _member_left(self, channel: Channel, user: object) -> None:
        if await self._is_self(channel.team, user):
            await self._core.happened(ChannelGone(channel))
        elif isinstance(user, str):
            await self._core.happened(MemberGone(await self._profiles.of(channel.team, user), channel))

    async def _is_self(self, team: str, user: object) -> bool:
        workspace = await self._workspaces.find(team)
        return workspace is not None and user == workspace.bot_user


def _server(team: str) -> Server:
    return Server(PLATFORM, team)


def _channel(event: Mapping[str, Any], team: str) -> Channel:
    channel = event.get("channel")
    return Channel(PLATFORM, team, str(channel.get("id") or "") if isinstance(channel, dict) else str(channel or ""))
