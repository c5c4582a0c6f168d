"""The right to serve a platform: one process has it at a time, renews it while it lives, and hands it on in order.

A lease is judged by the steady clock alone: over is one that stood unchanged for as long as it lasts, or whose end has
passed by the clock of the very machine that it was taken on. So a wall clock that is set back or ahead neither takes a
platform from a living process nor leaves it to a dead one. The holder trusts it for less long than it lasts, counted
from before it was saved: who was stopped or suspended meanwhile sees that another may have it, before anybody else can.

Each time that it is taken is a term of its own, which renewing, asking and releasing name: what a lost connection
brings late of an earlier term does nothing to a later one, even of the same process.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from copy import copy
from datetime import timedelta
from functools import partial
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
    """Another process has what the lease is of."""


Try = Callable[[], Awaitable[bool]]
Attempt = Callable[[Try], Awaitable[bool]]
"""A way to make a try, which returns whether it was made and succeeded."""


async def at_once(try_taking: Try) -> bool:
    """Make a try whenever there is one to be made."""
    return await try_taking()


def name_process() -> str:
    """Return a name for this process that no other one has ever had."""
    return f"{socket.gethostname()}/{os.getpid()}/{token_hex(4)}"


class LeaseWatch:
    """One lease as others see it, who want to know when it is over."""

    def __init__(self, steady: Steady, seconds: float) -> None:
        self._steady = steady
        self._seconds = seconds
        self._over_at: float | None = None
        self.lease: Lease | None = None

    def see(self, lease: Lease | None) -> None:
        """Take in the lease as it stands now; None if nobody holds it."""
        if self._over_at is None:
            self._over_at = self._steady.seconds() + self._seconds_left(lease)
        elif lease != self.lease:
            self._over_at = self._steady.seconds() + (self._seconds if lease else 0.0)
        self.lease = lease

    def lose_sight(self) -> None:
        """Count anew from the next look: while nobody could look, nobody could renew it either."""
        if self.lease is not None:
            self._over_at = self._steady.seconds() + self._seconds

    @property
    def is_over(self) -> bool:
        """True if nobody has the lease any more."""
        return self._over_at is not None and self._steady.seconds() >= self._over_at

    def _seconds_left(self, lease: Lease | None) -> float:
        """Return for how long a lease lasts at most that is seen for the first time.

        Where it was taken before the machine's last start, or on another machine, no clock tells that.
        """
        if lease is None:
            return 0.0
        if not lease.boot or lease.boot != self._steady.boot:
            return self._seconds
        return min(self._seconds, max(0.0, lease.steady_until / 1000 - self._steady.seconds()))


class PlatformLease:
    """This process's lease of one platform; `of_part` makes those of its parts, in which nothing is sent."""

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
        self.platform = platform
        self.seconds = seconds
        self.steady = steady or SteadyClock()
        self.sleep = sleep
        self.process = name_process()
        self._term = 0
        self._store = store
        self._clock = clock
        self._name = platform
        self._trusted_until = 0.0

    @property
    def holder(self) -> str:
        """The name under which this process holds the lease now: its own, and the number of the term."""
        return f"{self.process}/{self._term}"

    def of_part(self, part: str) -> "PlatformLease":
        """Return the lease of a part of the platform, by the same process, which does not have it yet."""
        lease = copy(self)
        lease._name, lease._trusted_until = name_of(self.platform, part), 0.0
        return lease

    async def take(self, attempt: Attempt = at_once) -> None:
        """Wait until no other process has it; if it is the platform's, make due at once what a dead one was sending.

        Each try goes through `attempt`, which may leave it out.
        """
        watch = LeaseWatch(self.steady, self.seconds)
        await self._look(watch)
        if not watch.is_over and watch.lease is not None and not self._is_of_part:
            log.warning(
                "waiting: another process serves this platform, of the same database",
                extra={"platform": self._name, "holder": watch.lease.holder},
            )
        while True:
            if watch.is_over and await attempt(partial(self._try, watch.lease)):
                after = watch.lease.holder if watch.lease else None
                log.info("serving", extra={"platform": self._name, "after": after})
                return
            await self.sleep(self.seconds / LOOKS_PER_LEASE)
            await self._look(watch)

    async def renew(self) -> None:
        """Renew it for ever. Raises `LeaseLost` where another process has taken it."""
        while True:
            await self.sleep(self.seconds / RENEWALS_PER_LEASE)
            began, mine = self.steady.seconds(), self._lease()
            try:
                is_held = await self._store.write(lambda tx: leases.renew(tx, self._name, mine))  # noqa: B023
            except NotSaved as error:
                log.warning("the lease is not renewed", extra={"platform": self._name, "error": str(error)})
                continue
            if not is_held:
                self._trusted_until = 0.0
                raise LeaseLost(self._name)
            self._trust(began)

    async def release(self) -> None:
        """Let the next process have it at once."""
        self._trusted_until = 0.0
        try:
            await self._store.write(partial(leases.release, name=self._name, holder=self.holder))
        except NotSaved as error:
            log.warning("the lease is left to run out", extra={"platform": self._name, "error": str(error)})

    def is_held(self, tx: Tx) -> bool:
        """Return True if the lease is this process's, as the database knows it in this transaction."""
        return leases.is_held(tx, self._name, self.holder)

    def has_room(self) -> bool:
        """Return True if the lease is surely this process's, and will be for as long as a post takes."""
        return self.steady.seconds() + ROOM_SHARE * self.seconds <= self._trusted_until

    @property
    def _is_of_part(self) -> bool:
        return self._name != self.platform

    def _trust(self, began: float) -> None:
        """Count the trust from before the lease was saved, since nobody knows when in between it was."""
        self._trusted_until = began + TRUSTED_SHARE * self.seconds

    def _lease(self) -> Lease:
        until, steady_until = (
            self._clock.now() + timedelta(seconds=self.seconds),
            self.steady.seconds() + self.seconds,
        )
        return Lease(self.holder, until, self.steady.boot, round(steady_until * 1000))

    async def _look(self, watch: LeaseWatch) -> None:
        """Look at the lease once the database can be read."""
        while True:
            try:
                watch.see(await self._store.read(lambda tx: leases.find(tx, self._name)))
            except NotSaved as error:
                log.warning(
                    "nobody knows who serves this platform", extra={"platform": self._name, "error": str(error)}
                )
                watch.lose_sight()
                await self.sleep(self.seconds / LOOKS_PER_LEASE)
            else:
                return

    async def _try(self, seen: Lease | None) -> bool:
        """Take the lease, unless it is no longer as `seen`. Return True if it is taken."""
        self._term += 1
        now, began, mine = self._clock.now(), self.steady.seconds(), self._lease()

        def unit(tx: Tx) -> bool:
            is_taken = leases.take(tx, self._name, seen, mine)
            if is_taken and not self._is_of_part:
                outbox.make_due_now(tx, self.platform, now)
            return is_taken

        taking = asyncio.ensure_future(self._store.write(unit))
        try:
            is_taken = await asyncio.shield(taking)
        except asyncio.CancelledError:
            await asyncio.gather(taking, return_exceptions=True)
            await self.release()  # nobody knows of a lease that is taken in the same moment
            raise
        except NotSaved as error:
            log.warning("the lease cannot be taken yet", extra={"platform": self._name, "error": str(error)})
            return False
        if is_taken:
            self._trust(began)
        return is_taken


def process_of(lease: Lease) -> str:
    """Return the name of the process that has a lease, whatever its term."""
    return lease.holder.rpartition("/")[0]


def name_of(platform: str, part: str) -> str:
    """Return the name of the lease of a part of a platform; with the part \"\" what such names begin with."""
    return f"{platform}/{part}"
