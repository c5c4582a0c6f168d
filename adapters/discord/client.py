"""The connection to Discord: only the `guilds` intent, no caches of people and messages, identifies paced."""

import asyncio
import gc
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

import discord
import msgspec

from adapters.discord import limits
from adapters.discord.interaction import Interaction, Wire, interaction
from adapters.discord.limits import Timing

log = logging.getLogger(__name__)
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # voice is not used: nothing is missing for it


class Listener(Protocol):
    """What is done with the news of a connection."""

    async def interaction(self, interaction: Interaction) -> None:
        """Someone used a command, a button or a form."""
        ...

    async def ready(self, guilds: list[discord.Guild]) -> None:
        """All servers are known, perhaps again."""
        ...

    async def joined(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        ...

    async def removed(self, guild_id: int) -> None:
        """The bot was removed from a server."""
        ...

    async def channel_gone(self, guild_id: int, channel_id: int, name: str) -> None:
        """A channel or thread was deleted."""
        ...


class IdentifyPace:
    """Spaces new sessions, for a thousand in a day reset the token: the more there were lately, the longer the wait."""

    def __init__(self, timing: Timing, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._timing = timing
        self._sleep = sleep
        self._lately: deque[float] = deque(maxlen=10_000)

    def wait(self, shards: int) -> float:
        """Seconds to wait before the next one."""
        now = time.monotonic()
        while self._lately and now - self._lately[0] > self._timing.identify_memory:
            self._lately.popleft()
        if not self._lately:
            return 0.0
        again = max(0, len(self._lately) - shards)
        return min(self._timing.longest_identify_wait, self._timing.identify_wait * 2.0 ** min(again, 20))

    async def pass_one(self, shards: int) -> None:
        """Wait, and count one."""
        await self._sleep(self.wait(shards))
        self._lately.append(time.monotonic())


class GatewayClient(discord.AutoShardedClient):
    """Hands all that happens to a listener, as tasks that are waited for when the connection is closed."""

    def __init__(self, listener: Listener, pace: IdentifyPace, timing: Timing) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=limits.RATE_LIMIT,
            heartbeat_timeout=timing.heartbeat_timeout,
            guild_ready_timeout=timing.guild_ready,
        )
        self._listener = listener
        self._pace = pace
        self._timing = timing
        self._work: set[asyncio.Task[Any]] = set()
        self._wire: Wire | None = None
        self._connection.parsers["INTERACTION_CREATE"] = self._interaction_came  # see `interaction` for why

    async def setup_hook(self) -> None:
        """Open the way that answers take."""
        self._wire = Wire(self.http.user_agent)

    async def close(self) -> None:
        """Close the gateway, and the way of the answers."""
        await super().close()
        if self._wire is not None:
            await self._wire.close()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Pace identifies over all connections of this run, whichever client makes them."""
        del shard_id, initial
        await self._pace.pass_one(self.shard_count or 1)

    async def on_ready(self) -> None:
        """May come several times."""
        if len(self.guilds) >= limits.MANY_SERVERS:
            settle_memory()
        await self._tracked(self._listener.ready(list(self.guilds)))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added."""
        await self._tracked(self._listener.joined(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed; an outage is another event."""
        await self._tracked(self._listener.removed(guild.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        await self._tracked(self._listener.channel_gone(channel.guild.id, channel.id, channel.name))

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted."""
        await self._tracked(self._listener.channel_gone(payload.guild_id, payload.thread_id, ""))

    def age(self) -> float | None:
        """Seconds since a heartbeat was acknowledged, of the shard that has waited longest; None: not connected."""
        acks = [_last_ack(shard) for shard in self.shards.values()]
        known = [ack for ack in acks if ack is not None]
        if not known or len(known) < max(len(acks), self.shard_count or 1):
            return None
        return time.perf_counter() - min(known)

    async def finish(self) -> None:
        """Let what has begun come to its end, but not for ever."""
        if self._work:
            await asyncio.wait(self._work, timeout=self._timing.close_within)

    def _interaction_came(self, event: object) -> None:
        """Any command, button, form or completion."""
        assert self._wire is not None
        try:
            came = interaction(event, self._wire)
        except msgspec.ValidationError as error:
            log.warning("an interaction could not be read", extra={"error": str(error)})
            return
        if came is not None:
            task = asyncio.create_task(self._listener.interaction(came), name="interaction")
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def _tracked(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        await work


def settle_memory() -> None:
    """Leave what is known of the servers out of later collections: with 2,500 each would stop everything for 0.2 s."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _last_ack(shard: discord.ShardInfo) -> float | None:
    """discord.py keeps this to itself, and there is no other sign that a silent gateway lives."""
    heart = shard._parent.ws._keep_alive
    return heart._last_ack if heart is not None else None
