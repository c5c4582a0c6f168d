"""The right to serve a platform: one process has it at a time, renews it while it lives, and hands it on in order.

A lease is judged by the steady clock alone: over is one that stood unchanged for as long as it lasts, or whose end has
passed by the clock of the very machine that it was taken on. So a wall clock that is set back or ahead neither takes a
platform from a living process nor leaves it to a dead one. The holder trusts it for less long than it lasts, counted
from before it was saved: who was stopped or suspended meanwhile sees that another may have it, before anybody else can.
"""

import asyncio
import logging
import os
import socket
from datetime import timedelta
from secrets import token_hex

from bot.clock import Clock, Sleep, Steady, SteadyClock
from bot.errors import NotSaved
from bot.store import leases, outbox
from bot.store.database import Store
from bot.store.leases import Lease
from bot.store.tx import Tx

log = logging.getLogger(__name__)
LEASE_SECONDS = 20.0
"""So long a lease lasts; a process that dies is followed by the next within little more."""

RENEWALS_PER_LEASE = 4
LOOKS_PER_LEASE = 10
TRUSTED_SHARE = 7 / 8
"""The share of a lease for which its holder trusts it."""

ROOM_SHARE = 1 / 4
"""The share of a lease that has to be left of the trust for a post: 5 s, in which nearly every post arrives."""


class LeaseLost(Exception):
    """Another process serves the platform now."""


class PlatformLease:
    """This process's lease of one platform."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        platform: str,
        seconds: float = LEASE_SECONDS,
        *,
        steady: Steady | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._platform = platform
        self._seconds = seconds
        self._steady = steady or SteadyClock()
        self._sleep = sleep
        self.holder = f"{socket.gethostname()}/{os.getpid()}/{token_hex(4)}"
        self._trusted_until = 0.0

    async def take(self) -> None:
        """Wait until no other process serves the platform; then make due at once what a dead one was sending."""
        seen = await self._look()
        over_at = self._steady.seconds() + self._seconds_left(seen)
        if over_at > self._steady.seconds() and seen is not None:
            log.warning(
                "waiting: another process serves this platform, of the same database",
                extra={"platform": self._platform, "holder": seen.holder},
            )
        while True:
            if self._steady.seconds() >= over_at and await self._try(seen):
                log.info("serving", extra={"platform": self._platform, "after": seen.holder if seen else None})
                return
            await self._sleep(self._seconds / LOOKS_PER_LEASE)
            lease = await self._look()
            if lease != seen:
                seen, over_at = lease, self._steady.seconds() + (self._seconds if lease else 0.0)

    async def renew(self) -> None:
        """Renew it for ever. Raises `LeaseLost` where another process has taken it."""
        while True:
            await self._sleep(self._seconds / RENEWALS_PER_LEASE)
            began, mine = self._steady.seconds(), self._lease()
            try:
                is_held = await self._store.write(lambda tx: leases.renew(tx, self._platform, mine))  # noqa: B023
            except NotSaved as error:
                log.warning("the lease is not renewed", extra={"platform": self._platform, "error": str(error)})
                continue
            if not is_held:
                self._trusted_until = 0.0
                raise LeaseLost(self._platform)
            self._trust(began)

    async def release(self) -> None:
        """Let the next process have it at once."""
        self._trusted_until = 0.0
        try:
            await self._store.write(lambda tx: leases.release(tx, self._platform, self.holder))
        except NotSaved as error:
            log.warning("the lease is left to run out", extra={"platform": self._platform, "error": str(error)})

    def is_held(self, tx: Tx) -> bool:
        """Return True if the lease is this process's, as the database knows it in this transaction."""
        return leases.is_held(tx, self._platform, self.holder)

    def has_room(self) -> bool:
        """Return True if the lease is surely this process's, and will be for as long as a post takes."""
        return self._steady.seconds() + ROOM_SHARE * self._seconds <= self._trusted_until

    def _trust(self, began: float) -> None:
        """Count the trust from before the lease was saved, since nobody knows when in between it was."""
        self._trusted_until = began + TRUSTED_SHARE * self._seconds

    def _lease(self) -> Lease:
        until, steady_until = (
            self._clock.now() + timedelta(seconds=self._seconds),
            self._steady.seconds() + self._seconds,
        )
        return Lease(self.holder, until, self._steady.boot, round(steady_until * 1000))

    def _seconds_left(self, seen: Lease | None) -> float:
        """Return for how long a lease lasts at most that is seen for the first time.

        Where it was taken before the machine's last start, or on another machine, no clock tells that.
        """
        if seen is None:
            return 0.0
        if not seen.boot or seen.boot != self._steady.boot:
            return self._seconds
        return min(self._seconds, max(0.0, seen.steady_until / 1000 - self._steady.seconds()))

    async def _look(self) -> Lease | None:
        """Return the lease as it stands, as soon as the database tells."""
        while True:
            try:
                return await self._store.read(lambda tx: leases.find(tx, self._platform))
            except NotSaved as error:
                log.warning(
                    "nobody knows who serves this platform", extra={"platform": self._platform, "error": str(error)}
                )
            await self._sleep(self._seconds / LOOKS_PER_LEASE)

    async def _try(self, seen: Lease | None) -> bool:
        """Take the lease, unless it is no longer as `seen`. Return True if it is taken."""
        now, began, mine = self._clock.now(), self._steady.seconds(), self._lease()

        def unit(tx: Tx) -> bool:
            is_taken = leases.take(tx, self._platform, seen, mine)
            if is_taken:
                outbox.make_due_now(tx, self._platform, now)
            return is_taken

        try:
            is_taken = await self._store.write(unit)
        except NotSaved as error:
            log.warning("the lease cannot be taken yet", extra={"platform": self._platform, "error": str(error)})
            return False
        if is_taken:
            self._trust(began)
        return is_taken
