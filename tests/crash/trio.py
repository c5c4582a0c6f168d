"""Three processes on one PostgreSQL database: one serves the platform, and two stand by."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.crash.platforms import Platform
from tests.crash.town import WITHIN, Run, Town
from tests.servers.postgres.proxy import Proxy
from tests.waiting import eventually

PATIENCE = 90.0
"""Seconds within which everything is done on a busy machine."""

WAITING = "waiting: another process serves this platform"


@dataclass
class Trio:
    """The first, which holds the lease and reaches its database through a network of its own, and the two others."""

    town: Town
    platform: Platform
    proxy: Proxy
    first: Run
    others: list[Run] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        return [self.first, *self.others]

    async def is_done(self) -> None:
        """Wait until all that was to be done is done, by whichever process."""
        await until(self.town, lambda: is_all_sent(self.town))

    async def has_followed(self, holder: str) -> float:
        """Wait until another process than this one holds the lease, and return how many seconds that took."""
        began = time.monotonic()
        await until(self.town, lambda: list_holders(self.town) not in ([], [holder]))
        return time.monotonic() - began

    async def stop(self) -> None:
        """End all that live in order."""
        assert {await run.stop() for run in self.runs if not run.is_dead} <= {0}, self.town.output


async def until(town: Town, is_so: Callable[[], object], within: float = PATIENCE) -> None:
    """Wait until something is so. Raises `AssertionError` with what the processes said."""
    try:
        await eventually(is_so, within)
    except TimeoutError:
        raise AssertionError("".join(town.output)) from None


def list_holders(town: Town) -> list[str]:
    return [holder for (holder,) in town.rows("SELECT holder FROM leases ORDER BY name")]


def is_all_sent(town: Town) -> bool:
    return town.is_quiet() and set(town.fates().values()) == {"sent"}


async def done_before(town: Town) -> None:
    """Let a process do what is due, and leave: what comes next finds nothing to be done."""
    run = await town.start()
    await run.until(lambda: is_all_sent(town), PATIENCE)
    assert await run.stop() == 0


async def standing(town: Town, platform: Platform, proxy: Proxy, failpoint: str = "") -> Trio:
    """Start the first process through the network, and two others when it holds the lease; return them standing by."""
    await done_before(town)
    trio = Trio(town, platform, proxy, await town.start_through(proxy.location, failpoint))
    await trio.first.until(lambda: bool(list_holders(town)), PATIENCE)
    said = len(town.output)
    trio.others = await beside(town)
    await until(town, lambda: sum(WAITING in line for line in town.output[said:]) == 2)
    return trio


async def beside(town: Town) -> list[Run]:
    """Start two processes, and return them when they have begun to serve or to wait."""
    others = [await town.start(), await town.start()]
    await until(town, lambda: all(run.is_up for run in others))
    return others


async def asked(platform: Platform, minutes: int) -> None:
    """Let Ada check in, whether or not there is anybody to answer."""
    work = asyncio.create_task(platform.check_in(minutes))
    await asyncio.wait([work], timeout=WITHIN)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
