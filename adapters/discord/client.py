"""The connection to Discord: no privileged intent, no caches of people and messages, identifies paced."""

import asyncio
import gc
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

import discord
import msgspec

from adapters.discord import library, limits
from adapters.discord.interaction import Interaction, InteractionSession, read_interaction
from adapters.discord.limits import Timing
from adapters.discord.shard import Shard

log = logging.getLogger(__name__)
MAX_DOUBLINGS = 20
"""Of the wait before a session: its bound in seconds is reached long before, and the number must not overflow."""


class Listener(Protocol):
    """Receives all that happens on a connection."""

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a command, button, form or completion that someone used."""
        ...

    async def on_ready(self, guilds: list[discord.Guild]) -> None:
        """Take all servers, perhaps again."""
        ...

    async def on_join(self, guild: discord.Guild) -> None:
        """Take a server that the bot was added to."""
        ...

    async def on_available(self, guild: discord.Guild) -> None:
        """Take a server that can be seen (again), as each can some time after the connection has begun."""
        ...

    async def on_remove(self, guild_id: int) -> None:
        """Take a server that the bot was removed from."""
        ...

    async def on_direct_message(self, author: discord.User | discord.Member) -> None:
        """Take that somebody wrote to the bot directly."""
        ...

    async def on_channel_delete(self, guild_id: int, channel_id: int, name: str) -> None:
        """Take a channel or thread that was deleted."""
        ...


class IdentifyPace:
    """Spaces new sessions, for a thousand in a day reset the token: the more there were lately, the longer the wait."""

    def __init__(self, timing: Timing, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._timing = timing
        self._sleep = sleep
        self._lately: deque[float] = deque(maxlen=10_000)

    def wait_seconds(self, shards: int) -> float:
        """Return the seconds to wait before the next session; each of `shards` needs one at first."""
        monotonic = time.monotonic()
        while self._lately and monotonic - self._lately[0] > self._timing.identify_memory:
            self._lately.popleft()
        if not self._lately:
            return 0.0
        doublings = min(max(0, len(self._lately) - shards), MAX_DOUBLINGS)
        return min(self._timing.longest_identify_wait, self._timing.identify_wait * 2.0**doublings)

    async def take_turn(self, shards: int) -> None:
        """Wait until a session may be begun, and count it."""
        await self._sleep(self.wait_seconds(shards))
        self._lately.append(time.monotonic())


class GatewayClient(discord.AutoShardedClient):
    """Hands all that happens to a listener, as tasks that are waited for when the connection is closed."""

    def __init__(
        self, listener: Listener, take_turn: Callable[[int], Awaitable[None]], timing: Timing, shard: Shard
    ) -> None:
        own: dict[str, Any] = {} if shard.is_only else {"shard_ids": [shard.id], "shard_count": shard.count}
        super().__init__(
            **own,
            intents=discord.Intents(guilds=True, dm_messages=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=limits.RATE_LIMIT_SECONDS,
            heartbeat_timeout=timing.heartbeat_timeout,
            guild_ready_timeout=timing.guild_ready,
            http_trace=library.traced(),
        )
        self._listener = listener
        self._take_turn = take_turn
        self._timing = timing
        self._tasks: set[asyncio.Task[Any]] = set()
        self._session: InteractionSession | None = None
        library.take_interactions(self, self._take_interaction)
        library.guard_parsers(self, _report_unreadable)

    async def setup_hook(self) -> None:
        """Open the session over which interactions are answered."""
        self._session = InteractionSession(self.http.user_agent)

    async def close(self) -> None:
        """Close the gateway, and the session of the answers."""
        await super().close()
        if self._session is not None:
            await self._session.close()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for a turn among all connections, whichever client makes them."""
        del shard_id, initial
        await self._take_turn(self.shard_count or 1)

    async def on_ready(self) -> None:
        """Hand on all servers; discord.py may call this several times."""
        if len(self.guilds) >= limits.FROZEN_SERVERS:
            freeze_memory()
        await self._tracked(self._listener.on_ready(list(self.guilds)))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Hand on a server that the bot was added to."""
        await self._tracked(self._listener.on_join(guild))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Hand on a server whose outage is over."""
        await self._tracked(self._listener.on_available(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Hand on a server that the bot was removed from; an outage is another event."""
        await self._tracked(self._listener.on_remove(guild.id))

    async def on_message(self, message: discord.Message) -> None:
        """Hand on who wrote to the bot directly; programs, this one among them, are not answered."""
        if message.guild is None and not message.author.bot and not message.is_system():
            await self._tracked(self._listener.on_direct_message(message.author))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Hand on a deleted channel."""
        await self._tracked(self._listener.on_channel_delete(channel.guild.id, channel.id, channel.name))

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Hand on a deleted thread."""
        await self._tracked(self._listener.on_channel_delete(payload.guild_id, payload.thread_id, ""))

    def age(self) -> float | None:
        """Return the seconds since a heartbeat was acknowledged, of the slowest shard; None if one is not connected."""
        acknowledged = [library.acknowledged_at(shard) for shard in self.shards.values()]
        instants = [instant for instant in acknowledged if instant is not None]
        own_count = len(self.shard_ids or ()) or self.shard_count or 1
        if not instants or len(instants) < max(len(acknowledged), own_count):
            return None
        return time.perf_counter() - min(instants)

    async def finish(self) -> None:
        """Let what has begun come to its end, but not for ever."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._timing.close_within)

    def _take_interaction(self, event: object) -> None:
        assert self._session is not None
        try:
            interaction = read_interaction(event, self._session)
        except msgspec.ValidationError as error:
            log.warning("an interaction could not be read", extra={"error": str(error)})
            return
        if interaction is not None:
            self._track(asyncio.create_task(self._listener.on_interaction(interaction), name="interaction"))

    async def _tracked(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._track(task)
        await work

    def _track(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _report_unreadable(name: str, data: object, error: Exception) -> None:
    """Log an event that cannot be read, with its trace and where it came from."""
    server = None
    if isinstance(data, dict):
        server = data.get("guild_id") or (data.get("id") if name.startswith("GUILD_") else None)
    log.error(
        "an event of Discord could not be read, and was left out",
        extra={"gateway_event": name, "server": server},
        exc_info=error,
    )


def freeze_memory() -> None:
    """Leave what is known of the servers out of later collections: with 2,500 each would stop everything for 0.2 s."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
