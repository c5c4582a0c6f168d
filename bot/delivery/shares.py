"""Sharing out a platform's parts over the processes that live: each part is one process's, and all have about as many.

Each process makes itself known by a lease of its own (`discord/process/…`), and judges the others by theirs. From what
stands in the table all of them work out the same shares. Who holds more gives up a part at a time, and who holds less
takes one that is free; where their views differ for a moment, the part's lease still has one holder.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial

from bot.adapter.shared import Serve
from bot.delivery.lease import LOOKS_PER_LEASE, LeaseLost, LeaseWatch, PlatformLease, Try, name_of, process_of
from bot.delivery.service import cancel, leave, until_all_end
from bot.errors import NotSaved
from bot.store import leases
from bot.store.database import Store
from bot.store.leases import Lease

log = logging.getLogger(__name__)
PROCESS = "process/"


class TooMany(Exception):
    """This process has more parts than it should."""


class Shares:
    """This process's share of the parts of one platform."""

    def __init__(self, store: Store, lease: PlatformLease, parts: Mapping[str, Serve]) -> None:
        self._store = store
        self._platform = lease.platform
        self._parts = parts
        self._lease = lease
        self._look_seconds = lease.seconds / LOOKS_PER_LEASE
        self._process = lease.process
        self._presence = lease.of_part(PROCESS + self._process)
        self._leases = {part: lease.of_part(part) for part in parts}
        self._others: dict[str, LeaseWatch] = {}
        self._held: set[str] = set()
        self._fair_count = 0
        self._taking = asyncio.Lock()

    @property
    def held(self) -> list[str]:
        """The parts that this process has, in the order of their names."""
        return sorted(self._held)

    async def run(self) -> None:
        """Serve a fair share of the parts until cancelled. Raises what ends one for good, such as `Misconfigured`."""
        if not self._parts:
            return
        known = asyncio.create_task(self._stay_known(), name="presence")
        looking = asyncio.create_task(self._look_again_and_again(), name="shares")
        serving = [asyncio.create_task(self._serve(part), name=part) for part in self._parts]
        try:
            await until_all_end([known, looking, *serving])
        finally:
            await cancel(looking, *serving)
            await cancel(known)
            await self._presence.release()

    async def _stay_known(self) -> None:
        """Let the others know that this process lives, again after one of them has taken it for dead."""
        while True:
            await self._presence.take()
            try:
                await self._presence.renew()
            except LeaseLost:
                log.warning("this process was taken for dead", extra={"platform": self._platform})

    async def _look_again_and_again(self) -> None:
        while True:
            try:
                await self._look()
            except NotSaved as error:
                log.warning("the shares cannot be read", extra={"platform": self._platform, "error": str(error)})
                for watch in self._others.values():
                    watch.lose_sight()
            await self._lease.sleep(self._look_seconds)

    async def _look(self) -> None:
        """Work out how many parts are for this process, by who lives and what they have."""
        prefix = name_of(self._platform, PROCESS)
        by_name = await self._store.read(lambda tx: leases.list_of(tx, name_of(self._platform, "")))
        presences = {name.removeprefix(prefix): lease for name, lease in by_name.items() if name.startswith(prefix)}
        await self._watch_others(presences)
        alive = [self._process, *self._others]
        names = {name_of(self._platform, part) for part in self._parts}
        counts = Counter(process_of(lease) for name, lease in by_name.items() if name in names)
        counts[self._process] = len(self._held)
        fair_count = count_fair(self._process, alive, counts, len(self._parts))
        if fair_count != self._fair_count:
            share = f"{fair_count} of {len(self._parts)}"
            log.info("shared out", extra={"platform": self._platform, "processes": len(alive), "parts": share})
        self._fair_count = fair_count

    async def _watch_others(self, presences: Mapping[str, Lease]) -> None:
        """Take in who is there; delete what dead processes have left of themselves."""
        self._others = {
            process: self._others.get(process) or LeaseWatch(self._lease.steady, self._lease.seconds)
            for process in presences
            if process != self._process
        }
        for process, watch in list(self._others.items()):
            watch.see(presences[process])
            if watch.is_over:
                del self._others[process]
                name, seen = name_of(self._platform, PROCESS + process), presences[process]
                await self._store.write(lambda tx: leases.drop(tx, name, seen))  # noqa: B023

    async def _serve(self, part: str) -> None:
        """Serve a part whenever it falls to this process."""
        while True:
            await self._leases[part].take(partial(self._attempt, part))
            try:
                await self._serve_held(part)
            except LeaseLost:
                log.error("another process has taken over this part", extra={"platform": self._platform, "part": part})
            except TooMany:
                log.info("given up for another process", extra={"platform": self._platform, "part": part})
            finally:
                await self._leases[part].release()
                self._held.discard(part)

    async def _attempt(self, part: str, try_taking: Try) -> bool:
        """Try to take a part if this process has less than its share: one part at a time, lest it take too many."""
        async with self._taking:
            is_taken = len(self._held) < self._fair_count and await try_taking()
            if is_taken:
                self._held.add(part)
            return is_taken

    async def _serve_held(self, part: str) -> None:
        serving = asyncio.create_task(self._parts[part](), name=f"{self._platform} {part}")
        beside = [
            asyncio.create_task(self._leases[part].renew(), name="lease"),
            asyncio.create_task(self._raise_when_too_many(part), name="share"),
        ]
        try:
            await until_all_end([serving, *beside])
        finally:
            await leave(serving)
            await cancel(*beside)

    async def _raise_when_too_many(self, part: str) -> None:
        """Raise `TooMany` once this part is one that others should have."""
        while part not in self.held[self._fair_count :]:
            await self._lease.sleep(self._look_seconds)
        raise TooMany


def count_fair(process: str, alive: Iterable[str], counts: Mapping[str, int], parts: int) -> int:
    """Return how many of `parts` are for a process: as many as for each, and one more for those who have most now.

    So nobody has to give up more than is needed for it.
    """
    ranked = sorted(alive, key=lambda name: (-counts.get(name, 0), name))
    each, rest = divmod(parts, len(ranked))
    return each + (ranked.index(process) < rest)
