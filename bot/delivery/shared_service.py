"""Serving a platform beside other processes: each answers there, one of them sends, and its parts are shared out."""

import asyncio
import logging

from bot.adapter import Adapter
from bot.adapter.shared import Serve
from bot.delivery.lease import LOOKS_PER_LEASE, LeaseLost, PlatformLease
from bot.delivery.sender import Sender
from bot.delivery.service import FINISH_WITHIN_SECONDS, cancel, leave, until_all_end
from bot.delivery.shares import Shares
from bot.delivery.waker import Waker

log = logging.getLogger(__name__)


class Unconnected(Exception):
    """The platform has been out of this process's reach for so long that another one is to send."""


class SharedService:
    """One adapter of which this process runs its parts; under the platform's lease it is the one that sends."""

    def __init__(
        self,
        adapter: Adapter,
        everywhere: Serve,
        sender: Sender,
        lease: PlatformLease,
        waker: Waker,
        shares: Shares,
    ) -> None:
        self.adapter = adapter
        self._everywhere = everywhere
        self._sender = sender
        self._lease = lease
        self._waker = waker
        self._shares = shares
        self._look_seconds = lease.seconds / LOOKS_PER_LEASE

    async def run(self) -> None:
        """Serve until cancelled. Raises what ends the adapter for good, such as `Misconfigured`."""
        serving = asyncio.create_task(self._everywhere(), name=self.adapter.name)
        sharing = asyncio.create_task(self._shares.run(), name=f"shares of {self.adapter.name}")
        waking = asyncio.create_task(self._waker.run(), name="waker")
        sending = asyncio.create_task(self._send(), name="sending")
        try:
            await until_all_end([serving, sharing, waking, sending])
        finally:
            # Posts come to their end first, while the connection stands.
            await cancel(sending, waking)
            await leave(sharing, serving)

    async def _send(self) -> None:
        """Send whenever the lease is this process's, which asks for it only while it reaches the platform."""
        while True:
            while not self._is_connected():
                await self._lease.sleep(self._look_seconds)
            await self._lease.take()
            try:
                await self._send_under_lease()
            except LeaseLost:
                log.error("another process has taken over sending", extra={"platform": self.adapter.name})
            except Unconnected:
                log.warning("another process is to send: no connection", extra={"platform": self.adapter.name})
            finally:
                await self._lease.release()

    async def _send_under_lease(self) -> None:
        self._sender.resume()
        tasks = [
            asyncio.create_task(self._sender.run(), name="sender"),
            asyncio.create_task(self._lease.renew(), name="lease"),
            asyncio.create_task(self._raise_when_unconnected(), name="connection"),
        ]
        try:
            await until_all_end(tasks)
        finally:
            await self._sender.finish(FINISH_WITHIN_SECONDS)
            await cancel(*tasks)

    async def _raise_when_unconnected(self) -> None:
        """Raise `Unconnected` once the platform was out of reach for as long as a lease lasts."""
        looks_in_vain = 0
        while looks_in_vain < LOOKS_PER_LEASE:
            await self._lease.sleep(self._look_seconds)
            looks_in_vain = 0 if self._is_connected() else looks_in_vain + 1
        raise Unconnected

    def _is_connected(self) -> bool:
        health = self.adapter.health()
        return health.is_ready or health.age is not None
