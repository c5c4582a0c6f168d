"""Serving one platform: under its lease the adapter runs, the sender sends, and groups that sleep are woken."""

import asyncio
import logging
from collections.abc import Iterable

from bot.adapter import Adapter, AskingAdapter
from bot.delivery.lease import LeaseLost, PlatformLease
from bot.delivery.sender import Sender
from bot.delivery.waker import Waker

log = logging.getLogger(__name__)
FINISH_WITHIN_SECONDS = 4.0
LEAVE_WITHIN_SECONDS = 4.0
"""For posts under way, then for the adapter to leave: together less than the ten that a stop may take."""


class Service:
    """One adapter with its sender. Without a `lease` it is served whoever else does."""

    def __init__(
        self, adapter: Adapter, sender: Sender, lease: PlatformLease | None, waker: Waker | None = None
    ) -> None:
        self.adapter = adapter
        self._sender = sender
        self._waker = waker
        self._lease = lease

    async def run(self) -> None:
        """Serve until cancelled. Raises what ends the adapter for good, such as `Misconfigured`."""
        if self._lease is None:
            await self._serve([])
            return
        while True:
            await self._lease.take()
            try:
                await self._serve([asyncio.create_task(self._lease.renew(), name="lease")])
            except LeaseLost:
                log.error("another process has taken over this platform", extra={"platform": self.adapter.name})
            finally:
                await self._lease.release()

    async def _serve(self, renewing: list[asyncio.Task[None]]) -> None:
        self._sender.resume()
        sending = asyncio.create_task(self._sender.run(), name="sender")
        serving = asyncio.create_task(self.adapter.run(), name=self.adapter.name)
        beside = list(renewing)
        if self._waker is not None:
            beside.append(asyncio.create_task(self._waker.run(), name="waker"))
        try:
            await until_all_end([sending, serving, *beside])
        finally:
            # Posts come to their end first, while the connection stands.
            await self._sender.finish(FINISH_WITHIN_SECONDS)
            await cancel(sending)
            await leave(serving)
            await cancel(*beside)


class AskingService:
    """An adapter by which people only ask: nothing is sent, and any number of processes serve it."""

    def __init__(self, adapter: AskingAdapter) -> None:
        self.adapter = adapter

    async def run(self) -> None:
        """Serve until cancelled. Raises what ends the adapter for good, such as `Misconfigured`."""
        serving = asyncio.create_task(self.adapter.run(), name=self.adapter.name)
        try:
            await asyncio.wait({serving})
        finally:
            await leave(serving)
        serving.result()


async def until_all_end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Wait until all tasks have ended. Raises at once what ends one of them."""
    running = set(tasks)
    while running:
        ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()


async def leave(*serving: asyncio.Task[None]) -> None:
    """Let tasks that serve a platform leave it, for a while; what hangs is left behind."""
    for task in serving:
        task.cancel()
    if serving:
        _, late = await asyncio.wait(serving, timeout=LEAVE_WITHIN_SECONDS)
        for task in late:
            log.warning("did not leave in time", extra={"platform": task.get_name()})


async def cancel(*tasks: asyncio.Task[None]) -> None:
    """Cancel tasks, and wait until they have ended, however they do."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
