"""Posts from the outbox: once under their key, found again, edited in place; `recognition` says how one is known."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import discord
from discord.http import Route
from msgspec.structs import replace

from adapters.discord import access, failures, limits
from adapters.discord.bodies import edit_body, post_body
from adapters.discord.files import multipart_fields
from adapters.discord.incoming import PLATFORM
from adapters.discord.layouts import Layout, Rendered, render
from adapters.discord.library import Tries
from adapters.discord.recognition import Recognition, marked, nonce
from adapters.discord.render import Renderer
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
    PostError,
    PostRefused,
    PostUnsure,
    RetryLater,
    UserAddress,
)
from bot.chat.events import ChannelGone, MemberGone
from bot.chat.request import Channel, Server, User

log = logging.getLogger(__name__)
CLOCK_MARGIN = timedelta(minutes=2)
"""By so much the clocks here and at Discord differ at most, as a rule."""

POSTED_WITHIN = timedelta(minutes=15)
"""So long after it was sent first a post arrives at the latest, as a rule."""

UNREADABLE = "Discord's answer can't be read"

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"

Client = discord.Client


class Poster:
    """Posts through whichever connection there is when it is asked to."""

    def __init__(
        self, client: Callable[[], Client | None], renderer: Renderer, core: Core, within_seconds: float
    ) -> None:
        self._client = client
        self._renderer = renderer
        self._core = core
        self._within_seconds = within_seconds
        self._direct_channels = BoundedDict[int, int](limits.DIRECT_CHANNELS)

    async def post(self, delivery: Delivery, *, is_from_outbox: bool = True) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen.

        What is not from the outbox answers somebody, and is posted by any process.
        """
        client = self._connected()
        channel = await self._channel(client, delivery.to, is_from_outbox=is_from_outbox)
        tries = self._tries(delivery.to, is_from_outbox=is_from_outbox)
        try:
            async with asyncio.timeout(self._within_seconds):
                message = await self._send(client, channel, delivery, tries)
        except (*failures.FAILURES, PostError) as error:
            await self._tell(delivery.to, error)
            raise await self._in_words(failures.as_fate(error, tries), delivery.to, error) from error
        return MessageRef(str(channel), message)

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card; a `PostError` says why it could not be."""
        client = self._connected()
        route = Route("PATCH", MESSAGE, channel_id=_number(ref.channel), message_id=_number(ref.id))
        try:
            async with asyncio.timeout(self._within_seconds):
                await self._show(client, route, card, edit_body, Tries(self._require_right))
        except (*failures.FAILURES, PostError) as error:
            await self._tell(to, error)
            raise failures.as_edit_error(error) from error

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        """Return the messages that may be a delivery's, sent at `since` or later, the oldest first.

        The messages of then are looked through, and the newest whatever their time, as clocks may be wrong. It is one
        at most where the delivery has a mark. Raises a `PostError` where the place can't be looked at.
        """
        client = self._connected()
        channel = await self._channel(client, delivery.to)
        try:
            async with asyncio.timeout(self._within_seconds):
                ids = await self._search(client, channel, Recognition(delivery), since)
        except failures.FAILURES as error:
            raise failures.as_post_error(error) from error
        return [MessageRef(str(channel), message_id) for message_id in ids]

    def _require_right(self) -> None:
        """Raise `NoRightNow` where another process may be serving Discord by now."""
        if not self._core.may_post(PLATFORM):
            raise NoRightNow

    def _tries(self, to: Address, *, is_from_outbox: bool) -> Tries:
        """Return the tries of a call for a post to a place: the sender paces direct messages, discord.py the others."""
        return Tries(self._require_right if is_from_outbox else lambda: None, is_paced=isinstance(to, UserAddress))

    def _connected(self) -> Client:
        client = self._client()
        if client is None or client.is_closed():
            raise RetryLater("Discord is not connected")
        return client

    async def _channel(self, client: Client, to: Address, *, is_from_outbox: bool = True) -> int:
        """Return the channel's id; Discord is asked once for that of a person's direct messages."""
        if isinstance(to, ChannelAddress):
            return _number(to.channel)
        user = _number(to.user)
        if user not in self._direct_channels:
            route, tries = Route("POST", "/users/@me/channels"), self._tries(to, is_from_outbox=is_from_outbox)
            try:
                async with asyncio.timeout(self._within_seconds):
                    body = {"recipient_id": str(user)}
                    opened = await client.http.request(route, json=body, trace_request_ctx=tries)
            except failures.FAILURES as error:
                await self._tell(to, error)
                raise failures.as_edit_error(error) from error
            if not isinstance(opened, dict):
                raise RetryLater(UNREADABLE)
            self._direct_channels[user] = int(opened["id"])
        return self._direct_channels[user]

    async def _send(self, client: Client, channel: int, delivery: Delivery, tries: Tries) -> str:
        """Send a post and return its message's id. Raises `PostUnsure` where the answer is no message."""
        once: Json = {"nonce": nonce(delivery.key), "enforce_nonce": True}

        def body_of(rendered: Rendered) -> Json:
            return {**post_body(marked(rendered, delivery.key)), **once}

        route = Route("POST", MESSAGES, channel_id=channel)
        message = await self._show(client, route, delivery.card, body_of, tries)
        if not isinstance(message, dict) or "id" not in message:
            raise PostUnsure(UNREADABLE)
        return str(message["id"])

    async def _show(
        self, client: Client, route: Route, card: Card, body_of: Callable[[Rendered], Json], tries: Tries
    ) -> object:
        """Show a card; as its words alone where the bot may not attach pictures there, or not embed."""
        rendered = await self._renderer.card(card, Layout.TEXT)
        try:
            return await _call(client, route, body_of(rendered), rendered, tries)
        except discord.Forbidden as error:
            if error.code != failures.MISSING_PERMISSIONS or not (rendered.files or rendered.embeds):
                raise
        words = render(replace(card, is_framed=False), Layout.TEXT)
        return await _call(client, route, body_of(words), words, tries)

    async def _search(self, client: Client, channel: int, wanted: Recognition, since: datetime) -> list[str]:
        """Return the ids of the messages that may be the wanted one, the oldest first; one that surely is, alone.

        Raises `PostUnsure` where too much was said since then to look through it all.
        """
        alike, earliest = set[int](), discord.utils.time_snowflake(since - CLOCK_SKEW)
        async for message in self._messages(client, channel, since):
            if client.user is None or message["author"]["id"] != str(client.user.id):
                continue
            if wanted.is_surely(message):
                return [str(message["id"])]
            if int(message["id"]) >= earliest and wanted.is_alike(message):
                alike.add(int(message["id"]))
        return [str(message_id) for message_id in sorted(alike)]

    async def _messages(self, client: Client, channel: int, since: datetime) -> AsyncIterator[Json]:
        """Yield the newest messages, and those of a quarter of an hour from `since` on, some of them twice."""
        instants = (since - CLOCK_SKEW, since - CLOCK_MARGIN, since + POSTED_WITHIN)
        earliest, begin, end = map(discord.utils.time_snowflake, instants)
        where: Json = {}
        for _ in range(limits.NEWEST_PAGES):
            page = await _history(client, channel, where)
            for message in page:
                yield message
            ids = [int(message["id"]) for message in page]
            if len(ids) < limits.PAGE_MESSAGES or min(ids) < begin <= max(ids) or max(ids) < earliest:
                return
            where = {"before": min(ids)}
        end, where = min(end, *ids), {"after": begin}
        for _ in range(limits.WINDOW_PAGES):
            page = await _history(client, channel, where)
            for message in page:
                yield message
            ids = [int(message["id"]) for message in page]
            if len(ids) < limits.PAGE_MESSAGES or max(ids) >= end:
                return
            where = {"after": max(ids)}
        raise PostUnsure("too much was said since then to look through it all")

    async def _in_words(self, fate: PostError, to: Address, error: BaseException) -> PostError:
        """Return the fate with a reason for people: the permission that is missing, and the channel by name."""
        client = self._client()
        if client is None or not isinstance(error, discord.HTTPException) or not isinstance(to, ChannelAddress):
            return fate
        words = await access.explain_refusal(client, to, error.code)
        if words and isinstance(fate, PostRefused):
            log.info("a post is refused", extra={"status": error.status, "code": error.code, "reason": words})
            fate.args = (words,)
        return fate

    async def _tell(self, to: Address, error: BaseException) -> None:
        """Let the core know what a refusal teaches: without a privileged intent nothing else does."""
        code = error.code if isinstance(error, discord.HTTPException) else 0
        if code == failures.UNKNOWN_CHANNEL and isinstance(to, ChannelAddress):
            channel = Channel(PLATFORM, to.team, to.channel, to.name)
            await self._core.happened(ChannelGone(channel, access.say_deleted("")))
        elif code in failures.LEFT and isinstance(to, UserAddress):
            server = Server(PLATFORM, to.team) if to.team else None
            await self._core.happened(MemberGone(User(PLATFORM, "", to.user, to.name), server))


async def _history(client: Client, channel: int, where: Json) -> list[Json]:
    """Return one page of a channel's messages. Raises `PostUnsure` where the answer is none."""
    route = Route("GET", MESSAGES, channel_id=channel)
    page = await client.http.request(route, params={"limit": limits.PAGE_MESSAGES, **where})
    if not isinstance(page, list):
        raise PostUnsure(UNREADABLE)
    return page


async def _call(client: Client, route: Route, payload: Json, rendered: Rendered, tries: Tries) -> object:
    files = rendered.files
    content: Json = {"form": multipart_fields(payload, files)} if files else {"json": payload}
    response: object = await client.http.request(route, **content, trace_request_ctx=tries)
    return response


def _number(identity: str) -> int:
    if not identity.isdecimal():
        raise PostRefused(f"{identity!r} is no place on Discord")
    return int(identity)
