"""Posts from the outbox: once under their key, found again by it, edited in place.

Discord drops a second message of the same nonce for a few minutes, and keeps the nonce no longer. So that a post is
recognised later too, the hash of its key also stands in the address of its embed, which is shown nowhere: the title of
a post is a heading in its text, for only an embed's own title would become a link.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import discord
from discord.http import Route

from adapters.discord import failures, limits
from adapters.discord.incoming import PLATFORM
from adapters.discord.interaction import Json, parts
from adapters.discord.outgoing import Drawn, Easel, edit, message
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, PostRefused, RetryLater, UserAddress
from bot.chat.events import ChannelGone, Event, MemberGone
from bot.chat.request import Channel, Server, User

MARGIN = timedelta(hours=1)
"""By so much the clocks here and at Discord may differ."""

Client = discord.AutoShardedClient
Happened = Callable[[Event], Awaitable[None]]
MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"


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
        self._direct: OrderedDict[int, int] = OrderedDict()

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen."""
        client = self._connected()
        channel = await self._place(client, delivery.to)
        try:
            async with asyncio.timeout(self._within):
                sent = await self._send(client, channel, delivery)
        except failures.FAILURES as error:
            failure = failures.post_error(error)
            await self._tell(delivery.to, error)
            raise failure from error
        return MessageRef(str(channel), str(sent["id"]))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card; a `PostError` says why it could not be."""
        client = self._connected()
        route = Route("PATCH", MESSAGE, channel_id=_number(ref.channel), message_id=_number(ref.id))
        try:
            async with asyncio.timeout(self._within):
                drawn = await self._easel.draw(card, as_post=True)
                await _call(client, route, edit(drawn), drawn)
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
        return MessageRef(str(channel), found) if found else None

    def _connected(self) -> Client:
        client = self._client()
        if client is None or client.is_closed():
            raise RetryLater("Discord is not connected")
        return client

    async def _place(self, client: Client, to: Address) -> int:
        """The channel's id; that of a direct message is asked for once."""
        if isinstance(to, ChannelAddress):
            return _number(to.channel)
        user = _number(to.user)
        if user not in self._direct:
            try:
                async with asyncio.timeout(self._within):
                    opened = await client.http.request(
                        Route("POST", "/users/@me/channels"), json={"recipient_id": str(user)}
                    )
            except failures.FAILURES as error:
                failure = failures.edit_error(error)
                await self._tell(to, error)
                raise failure from error
            self._direct[user] = int(opened["id"])
            while len(self._direct) > limits.DIRECT:
                self._direct.popitem(last=False)
        return self._direct[user]

    async def _send(self, client: Client, channel: int, delivery: Delivery) -> Json:
        drawn = await self._easel.draw(delivery.card, as_post=True)
        mark = nonce(delivery.key)
        drawn.rendered.embeds[0]["url"] = (
            f"https://discord.com/channels/{delivery.to.team or '@me'}/{channel}?post={mark}"
        )
        said = {**message(drawn), "nonce": mark, "enforce_nonce": True}
        return await _call(client, Route("POST", MESSAGES, channel_id=channel), said, drawn)

    async def _search(self, client: Client, channel: int, mark: str, since: datetime) -> str | None:
        """Page by page, newest first; the first page is read whatever the clocks say."""
        before: Json = {}
        for _ in range(limits.PAGES):
            route = Route("GET", MESSAGES, channel_id=channel)
            page: list[Json] = await client.http.request(route, params={"limit": limits.PAGE, **before})
            for said in page:
                if client.user is not None and said["author"]["id"] == str(client.user.id) and _is_marked(said, mark):
                    return str(said["id"])
            if len(page) < limits.PAGE or discord.utils.snowflake_time(int(page[-1]["id"])) < since:
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


async def _call(client: Client, route: Route, said: Json, drawn: Drawn) -> Json:
    sent: Json = {"form": parts(said, drawn.files)} if drawn.files else {"json": said}
    answered: Json = await client.http.request(route, **sent)
    return answered


def _is_marked(said: Json, mark: str) -> bool:
    embeds = said.get("embeds") or []
    return said.get("nonce") == mark or any((embed.get("url") or "").endswith(f"?post={mark}") for embed in embeds)


def _number(identity: str) -> int:
    if not identity.isdecimal():
        raise PostRefused(f"{identity!r} is no place on Discord")
    return int(identity)
