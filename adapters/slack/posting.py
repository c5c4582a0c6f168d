"""Posts: each with its key as metadata, and every failure told as what it means.

The sender keeps posts to one place apart, as `SlackAdapter.send_limits` says.
"""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import access, limits
from adapters.slack.failures import LEFT, RATE_LIMITED
from adapters.slack.incoming import PLATFORM
from adapters.slack.pictures import FileIds, Pictures
from adapters.slack.render import render_message
from adapters.slack.workspaces import Workspaces, call
from bot.adapter import CLOCK_SKEW, Core
from bot.adapter.bounded import BoundedDict
from bot.adapter.http import Json
from bot.chat.card import Card
from bot.chat.delivery import (
    Address,
    ChannelAddress,
    Delivery,
    MessageRef,
    NoRightNow,
    PostRefused,
    PostUnsure,
    RetryLater,
    UserAddress,
)
from bot.chat.events import MemberGone
from bot.chat.request import Server, User

log = logging.getLogger(__name__)

EVENT_TYPE = "tenhours_post"
QUIET: Json = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
"""Arguments of a message: no previews of links, and nothing in its fallback text is read as markup."""

CLOCK_MARGIN = timedelta(minutes=2)
"""By so much the clocks here and at Slack differ at most, as a rule."""

POSTED_WITHIN = timedelta(minutes=15)
"""So long after it was sent first a post arrives at the latest, as a rule."""


