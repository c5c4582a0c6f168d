"""Slack's events, handed on to the core. They may come twice or not at all: nothing rests on them alone."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from adapters.slack import access
from adapters.slack.home import Home
from adapters.slack.incoming import PLATFORM
from adapters.slack.posting import Posting
from adapters.slack.profiles import Profiles, read_user
from adapters.slack.workspaces import Workspaces
from bot.adapter import Core
from bot.adapter.hello import HELLO_COMMAND, Hellos
from bot.chat.delivery import ChannelAddress, Delivery, PostError, UserAddress
from bot.chat.events import BotAdded, BotRemoved, ChannelBack, ChannelGone, MemberGone
from bot.chat.request import Ask, Channel, CommandRequest, Server

log = logging.getLogger(__name__)

HELLO_EXPIRES = timedelta(hours=1)
SLACKBOT = "USLACKBOT"
CHANNEL_GONE = {
    "channel_archive": "is_archived",
    "channel_deleted": "channel_deleted",
    "channel_left": "not_in_channel",
    "group_archive": "is_archived",
    "group_deleted": "channel_deleted",
    "group_left": "not_in_channel",
}
"""Events of a channel that cannot be posted to any more, each with the reason that a post would be refused for."""

CHANNEL_BACK = frozenset(("channel_unarchive", "group_unarchive"))
APP_GONE = frozenset(("app_uninstalled", "tokens_revoked"))


class PlatformEvents:
    """The way of events to the core. Nothing that must not be lost comes by it: events are acknowledged first."""

    def __init__(
        self,
        core: Core,
        workspaces: Workspaces,
        profiles: Profiles,
        home: Home,
        posting: Posting,
        hellos: Hellos,
    ) -> None:
        self._posting = posting
        self._hellos = hellos
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
            await self._channel_gone(_read_channel(event, team), CHANNEL_GONE[kind])
        elif kind in CHANNEL_BACK:
            await self._channel_back(_read_channel(event, team))
        elif kind == "member_joined_channel" and await self._is_own(team, user):
            await self._core.happened(BotAdded(_server(team), _read_channel(event, team)))
        elif kind == "member_left_channel":
            await self._member_left(_read_channel(event, team), user)
        elif kind == "message" and is_from_person(event) and not await self._is_own(team, user):
            await self._greet(team, str(user))

    async def app_installed(self, team: str, installer: str | None) -> None:
        """Tell the core that a workspace has installed the app, perhaps again, and who did it."""
        self._workspaces.reload(team)
        inviter = UserAddress(PLATFORM, team, installer) if installer else None
        await self._core.happened(BotAdded(_server(team), inviter=inviter))

    async def _greet(self, team: str, user: str) -> None:
        """Greet somebody who writes to the app directly, once in a while; their words are not looked at."""
        if not self._hellos.take_turn((team, user)):
            return
        speaker, channel = await self._profiles.get(team, user), Channel(PLATFORM, team, None)
        request = CommandRequest(f"slack:hello:{uuid4().hex}", speaker, channel, HELLO_COMMAND)
        answer = await self._core.handle(request)
        if isinstance(answer, Ask) or answer.is_wrong:
            return
        now, to = self._core.now(), UserAddress(PLATFORM, team, user)
        key = f"hello/{team}/{user}/{now:%Y-%m-%dT%H:%M}"
        try:
            hello = Delivery(key, to, answer.card, now, now + HELLO_EXPIRES)
            await self._posting.post(hello, is_from_outbox=False)
        except PostError as error:
            log.warning("a greeting was not said", extra={"user": user, "reason": str(error)})

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
            await self._channel_gone(channel, "not_in_channel")
        elif isinstance(user, str):
            await self._core.happened(MemberGone(await self._profiles.get(channel.team, user), channel))

    async def _channel_gone(self, channel: Channel, code: str) -> None:
        name = await access.find_name(self._workspaces, channel.team, channel.id or "")
        await self._core.happened(ChannelGone(channel, access.say_reason(code, name)))

    async def _channel_back(self, channel: Channel) -> None:
        """Tell of a channel that is no archive any more; a public one has lost its members, and the app with them."""
        place = ChannelAddress(PLATFORM, channel.team, channel.id or "")
        found = await access.find_access(self._workspaces, [place])
        if place in found and not found[place].obstacle:
            await self._core.happened(ChannelBack(channel))

    async def _is_own(self, team: str, user: object) -> bool:
        """Return True if the user is the app itself."""
        workspace = await self._workspaces.find(team)
        return workspace is not None and user == workspace.bot_user


def is_from_person(event: Mapping[str, Any]) -> bool:
    """Return True of a message that somebody wrote directly to the app: no program's, and no change of a message."""
    is_direct = event.get("channel_type") == "im" and isinstance(event.get("user"), str)
    is_new = event.get("subtype") in (None, "file_share") and not event.get("hidden")
    return is_direct and is_new and not event.get("bot_id") and event["user"] != SLACKBOT


def _server(team: str) -> Server:
    return Server(PLATFORM, team)


def _read_channel(event: Mapping[str, Any], team: str) -> Channel:
    channel = event.get("channel")
    channel_id = channel.get("id") if isinstance(channel, dict) else channel
    return Channel(PLATFORM, team, str(channel_id or ""))
