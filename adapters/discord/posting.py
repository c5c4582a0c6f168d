"""Posts from the outbox: once under their key, found again by it, edited in place.

Discord drops a second message of the same nonce for a few minutes, and forgets the nonce then. So that a post is
recognised later too, the hash of its key also stands in the address of its embed, which is shown nowhere: the title of
a post is a heading in its text, for only an embed's own title would become a link.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import discord
from discord.http import Route

from adapters.discord import failures, limits
from adapters.discord.files import multipart_fields
from adapters.discord.incoming import PLATFORM
from adapters.discord.outgoing import edit_body, message_body
from adapters.discord.render import Rendered, Renderer
from bot.adapter.bounded import BoundedDict
from bot.adapter.http import Json
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, PostRefused, RetryLater, UserAddress
from bot.chat.events import ChannelGone, Event, MemberGone
from bot.chat.request import Channel, Server, User

CLOCK_MARGIN = timedelta(hours=1)
"""The most by which the clocks here and at Discord are taken to differ."""

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"

Client = discord.AutoShardedClient
Happened = Callable[[Event], Awaitable[None]]


def nonce(key: str) -> str:
    """Return the hash of a key, in as many characters as a nonce has."""
    return hashlib.sha256(key.encode()).hexdigest()[: limits.NONCE]


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
            raise failures.as_post_error(error) from error
        return MessageRef(str(channel), str(message["id"]))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card; a `PostError` says why it could not be."""
        client = self._connected()
        route = Route("PATCH", MESSAGE, channel_id=_number(ref.channel), message_id=_number(ref.id))
        try:
            async with asyncio.timeout(self._within_seconds):
                rendered = await self._renderer.card(card, as_post=True)
                await _call(client, route, edit_body(rendered), rendered)
        except failures.FAILURES as error:
            await self._tell(to, error)
            raise failures.as_edit_error(error) from error

    async def find(self, to: Address, key: str, since: datetime) -> MessageRef | None:
        """Return the message of that key among the newest in its place, back to `since`; None if it is not there.

        Raises a `PostError` where the place cannot be looked at just now.
        """
        client = self._connected()
        channel = await self._channel(client, to)
        try:
            async with asyncio.timeout(self._within_seconds):
                message_id = await self._search(client, channel, nonce(key), since - CLOCK_MARGIN)
        except discord.Forbidden:
            return None
        except failures.FAILURES as error:
            raise failures.as_edit_error(error) from error
        return MessageRef(str(channel), message_id) if message_id else None

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
        rendered = await self._renderer.card(delivery.card, as_post=True)
        mark = nonce(delivery.key)
        rendered.embeds[0]["url"] = f"https://discord.com/channels/{delivery.to.team or '@me'}/{channel}?post={mark}"
        body = {**message_body(rendered), "nonce": mark, "enforce_nonce": True}
        return await _call(client, Route("POST", MESSAGES, channel_id=channel), body, rendered)

    async def _search(self, client: Client, channel: int, mark: str, since: datetime) -> str | None:
        """Return the id of our message with that mark, page by page, newest first; None if there is none.

        The first page is read whatever the clocks say.
        """
        before: Json = {}
        for _ in range(limits.PAGES):
            route = Route("GET", MESSAGES, channel_id=channel)
            page: list[Json] = await client.http.request(route, params={"limit": limits.PAGE_MESSAGES, **before})
            for message in page:
                is_ours = client.user is not None and message["author"]["id"] == str(client.user.id)
                if is_ours and _is_marked(message, mark):
                    return str(message["id"])
            if len(page) < limits.PAGE_MESSAGES or discord.utils.snowflake_time(int(page[-1]["id"])) < since:
                return None
            before = {"before": page[-1]["id"]}
        return None

    async def _tell(self, to: Address, error: BaseException) -> None:
        """Let the core know what a refusal teaches: without a privileged intent nothing else does."""
        code = error.code if isinstance(error, discord.HTTPException) else 0
        if code == failures.UNKNOWN_CHANNEL and isinstance(to, ChannelAddress):
            await self._happened(ChannelGone(Channel(PLATFORM, to.team, to.channel, to.name)))
        elif code in failures.LEFT and isinstance(to, UserAddress):
            server = Server(PLATFORM, to.team) if to.team else None
            await self._happened(MemberGone(User(PLATFORM, "", to.user, to.name), server))


async def _call(client: Client, route: Route, payload: Json, rendered: Rendered) -> Json:
    files = rendered.files
    content: Json = {"form": multipart_fields(payload, files)} if files else {"json": payload}
    response: Json = await client.http.request(route, **content)
    return response


def _is_marked(message: Json, mark: str) -> bool:
    embeds = message.get("embeds") or []
    return message.get("nonce") == mark or any((embed.get("url") or "").endswith(f"?post={mark}") for embed in embeds)


def _number(identity: str) -> int:
    if not identity.isdecimal():
        raise PostRefused(f"{identity!r} is no place on Discord")
    return int(identity)
