"""Posts from the outbox: once under their key, found again by it, edited in place.

Discord drops a second message of the same nonce for a few minutes, and keeps the nonce no longer. So that a post is
recognised later too, the hash of its key also stands in the address of its embed, which is shown nowhere: the title of
a post is a heading in its text, for only an embed's own title would become a link.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import discord

from adapters.discord import failures, limits
from adapters.discord.incoming import PLATFORM, Client
from adapters.discord.outgoing import Easel, edit, message
from bot.adapter import Event, News
from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery, MessageRef, PostRefused, RetryLater
from bot.chat.request import Channel, User

MARGIN = timedelta(hours=1)
"""By so much the clocks here and at Discord may differ."""

Happened = Callable[[Event], Awaitable[None]]


def nonce(key: str) -> str:
    """The hash of a key, in as many characters as a nonce has."""
    return hashlib.sha256(key.encode()).hexdigest()[: limits.NONCE]


class Poster:
    """Posts through whichever connection there is now."""

    def __init__(self, client: Callable[[], Client | None], easel: Easel, happened: Happened, within: float) -> None:
        self._client = client
        self._easel = easel
        self._happened = happened
        self._within = within

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen."""
        client = self._connected()
        channel = await self._place(client, delivery.to)
        try:
            async with asyncio.timeout(self._within):
                sent = await self._send(channel, delivery)
        except failures.FAILURES as error:
            failure = failures.post_error(error)
            await self._tell(delivery.to, error)
            raise failure from error
        return MessageRef(str(channel.id), str(sent.id))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card."""
        client = self._connected()
        try:
            async with asyncio.timeout(self._within):
                drawn = await self._easel.draw(card, as_post=True)
                place = client.get_partial_messageable(_number(ref.channel))
                await place.get_partial_message(_number(ref.id)).edit(**edit(drawn))
        except failures.FAILURES as error:
            await self._tell(to, error)
            raise failures.edit_error(error) from error

    async def find(self, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message of that key among the newest in its place, back to `since`."""
        client = self._connected()
        channel = await self._place(client, to)
        try:
            async with asyncio.timeout(self._within):
                found = await self._search(client, channel, nonce(key), since - MARGIN)
        except discord.Forbidden:
            return None
        except failures.FAILURES as error:
            raise failures.edit_error(error) from error
        return MessageRef(str(channel.id), str(found.id)) if found else None

    def _connected(self) -> Client:
        client = self._client()
        if client is None or client.is_closed():
            raise RetryLater("Discord is not connected")
        return client

    async def _place(self, client: Client, to: Address) -> discord.PartialMessageable | discord.DMChannel:
        if to.channel is not None:
            guild = int(to.team) if to.team.isdecimal() else None
            return client.get_partial_messageable(_number(to.channel), guild_id=guild)
        try:
            async with asyncio.timeout(self._within):
                return await client.create_dm(discord.Object(_number(to.user or "")))
        except failures.FAILURES as error:
            failure = failures.edit_error(error)
            await self._tell(to, error)
            raise failure from error

    async def _send(
        self, channel: discord.PartialMessageable | discord.DMChannel, delivery: Delivery
    ) -> discord.Message:
        drawn = await self._easel.draw(delivery.card, as_post=True)
        mark = nonce(delivery.key)
        drawn.rendered.embeds[0].url = f"{channel.jump_url}?post={mark}"
        sent: discord.Message = await channel.send(nonce=mark, **message(drawn))
        return sent

    async def _search(
        self, client: Client, channel: discord.PartialMessageable | discord.DMChannel, mark: str, since: datetime
    ) -> discord.Message | None:
        """Page by page, newest first; the first page is read whatever the clocks say."""
        before: discord.Message | None = None
        for _ in range(limits.PAGES):
            page = [said async for said in channel.history(limit=limits.PAGE, before=before)]
            for said in page:
                if client.user is not None and said.author.id == client.user.id and _is_marked(said, mark):
                    return said
            if len(page) < limits.PAGE or page[-1].created_at < since:
                return None
            before = page[-1]
        return None

    async def _tell(self, to: Address, error: BaseException) -> None:
        """Let the core know what a refusal teaches: without a privileged intent nothing else does."""
        code = error.code if isinstance(error, discord.HTTPException) else 0
        if code == failures.UNKNOWN_CHANNEL and to.channel is not None:
            await self._happened(Event(News.CHANNEL_GONE, Channel(PLATFORM, to.team, to.channel, to.name)))
        elif code in failures.LEFT and to.user is not None:
            user = User(PLATFORM, "", to.user, to.name)
            await self._happened(Event(News.MEMBER_GONE, Channel(PLATFORM, to.team, None), user))


def _is_marked(said: discord.Message, mark: str) -> bool:
    return said.nonce == mark or any((embed.url or "").endswith(f"?post={mark}") for embed in said.embeds)


def _number(identity: str) -> int:
    if not identity.isdecimal():
        raise PostRefused(f"{identity!r} is no place on Discord")
    return int(identity)
