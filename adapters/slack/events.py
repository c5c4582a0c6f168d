"""Slack's events, handed on to the core. They may come twice or not at all: nothing rests on them alone."""

from collections.abc import Mapping
from typing import Any

from adapters.slack.home import Home
from adapters.slack.incoming import PLATFORM
from adapters.slack.profiles import Profiles, read_user
from adapters.slack.workspaces import Workspaces
from bot.adapter import Core
from bot.chat.events import BotAdded, BotRemoved, ChannelGone, MemberGone
from bot.chat.request import Channel, Server

CHANNEL_GONE = frozenset("channel_archive channel_deleted channel_left group_archive group_deleted group_left".split())
APP_GONE = frozenset(("app_uninstalled", "tokens_revoked"))


class PlatformEvents:
    """The way of events to the core. Nothing that must not be lost comes by it: events are acknowledged first."""

    def __init__(self, core: Core, workspaces: Workspaces, profiles: Profiles, home: Home) -> None:
        self._core = core
        self._workspaces = workspaces
        self._profiles = profiles
        self._home = home

    async def handle(self, event: Mapping[str, Any], team: str) -> None:
        """Handle one event of one workspace."""
        kind, user = str(event.get("type")), event.get("user")
        if kind == "app_home_opened":
            if event.get("tab", "home") == "home" and isinstance(user, str):
                self._home.open(team, user)
        elif kind in APP_GONE:
            await self._app_gone(event, team)
        elif kind == "user_change" and isinstance(user, dict):
            await self._user_changed(user, team)
        elif kind in CHANNEL_GONE:
            await self._core.happened(ChannelGone(_read_channel(event, team)))
        elif kind == "member_joined_channel" and await self._is_own(team, user):
            await self._core.happened(BotAdded(_server(team), _read_channel(event, team)))
        elif kind == "member_left_channel":
            await self._member_left(_read_channel(event, team), user)

    async def app_installed(self, team: str) -> None:
        """Tell the core that a workspace has installed the app, perhaps again."""
        self._workspaces.reload(team)
        await self._core.happened(BotAdded(_server(team)))

    async def _app_gone(self, event: Mapping[str, Any], team: str) -> None:
        if event.get("type") == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
            return
        await self._workspaces.remove(team)
        self._profiles.forget_team(team)
        await self._core.happened(BotRemoved(_server(team)))

    async def _user_changed(self, user: Mapping[str, Any], team: str) -> None:
        if user.get("deleted"):
            await self._core.happened(MemberGone(read_user(team, user), _server(team)))
        else:
            await self._profiles.update(team, user)

    async def _member_left(self, channel: Channel, user: object) -> None:
        if await self._is_own(channel.team, user):
            await self._core.happened(ChannelGone(channel))
        elif isinstance(user, str):
            await self._core.happened(MemberGone(await self._profiles.get(channel.team, user), channel))

    async def _is_own(self, team: str, user: object) -> bool:
        """Return True if the user is the app itself."""
        workspace = await self._workspaces.find(team)
        return workspace is not None and user == workspace.bot_user


def _server(team: str) -> Server:
    return Server(PLATFORM, team)


def _read_channel(event: Mapping[str, Any], team: str) -> Channel:
    channel = event.get("channel")
    channel_id = channel.get("id") if isinstance(channel, dict) else channel
    return Channel(PLATFORM, team, str(channel_id or ""))
