"""Several processes on one database, whose steady time passes only as a test lets it."""

import asyncio
from datetime import timedelta
from typing import TypeVar

from bot.clock import StillClock
from bot.delivery.lease import PlatformLease
from bot.store.database import Store
from bot.store.unit import Unit
from tests.talk import MONDAY_MORNING

T = TypeVar("T")
ENOUGH_TURNS = 10
"""Turns of the loop, more than a task needs from the end of one unit to the beginning of its next one."""

WAIT_SECONDS = 0.0005


class World:
    """Steady time for all processes, which passes as they sleep; `clock` is what the machine's own clock says."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.used = Used(store)
        self.clock = StillClock(MONDAY_MORNING)
        self.time = 1000.0
        self.boot = "this machine"
        self.alive: set[str] = set()

    def process(self) -> PlatformLease:
        return PlatformLease(self.used, self.clock, "discord", steady=Counted(self), sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        """Wait until the test has let so much time pass."""
        until = self.time + seconds
        while self.time < until:
            await asyncio.sleep(0)

    async def passes(self, seconds: float) -> None:
        """Let time pass in small steps, so that everybody does what they do on the way."""
        for _ in range(round(seconds * 2)):
            self.time += 0.5
            self.clock.advance(timedelta(seconds=0.5))
            await self.turn()

    async def turn(self) -> None:
        """Let everybody do what they now have to, until nobody has begun anything at the database."""
        quiet_turns = 0
        while quiet_turns < ENOUGH_TURNS:
            await asyncio.sleep(WAIT_SECONDS if self.used.units else 0)
            quiet_turns = 0 if self.used.units else quiet_turns + 1

    async def holder(self) -> str:
        rows = await self.store.read(lambda tx: tx.all("SELECT holder FROM leases"))
        return ",".join(row[0] for row in rows)


class Used(Store):
    """The database as the processes use it: `units` are those that have begun and not ended."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.location, store._engine)
        self.units = 0
        self._store = store

    async def write(self, unit: Unit[T]) -> T:
        self.units += 1
        try:
            return await self._store.write(unit)
        finally:
            self.units -= 1

    async def read(self, unit: Unit[T]) -> T:
        self.units += 1
        try:
            return await self._store.read(unit)
        finally:
            self.units -= 1


class Counted:
    """The steady clock of one process, on the machine that the world is at."""

    def __init__(self, world: World) -> None:
        self.boot = world.boot
        self._world = world

    def seconds(self) -> float:
        return self._world.time


async def end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
