"""Members who have left a server: Discord tells of them unasked only bots with a privileged intent, so it is asked.

Once a day it is asked of each member of a group, by a call that every bot on the server may make.
"""

import asyncio
import logging
from datetime import datetime, timedelta

import discord

from adapters.discord import failures
from adapters.discord.incoming import PLATFORM
from adapters.discord.limits import Timing
from adapters.discord.shard import Shard
from bot.adapter import Core
from bot.chat.events import MemberGone
from bot.chat.request import Server, User

log = logging.getLogger(__name__)
ASKED_KEY = "discord/members asked"
ASK_INTERVAL = timedelta(hours=20)
"""A round begins so long after the last one; a restart does not begin one early."""


class Leavers:
    """Asks after the members of all servers of a shard, one at a time."""

    def __init__(self, core: Core, timing: Timing, shard: Shard) -> None:
        self._core = core
        self._key = shard.key(ASKED_KEY)
        self._timing = timing

    async def run(self, client: discord.Client) -> None:
        """Ask for as long as the connection lasts, now and then whether a round is due."""
        while True:
            await asyncio.sleep(self._timing.leavers_every)
            if client.is_ready() and await self._is_due():
                try:
                    await self._ask_after_all(client)
                except failures.FAILURES as error:
                    log.warning("members could not be asked after", extra={"error": str(error)})

    async def _is_due(self) -> bool:
        asked_at = await self._core.memory.recall(self._key)
        return asked_at is None or self._core.now() - datetime.fromisoformat(asked_at) >= ASK_INTERVAL

    async def _ask_after_all(self, client: discord.Client) -> None:
        await self._core.memory.remember(self._key, self._core.now().isoformat())
        for guild in list(client.guilds):
            if not guild.unavailable:
                await self._ask_after(client, guild)

    async def _ask_after(self, client: discord.Client, guild: discord.Guild) -> None:
        server = Server(PLATFORM, str(guild.id))
        for user_id in await self._core.list_group_members(server):
            try:
                await client.http.get_member(guild.id, int(user_id))
            except discord.NotFound as error:
                if error.code in failures.LEFT:
                    await self._core.happened(MemberGone(User(PLATFORM, "", user_id, ""), server))
            await asyncio.sleep(self._timing.leavers_pause)