class Posting:
    """The outbox's way to Slack: what it raises says whether a post surely did not happen, or may have."""

    def __init__(
        self,
        core: Core,
        workspaces: Workspaces,
        pictures: Pictures,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._core = core
        self._workspaces = workspaces
        self._pictures = pictures
        self._monotonic = monotonic
        self._limited_until: dict[str, float] = {}
        self._direct_channels: BoundedDict[tuple[str, str], str] = BoundedDict(limits.DIRECT_CHANNELS_REMEMBERED)

    async def post(self, delivery: Delivery, *, is_from_outbox: bool = True) -> MessageRef:
        """Post once. Raises a `PostError` that says how surely it did not happen.

        What is not from the outbox answers somebody, and is posted by any process.
        """
        team = delivery.to.team
        client = await self._workspaces.client(team)
        try:
            channel = await self._find_channel(client, delivery.to)
        except PostRefused as refused:
            await self._tell_left(refused, delivery.to)
            await self._put_in_words(refused, delivery.to)
            raise
        self._check_limit(team)
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": delivery.key}}
        say = partial(client.chat_postMessage, channel=channel, metadata=metadata, **QUIET)
        try:
            answer = await self._show(team, delivery.card, say, is_from_outbox=is_from_outbox)
        except PostRefused as refused:
            await self._tell_left(refused, delivery.to)
            await self._put_in_words(refused, delivery.to)
            raise
        if not answer.get("channel") or not answer.get("ts"):
            raise PostUnsure("the answer of Slack names no message")
        return MessageRef(str(answer["channel"]), str(answer["ts"]))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card. Raises a `PostError` that says why it could not be."""
        client = await self._workspaces.client(to.team)
        self._check_limit(to.team)
        await self._show(to.team, card, partial(client.chat_update, channel=ref.channel, ts=ref.id))

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        """Return the own message with the delivery's key, sent at `since` or later; none where there is none.

        The messages of then are looked through, and the newest whatever their time, as clocks may be wrong. Raises a
        `PostError` where the place can't be looked at.
        """
        client = await self._workspaces.client(delivery.to.team)
        channel = await self._find_channel(client, delivery.to)
        async for message in _messages(client, channel, since):
            if _key_of(message) == delivery.key:
                return [MessageRef(channel, str(message["ts"]))]
        return []

    async def open_direct(self, team: str, user: str) -> str:
        """Return the channel of direct messages with a person. Raises a `PostError` where there can be none."""
        return await self._open_direct(await self._workspaces.client(team), team, user)

    async def _open_direct(self, client: AsyncWebClient, team: str, user: str) -> str:
        channel = self._direct_channels.get((team, user))
        if channel is None:
            try:
                answer = await call(client.conversations_open(users=user))
            except PostUnsure as unsure:  # of the channel, and not of a message in it
                raise RetryLater(str(unsure)) from unsure
            channel = self._direct_channels[(team, user)] = str(answer["channel"]["id"])
        return channel

    async def _tell_left(self, refused: PostRefused, to: Address) -> None:
        """Let the core know what a refusal teaches of a person: who is deactivated leaves the groups there."""
        if str(refused) in LEFT and isinstance(to, UserAddress):
            user = User(PLATFORM, to.team, to.user, to.name)
            await self._core.happened(MemberGone(user, Server(PLATFORM, to.team)))

    async def _put_in_words(self, refused: PostRefused, to: Address) -> None:
        """Let a refusal say its reason in words, with a channel by its name."""
        code = str(refused)
        if isinstance(to, UserAddress) and code in access.PERSON_REASONS:
            refused.args = (access.PERSON_REASONS[code],)
        elif isinstance(to, ChannelAddress) and code in access.REASONS:
            name = await access.find_name(self._workspaces, to.team, to.channel)
            refused.args = (access.say_reason(code, name),)
        log.info("a post is refused", extra={"code": code, "reason": str(refused)})

    async def _find_channel(self, client: AsyncWebClient, to: Address) -> str:
        if not isinstance(to, ChannelAddress):
            return await self._open_direct(client, to.team, to.user)
        if not to.channel:
            raise PostRefused("a post without an address")
        return to.channel

    async def _show(
        self, team: str, card: Card, method: Callable[..., Awaitable[Any]], *, is_from_outbox: bool = True
    ) -> Any:
        """Show a card by a method of the Web API, with its pictures if Slack takes them."""

        async def show(files: FileIds) -> Any:
            if is_from_outbox and not self._core.may_post(PLATFORM):
                raise NoRightNow
            return await self._call(team, method(**render_message(card, files)))

        return await self._pictures.show(team, card, show)

    def _check_limit(self, team: str) -> None:
        """Raise `RetryLater` while Slack wants to be left alone by a workspace.

        Such a limit holds for all places of the workspace and no other one. The sender knows only a place and the
        whole platform: it rests each place that is answered so, without another call to Slack.
        """
        seconds = self._limited_until.get(team, 0.0) - self._monotonic()
        if seconds > 0:
            raise RetryLater(RATE_LIMITED, seconds)

    async def _call(self, team: str, request: Awaitable[Any]) -> Any:
        try:
            return await call(request)
        except RetryLater as later:
            if later.after is not None:
                self._limited_until[team] = self._monotonic() + later.after
            raise


async def _messages(client: AsyncWebClient, channel: str, since: datetime) -> AsyncIterator[Json]:
    """Yield the newest messages, and those of a quarter of an hour from `since` on, some of them twice.

    Raises `PostUnsure` where too much was said since then to look through it all.
    """
    instants = (since - CLOCK_SKEW, since - CLOCK_MARGIN, since + POSTED_WITHIN)
    earliest, begin, end = (at.timestamp() for at in instants)
    cursor = ""
    for _ in range(limits.NEWEST_PAGE_COUNT):
        messages, cursor = await _history(client, channel, cursor)
        for message in messages:
            yield message
        times = [float(message["ts"]) for message in messages]
        if not cursor or (times and (min(times) < begin <= max(times) or max(times) < earliest)):
            return
    cursor, window = "", {"oldest": f"{begin:.6f}", "latest": f"{end:.6f}", "inclusive": True}
    for _ in range(limits.WINDOW_PAGE_COUNT):
        messages, cursor = await _history(client, channel, cursor, **window)
        for message in messages:
            yield message
        if not cursor:
            return
    raise PostUnsure("too much was said since then to look through it all")


async def _history(client: AsyncWebClient, channel: str, cursor: str, **window: Any) -> tuple[list[Json], str]:
    """Return one page of a channel's messages, the newest first, and the cursor of the next one; "" at the end."""
    page = await call(
        client.conversations_history(
            channel=channel,
            include_all_metadata=True,
            limit=limits.HISTORY_PAGE_SIZE,
            cursor=cursor or None,
            **window,
        )
    )
    return page.get("messages") or [], str((page.get("response_metadata") or {}).get("next_cursor") or "")


def _key_of(message: Json) -> str:
    """Return the key that a message was posted under; "" for what is no post of ours."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("key") or "")
