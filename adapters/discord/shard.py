"""Shards: connections to Discord that have a part of the servers each, and how their sessions are spaced.

Source: Discord's documentation, Gateway, "Sharding".
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.adapter import Memory

IDENTIFY_KEY = "discord/identify"
TIMESTAMP_SHIFT = 22
"""The bits of an id below its time."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` shards. One alone has all servers, and is divided as Discord tells it to be."""

    id: int = 0
    count: int = 1

    @property
    def is_only(self) -> bool:
        """True if there is no other one."""
        return self.count == 1

    @property
    def name(self) -> str:
        """The shard in words; those of another count have other servers, and so other names."""
        return f"shard {self.id} of {self.count}"

    def key(self, key: str) -> str:
        """Return the key of something that each shard remembers for itself."""
        return key if self.is_only else f"{key}/{self.name}"

    def has(self, guild_id: int) -> bool:
        """Return True if this shard has a server."""
        return (guild_id >> TIMESTAMP_SHIFT) % self.count == self.id


class Turns:
    """The turns of a shard's sessions among those of all processes: one each few seconds in a bucket.

    One can be taken in advance, since a connection may not stay silent for as long as others' turns take.
    """

    def __init__(
        self,
        memory: Memory,
        shard: Shard,
        seconds: float,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.buckets = 1
        self._memory = memory
        self._shard = shard
        self._seconds = seconds
        self._sleep = sleep
        self._is_ahead = False

    async def take_ahead(self) -> None:
        """Wait for a turn, and keep it for the next session."""
        await self.take()
        self._is_ahead = True

    async def take(self) -> None:
        """Wait for a turn; one that was taken in advance has come."""
        if self._is_ahead or self._shard.is_only:
            self._is_ahead = False
            return
        key = f"{IDENTIFY_KEY}/{self._shard.id % self.buckets}"
        await self._sleep(await self._memory.take_turn(key, self._seconds))
