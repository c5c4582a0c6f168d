"""What happens on Discord unasked, as the core's news; also what happened while nobody was listening.

Servers that were joined or left meanwhile are found by comparing with the ones that were known last.
"""

import logging
from datetime import timedelta

import discord

from adapters.discord import welcome
from adapters.discord.handler import Desk
from adapters.discord.incoming import PLATFORM
from adapters.discord.interaction import Interaction
from adapters.discord.posting import Poster
from bot.adapter import Core
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, PostError, UserAddress
from bot.chat.events import BotAdded, BotRemoved, ChannelGone
from bot.chat.request import Channel, Server

log = logging.getLogger(__name__)
SERVERS = "discord/servers"
FRESH = timedelta(days=1)
"""Who was invited longer ago than this needs no welcome any more."""

NOTE_EXPIRES = timedelta(hours=1)


class Newsroom:
    """The listener of a connection: interactions go to the desk, everything else becomes news."""

    def __init__(self, core: Core, desk: Desk, poster: Poster) -> None:
        self._core = core
        self._desk = desk
        self._poster = poster
        self._known: set[int] | None = None

    async def interaction(self, interaction: Interaction) -> None:
        """Serve a member."""
        await self._desk.interaction(interaction)

    async def ready(self, guilds: list[discord.Guild]) -> None:
        """Tell of the servers that came and went since they were last compared."""
        known = await self._recall()
        here = {guild.id for guild in guilds}
        for guild in guilds:
            if guild.id not in known:
                await self._added(guild)
        for gone in known - here:
            await self._core.happened(BotRemoved(Server(PLATFORM, str(gone))))
        if here != known:
            await self._remember(here)

    async def joined(self, guild: discord.Guild) -> None:
        """Welcome a server, and learn where."""
        known = await self._recall()
        await self._added(guild)
        await self._remember(known | {guild.id})

    async def removed(self, guild_id: int) -> None:
        """Tell that a server is left."""
        await self._core.happened(BotRemoved(Server(PLATFORM, str(guild_id))))
        await self._remember(await self._recall() - {guild_id})

    async def channel_gone(self, guild_id: int, channel_id: int, name: str) -> None:
        """Tell that a channel is gone."""
        await self._core.happened(ChannelGone(Channel(PLATFORM, str(guild_id), str(channel_id), name)))

    async def _added(self, guild: discord.Guild) -> None:
        """The welcome goes where it can be read; where there is no such place, its owner hears what is missing."""
        channel = welcome.place(guild) if _is_fresh(guild) else None
        where = Channel(PLATFORM, str(guild.id), str(channel.id), channel.name) if channel else None
        await self._core.happened(BotAdded(Server(PLATFORM, str(guild.id)), where))
        if channel is not None:
            shortage = welcome.shortage(guild, channel)
            if shortage is not None:
                to = ChannelAddress(PLATFORM, str(guild.id), str(channel.id), name=channel.name)
                await self._say(f"shortage/{guild.id}", to, shortage)
        elif _is_fresh(guild) and not guild.unavailable and guild.owner_id is not None:
            await self._say(
                f"noplace/{guild.id}", UserAddress(PLATFORM, "", str(guild.owner_id)), welcome.no_place(guild)
            )

    async def _say(self, key: str, to: Address, card: Card) -> None:
        now = self._core.now()
        try:
            await self._poster.post(Delivery(key, to, card, now, now + NOTE_EXPIRES))
        except PostError as error:
            log.warning("missing permissions could not be told", extra={"key": key, "error": str(error)})

    async def _recall(self) -> set[int]:
        if self._known is None:
            words = (await self._core.memory.recall(SERVERS) or "").split()
            self._known = {int(word) for word in words if word.isdecimal()}
        return self._known

    async def _remember(self, known: set[int]) -> None:
        self._known = known
        await self._core.memory.remember(SERVERS, " ".join(map(str, sorted(known))))


def _is_fresh(guild: discord.Guild) -> bool:
    me: discord.Member | None = guild.me  # not there before the server is known
    joined_at = me.joined_at if me is not None else None
    return joined_at is None or discord.utils.utcnow() - joined_at < FRESH
