"""What Slack tells unasked, handed on to the core. Events may come twice or not at all: nothing rests on them alone."""

import logging
from collections.abc import Mapping
from typing import Any

from adapters.slack.home import Home
from adapters.slack.incoming import PLATFORM
from adapters.slack.posting import QUIET
from adapters.slack.profiles import Profiles, user_of
from adapters.slack.render import message
from adapters.slack.workspaces import Workspaces, called
from bot.adapter import Core, Event, News
from bot.chat.card import Actions, Button, Card, Line, Note, Style
from bot.chat.delivery import PostError
from bot.chat.request import Channel
from bot.chat.text import Code

log = logging.getLogger(__name__)

START = Button("Start a group here", "group start", style=Style.PRIMARY, opens_form=True)
WELCOME = Card(
    "Hello!",
    (
        Line(("I keep study groups to one promise: ten hours a week, beside everything else.",)),
        Line(("You log what you study; I keep the streaks, remind you, and show the group how it is doing.",)),
        Actions((START, Button("How it works", "guide"))),
        Note(("Or type ", Code("/tenhours group start"), " and, from then on, ", Code("/checkin 2h30"), ".")),
    ),
)
GONE = frozenset("channel_archive channel_deleted channel_left group_archive group_deleted group_left".split())
BACK = frozenset("channel_unarchive group_unarchive".split())
LEFT = frozenset(("app_uninstalled", "tokens_revoked"))


class Newsroom:
    """Takes events."""

    def __init__(self, core: Core, workspaces: Workspaces, profiles: Profiles, home: Home) -> None:
        self._core = core
        self._workspaces = workspaces
        self._profiles = profiles
        self._home = home

    async def take(self, event: Mapping[str, Any], team: str, event_id: str) -> None:
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
            await self._happened(News.CHANNEL_GONE, team, _channel(event))
        elif kind in BACK:
            await self._happened(News.ADDED, team, _channel(event))
        elif kind == "member_joined_channel" and await self._is_self(team, user):
            await self._welcome(team, _channel(event), event_id)
        elif kind == "member_left_channel":
            await self._member_left(team, _channel(event), user)

    async def installed(self, team: str) -> None:
        """A workspace has installed the app, perhaps again."""
        self._workspaces.renewed(team)
        await self._happened(News.ADDED, team, None)

    async def _left(self, event: Mapping[str, Any], team: str) -> None:
        if event.get("type") == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
            return
        await self._workspaces.left(team)
        self._profiles.forget_team(team)
        await self._happened(News.REMOVED, team, None)

    async def _changed(self, user: Mapping[str, Any], team: str) -> None:
        if user.get("deleted"):
            await self._core.happened(Event(News.MEMBER_GONE, Channel(PLATFORM, team, None), user_of(team, user)))
        else:
            await self._profiles.changed(team, user)

    async def _member_left(self, team: str, channel: str, user: object) -> None:
        if await self._is_self(team, user):
            await self._happened(News.CHANNEL_GONE, team, channel)
        elif isinstance(user, str):
            who = await self._profiles.of(team, user)
            await self._core.happened(Event(News.MEMBER_GONE, Channel(PLATFORM, team, channel), who))

    async def _welcome(self, team: str, channel: str, event_id: str) -> None:
        """Say what to do, once for each invitation."""
        await self._happened(News.ADDED, team, channel)
        key = f"slack.welcome.{team}.{channel}"
        if not channel or await self._core.memory.recall(key) == event_id:
            return
        await self._core.memory.remember(key, event_id)
        try:
            client = await self._workspaces.client(team)
            await called(client.chat_postMessage(channel=channel, **message(WELCOME), **QUIET))
        except PostError as error:
            log.warning("no welcome", extra={"team": team, "channel": channel, "reason": str(error)})

    async def _is_self(self, team: str, user: object) -> bool:
        workspace = await self._workspaces.find(team)
        return workspace is not None and user == workspace.bot_user

    async def _happened(self, news: News, team: str, channel: str | None) -> None:
        await self._core.happened(Event(news, Channel(PLATFORM, team, channel)))


def _channel(event: Mapping[str, Any]) -> str:
    channel = event.get("channel")
    return str(channel.get("id") or "") if isinstance(channel, dict) else str(channel or "")
