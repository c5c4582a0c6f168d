"""Three processes on one PostgreSQL database under load, and everything that can happen to them, at random."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from statistics import median

import pytest

from bot.location import ServerDatabase
from tests.crash.conftest import Begin
from tests.crash.platforms import OnFar
from tests.crash.study import PATIENCE, Study, ended
from tests.crash.town import Run, Town
from tests.crash.trio import list_holders, until
from tests.engines import POSTGRES
from tests.servers.postgres.proxy import Proxy
from tests.waiting import eventually

LEASE = 3.0
FOLLOWED_WITHIN = 30.0
DEEDS = 100
DONE_BETWEEN_DEEDS = 24
"""Answers, posts and edits at most, after which the next deed comes."""


@pytest.fixture
def engine() -> str:
    return POSTGRES


@dataclass
class Slot:
    """A place for a process, one after another, and their network."""

    town: Town
    proxy: Proxy
    run: Run | None = None

    async def fill(self) -> None:
        self.run = await self.town.start_through(self.proxy.location)

    @property
    def process_id(self) -> int:
        assert self.run is not None
        return self.run.process.pid

    @property
    def is_holding(self) -> bool:
        """True if its process holds the lease, or did when somebody last could tell."""
        return any(f"/{self.process_id}/" in holder for holder in list_holders(self.town))


@dataclass
class Trouble:
    """What happens to the processes; `seconds` tells how long it took each time until another held the lease."""

    slots: list[Slot]
    chance: random.Random
    deeds: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    async def happen(self) -> None:
        """Let something happen to one of them, more often than not to the one that holds the lease."""
        holding = [slot for slot in self.slots if slot.is_holding]
        slot = self.chance.choice(holding * 3 + self.slots)
        deed = self.chance.choice([self.kill, self.kill, self.stop, self.cut_off, self.hold_back, self.lose_answers])
        self.deeds[deed.__name__] += 1
        await deed(slot)

    async def kill(self, slot: Slot) -> None:
        assert slot.run is not None
        was_holding = slot.is_holding
        await slot.run.kill()
        if was_holding:
            await self._followed(slot)
        await slot.fill()

    async def stop(self, slot: Slot) -> None:
        os.kill(slot.process_id, signal.SIGSTOP)
        await self._last(slot)
        os.kill(slot.process_id, signal.SIGCONT)

    async def cut_off(self, slot: Slot) -> None:
        slot.proxy.drop()
        await self._last(slot)
        slot.proxy.mend()

    async def hold_back(self, slot: Slot) -> None:
        slot.proxy.hold()
        await self._last(slot)
        slot.proxy.mend()

    async def lose_answers(self, slot: Slot) -> None:
        slot.proxy.drop_answers_to(b"COMMIT\0")
        await self._last(slot)
        slot.proxy.mend()

    async def _last(self, slot: Slot) -> None:
        """Let it last for a moment, or until another process has followed."""
        if slot.is_holding and self.chance.random() < 0.6:
            await self._followed(slot)
        else:
            until_at = time.monotonic() + self.chance.uniform(0, LEASE)
            await eventually(lambda: time.monotonic() > until_at, PATIENCE)

    async def _followed(self, slot: Slot) -> None:
        began = time.monotonic()
        await until(slot.town, lambda: not slot.is_holding and bool(list_holders(slot.town)), PATIENCE)
        self.seconds.append(time.monotonic() - began)


@pytest.fixture
async def slots(begin: Begin, far: OnFar, emptied_server_database: ServerDatabase) -> AsyncIterator[list[Slot]]:
    town = await begin(far, LEASE)
    proxies = [Proxy(emptied_server_database) for _ in range(3)]
    for proxy in proxies:
        await proxy.start()
    yield [Slot(town, proxy) for proxy in proxies]
    for proxy in proxies:
        await proxy.stop()


@pytest.mark.slow
@pytest.mark.parametrize("deeds", [4, pytest.param(DEEDS, marks=pytest.mark.overnight)])
@pytest.mark.timeout(3600)
async def test_three_that_die_are_stopped_and_cut_off_at_random_lose_nothing_and_repeat_nothing(
    slots: list[Slot], far: OnFar, deeds: int
) -> None:
    chance = random.Random(20260105 + deeds)
    town, study, trouble = slots[0].town, Study(far.far), Trouble(slots, chance)
    for slot in slots:
        await slot.fill()
    await until(town, lambda: far.far.connections > 0)
    studying = asyncio.create_task(study.go_on())
    for _ in range(deeds):
        far.far.drops_answers = chance.choice((0, 0, 0, 1))
        done = far.far.done + chance.randint(1, DONE_BETWEEN_DEEDS)
        await until(town, lambda: far.far.done >= done)  # noqa: B023
        await trouble.happen()
    await ended(studying)
    far.far.drops_answers = 0
    await until(town, lambda: not far.far.unanswered and town.is_quiet(), PATIENCE)
    assert [await slot.run.stop() for slot in slots if slot.run is not None] == [0, 0, 0]
    study.check(town)
    assert max(trouble.seconds, default=0.0) < FOLLOWED_WITHIN
    print(dict(trouble.deeds), dict(study.count()), len(far.far.posts), "posts;", summary(trouble.seconds))  # noqa: T201


def summary(seconds: list[float]) -> str:
    return (
        f"followed {len(seconds)} times, median {median(seconds or [0]):.1f} s, at most {max(seconds, default=0):.1f} s"
    )
