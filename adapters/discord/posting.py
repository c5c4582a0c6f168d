"""Posts from the outbox: once under their key, found again, edited in place; `recognition` says how one is known."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import discord
from discord.http import Route
from msgspec.structs import replace

from adapters.discord import access, failures, limits
from adapters.discord.bodies import edit_body, post_body
from adapters.discord.files import multipart_fields
from adapters.discord.incoming import PLATFORM
from adapters.discord.layouts import Layout, Rendered, render
from adapters.discord.recognition import Recognition, marked, nonce
from adapters.discord.render import Renderer
from bot.adapter.bounded import BoundedDict
from bot.adapter.http import Json
from bot.chat.card import Card
from bot.chat.delivery import (
    Address,
    ChannelAddress,
    Delivery,
    MessageRef,
    PostError,
    PostRefused,
    RetryLater,
    UserAddress,
)
from bot.chat.events import ChannelGone, Event, MemberGone
from bot.chat.request import Channel, Server, User

log = logging.getLogger(__name__)
CLOCK_MARGIN = timedelta(hours=1)
"""The most by which the clocks here and at Discord are taken to differ."""

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"

Client = discord.AutoShardedClient
Happened = Callable[[Event], Awaitable[None]]


class Poster:
    """Posts through whichever connection there is when it is asked to."""

    def __init__(
        self, client: Callable[[], Client | None], renderer: Renderer, happened: Happened, within_seconds: float
    ) -> None:
        self._client = client
        self._renderer = renderer
        self._happened = happened
        self._within_seconds = within_seconds
        self._direct_channels = BoundedDict[int, int](limits.DIRECT_CHANNELS)

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen."""
        client = self._connected()
        channel = await self._channel(client, delivery.to)
        try:
            async with asyncio.timeout(self._within_seconds):
                message = await self._send(client, channel, delivery)
        except failures.FAILURES as error:
            await self._tell(delivery.to, error)
            raise self._in_words(failures.as_post_error(error), delivery.to, error) from error
        return MessageRef(str(channel), str(message["id"]))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card; a `PostError` says why it could not be."""
        client = self._connected()
        route = Route("PATCH", MESSAGE, channel_id=_number(ref.channel), message_id=_number(ref.id))
        try:
            async with asyncio.timeout(self._within_seconds):
                await self._show(client, route, card, edit_body)
        except failures.FAILURES as error:
            await self._tell(to, error)
            raise failures.as_edit_error(error) from error

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        """Return the messages that may be a delivery's, of the newest in its place back to `since`, the oldest first.

        It is one at most where the delivery has a mark. Raises a `PostError` where the place cannot be looked at now.
        """
        client = self._connected()
        channel = await self._channel(client, delivery.to)
        try:
            async with asyncio.timeout(self._within_seconds):
                ids = await self._search(client, channel, Recognition(delivery), since - CLOCK_MARGIN)
        except discord.Forbidden:
            return []
        except failures.FAILURES as error:
            raise failures.as_edit_error(error) from error
        return [MessageRef(str(channel), message_id) for message_id in ids]

    def _connected(self) -> Client:
        client = self._client()
        if client is None or client.is_closed():
            raise RetryLater("Discord is not connected")
        return client

    async def _channel(self, client: Client, to: Address) -> int:
        """Return the channel's id; Discord is asked once for that of a person's direct messages."""
        if isinstance(to, ChannelAddress):
            return _number(to.channel)
        user = _number(to.user)
        if user not in self._direct_channels:
            route = Route("POST", "/users/@me/channels")
            try:
                async with asyncio.timeout(self._within_seconds):
                    opened = await client.http.request(route, json={"recipient_id": str(user)})
            except failures.FAILURES as error:
                await self._tell(to, error)
                raise failures.as_edit_error(error) from error
            self._direct_channels[user] = int(opened["id"])
        return self._direct_channels[user]

    async def _send(self, client: Client, channel: int, delivery: Delivery) -> Json:
        once: Json = {"nonce": nonce(delivery.key), "enforce_nonce": True}

        def body_of(rendered: Rendered) -> Json:
            return {**post_body(marked(rendered, delivery.key)), **once}

        return await self._show(client, Route("POST", MESSAGES, channel_id=channel), delivery.card, body_of)

    async def _show(self, client: Client, route: Route, card: Card, body_of: Callable[[Rendered], Json]) -> Json:
        """Show a card; as its words alone where the bot may not attach pictures there, or not embed."""
        rendered = await self._renderer.card(card, Layout.TEXT)
        try:
            return await _call(client, route, body_of(rendered), rendered)
        except discord.Forbidden as error:
            if error.code != failures.MISSING_PERMISSIONS or not (rendered.files or rendered.embeds):
                raise
        words = render(replace(card, is_framed=False), Layout.TEXT)
        return await _call(client, route, body_of(words), words)

    async def _search(self, client: Client, channel: int, wanted: Recognition, since: datetime) -> list[str]:
        """Return the ids of the messages that may be the wanted one, page by page; one that surely is, alone.

        The first page is read whatever the clocks say.
        """
        alike: list[str] = []
        before: Json = {}
        for _ in range(limits.PAGES):
            route = Route("GET", MESSAGES, channel_id=channel)
            page: list[Json] = await client.http.request(route, params={"limit": limits.PAGE_MESSAGES, **before})
            for message in page:
                if client.user is None or message["author"]["id"] != str(client.user.id):
                    continue
                if wanted.is_surely(message):
                    return [str(message["id"])]
                if wanted.is_alike(message):
                    alike.insert(0, str(message["id"]))
            if len(page) < limits.PAGE_MESSAGES or discord.utils.snowflake_time(int(page[-1]["id"])) < since:
                break
            before = {"before": page[-1]["id"]}
        return alike

    def _in_words(self, fate: PostError, to: Address, error: BaseException) -> PostError:
        """Return the fate with a reason for people: the permission that is missing, and the channel by name."""
        client = self._client()
        if client is None or not isinstance(error, discord.HTTPException) or not isinstance(to, ChannelAddress):
            return fate
        words = access.say_refusal(client, to, error.code)
        if words and isinstance(fate, PostRefused):
            log.info("a post is refused", extra={"status": error.status, "code": error.code, "reason": words})
            fate.args = (words,)
        return fate

    async def _tell(self, to: Address, error: BaseException) -> None:
        """Let the core know what a refusal teaches: without a privileged intent nothing else does."""
        code = error.code if isinstance(error, discord.HTTPException) else 0
        if code == failures.UNKNOWN_CHANNEL and isinstance(to, ChannelAddress):
            reason = access.say_deleted("")
            await self._happened(ChannelGone(Channel(PLATFORM, to.team, to.channel, to.name), reason))
        elif code in failures.LEFT and isinstance(to, UserAddress):
            server = Server(PLATFORM, to.team) if to.team else None
            await self._happened(MemberGone(User(PLATFORM, "", to.user, to.name), server))


async def _call(client: Client, route: Route, payload: Json, rendered: Rendered) -> Json:
    files = rendered.files
    content: Json = {"form": multipart_fields(payload, files)} if files else {"json": payload}
    response: Json = await client.http.request(route, **content)
    return response


def _number(identity: str) -> int:
    if not identity.isdecimal():
        raise PostRefused(f"{identity!r} is no place on Discord")
    return int(identity)
