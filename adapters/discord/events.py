"""Events that Discord tells unasked, as the core's; also those that came while nobody was listening.

Servers that were joined or left meanwhile are found by comparing with the ones that were known last.
"""

import asyncio
import logging
from datetime import timedelta
from uuid import uuid4

import discord

from adapters.discord import access, welcome
from adapters.discord.handler import InteractionHandler
from adapters.discord.incoming import PLATFORM
from adapters.discord.interaction import Interaction
from adapters.discord.posting import Poster
from adapters.discord.shard import Shard
from bot.adapter import Core
from bot.adapter.hello import HELLO_COMMAND, Hellos
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, PostError, UserAddress
from bot.chat.events import BotAdded, BotRemoved, ChannelGone
from bot.chat.request import Channel, CommandRequest, Reply, Server, User

log = logging.getLogger(__name__)
SERVERS_KEY = "discord/servers"
FRESH = timedelta(days=1)
"""Age of an invitation from which on it needs no welcome any more."""

NOTE_EXPIRES = timedelta(hours=1)


class PlatformEvents:
    """The listener of a connection: interactions go to their handler, everything else becomes an event of the core."""

    def __init__(self, core: Core, handler: InteractionHandler, poster: Poster, hellos: Hellos, shard: Shard) -> None:
        self._shard = shard
        self._hellos = hellos
        self._core = core
        self._handler = handler
        self._poster = poster
        self._known: set[int] | None = None
        self._comparing = asyncio.Lock()
        self._has_compared = False

    async def on_interaction(self, interaction: Interaction) -> None:
        """Serve a member."""
        await self._handler.handle(interaction)

    async def on_ready(self, guilds: list[discord.Guild]) -> None:
        """Tell of the servers that came and went since they were last compared."""
        async with self._comparing:
            self._has_compared = True
            known = await self._recall()
            present = {guild.id for guild in guilds}
            available = {guild.id for guild in guilds if not guild.unavailable}
            for guild in guilds:
                if guild.id in available - known:
                    await self._tell_added(guild)
            for guild_id in known - present:
                await self._core.happened(BotRemoved(Server(PLATFORM, str(guild_id))))
            await self._remember(known & present | available)

    async def on_join(self, guild: discord.Guild) -> None:
        """Tell of a new server, and where it can be welcomed."""
        async with self._comparing:
            known = await self._recall()
            await self._tell_added(guild)
            await self._remember(known | {guild.id})

    async def on_available(self, guild: discord.Guild) -> None:
        """Tell of a new server that could not be seen when it was compared; until then `on_ready` has them all."""
        async with self._comparing:
            known = await self._recall()
            if self._has_compared and guild.id not in known:
                await self._tell_added(guild)
                await self._remember(known | {guild.id})

    async def on_remove(self, guild_id: int) -> None:
        """Tell that a server is left."""
        async with self._comparing:
            await self._core.happened(BotRemoved(Server(PLATFORM, str(guild_id))))
            await self._remember(await self._recall() - {guild_id})

    async def on_direct_message(self, author: discord.User | discord.Member) -> None:
        """Greet somebody who writes to the bot directly, once in a while; their words are not looked at."""
        if not self._hellos.take_turn(("", str(author.id))):
            return
        speaker = User(PLATFORM, "", str(author.id), author.global_name or author.name)
        request = CommandRequest(f"hello/{uuid4().hex}", speaker, Channel(PLATFORM, "", None), HELLO_COMMAND)
        answer = await self._core.handle(request)
        if isinstance(answer, Reply) and not answer.is_wrong:
            key = f"hello/{author.id}/{self._core.now():%Y-%m-%dT%H:%M}"
            await self._post(key, UserAddress(PLATFORM, "", speaker.id), answer.card)

    async def on_channel_delete(self, guild_id: int, channel_id: int, name: str) -> None:
        """Tell that a channel is gone."""
        channel = Channel(PLATFORM, str(guild_id), str(channel_id), name)
        await self._core.happened(ChannelGone(channel, access.say_deleted(name)))

    async def _tell_added(self, guild: discord.Guild) -> None:
        """Let the welcome go where it can be read; where there is no such place, tell the owner what is missing."""
        channel = welcome.find_channel(guild) if _is_fresh(guild) else None
        place = Channel(PLATFORM, str(guild.id), str(channel.id), channel.name) if channel else None
        await self._core.happened(BotAdded(Server(PLATFORM, str(guild.id)), place))
        if channel is not None:
            card = welcome.shortage_card(guild, channel)
            if card is not None:
                to = ChannelAddress(PLATFORM, str(guild.id), str(channel.id), name=channel.name)
                await self._post(f"shortage/{guild.id}", to, card)
        elif _is_fresh(guild) and guild.owner_id is not None:
            owner = UserAddress(PLATFORM, "", str(guild.owner_id))
            await self._post(f"noplace/{guild.id}", owner, welcome.no_channel_card(guild))

    async def _post(self, key: str, to: Address, card: Card) -> None:
        now = self._core.now()
        try:
            await self._poster.post(Delivery(key, to, card, now, now + NOTE_EXPIRES), is_from_outbox=False)
        except PostError as error:
            log.warning("a message could not be posted", extra={"key": key, "error": str(error)})

    async def _recall(self) -> set[int]:
        if self._known is None:
            texts = [await self._core.memory.recall(self._shard.key(SERVERS_KEY))]
            if texts == [None]:  # the servers were divided otherwise until now
                keys = await self._core.memory.list_keys(SERVERS_KEY)
                texts = [await self._core.memory.recall(key) for key in keys]
            ids = {int(word) for text in texts for word in (text or "").split() if word.isdecimal()}
            self._known = {guild_id for guild_id in ids if self._shard.has(guild_id)}
        return self._known

    async def _remember(self, known: set[int]) -> None:
        if known == self._known:
            return
        self._known = known
        await self._core.memory.remember(self._shard.key(SERVERS_KEY), " ".join(map(str, sorted(known))))


def _is_fresh(guild: discord.Guild) -> bool:
    me: discord.Member | None = guild.me  # not there before the server is known
    joined_at = me.joined_at if me is not None else None
    return joined_at is None or discord.utils.utcnow() - joined_at < FRESH
