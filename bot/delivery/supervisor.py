"""Several platforms in one process: the end of one is not that of the others, and it is tried again.

A dead token of Slack says nothing of Discord. The process ends only when nothing is left to serve, so that whoever
starts it with one platform and a wrong setting hears of it at once.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator

from bot.adapter import AskingAdapter, Health
from bot.clock import Sleep
from bot.delivery.service import AskingService, Service
from bot.delivery.shared_service import SharedService
from bot.errors import TenHoursError

log = logging.getLogger(__name__)
RETRY_SECONDS = (30.0, 60.0, 120.0, 300.0, 600.0, 1800.0)
"""Pauses before a platform that has ended is tried again; the last is repeated. A token that Discord has reset may be
tried in vain now and then: 10,000 times in ten minutes are what it bans an address for."""

WELL_AFTER_SECONDS = 600.0
"""A platform that was served for so long is tried again as soon as one that ends for the first time."""

AnyService = Service | SharedService | AskingService


class Supervisor:
    """The services of all platforms, each kept apart from what ends another."""

    def __init__(self, *, sleep: Sleep = asyncio.sleep, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._services: list[AnyService] = []
        self._failures: dict[AnyService, Exception] = {}

    def add(self, service: AnyService) -> None:
        """Serve this platform too."""
        self._services.append(service)

    @property
    def adapters(self) -> list[AskingAdapter]:
        """The adapters that are served."""
        return [service.adapter for service in self._services]

    def health(self) -> dict[str, Health]:
        """Return by platform how its connection is; of one that waits to be tried again, what has ended it."""
        ended = {name: Health(False, None, reason) for name, reason in self.failures().items()}
        return {adapter.name: ended.get(adapter.name) or adapter.health() for adapter in self.adapters}

    def failures(self) -> dict[str, str]:
        """Return by platform what has ended it, of those that wait to be tried again."""
        return {service.adapter.name: _say(error) for service, error in self._failures.items()}

    async def run(self) -> None:
        """Serve until cancelled. Raises what has ended the first platform once all have ended."""
        async with asyncio.TaskGroup() as tasks:
            for service in self._services:
                tasks.create_task(self._keep_serving(service), name=f"service of {service.adapter.name}")

    async def _keep_serving(self, service: AnyService) -> None:
        pauses = _pauses()
        while True:
            began = self._monotonic()
            try:
                return await service.run()
            except Exception as error:  # noqa: BLE001 - whatever ends one platform, the others go on
                self._failures[service] = error
                if all(platform in self._failures for platform in self._list_reasons()):
                    raise self._failures[self._list_reasons()[0]] from None
                if self._monotonic() - began >= WELL_AFTER_SECONDS:
                    pauses = _pauses()
                await self._wait(service, error, next(pauses))
            del self._failures[service]

    def _list_reasons(self) -> list[AnyService]:
        """Return the services for which the process goes on: pages are none, unless there is nothing else."""
        posting: list[AnyService] = [service for service in self._services if not isinstance(service, AskingService)]
        return posting or self._services

    async def _wait(self, service: AnyService, error: Exception, seconds: float) -> None:
        trace = None if isinstance(error, TenHoursError) else error
        log.error(
            "a platform is not served, the others are",
            extra={"platform": service.adapter.name, "reason": _say(error), "again_in": seconds},
            exc_info=trace,
        )
        await self._sleep(seconds)


def _pauses() -> Iterator[float]:
    yield from RETRY_SECONDS
    while True:
        yield RETRY_SECONDS[-1]


def _say(error: Exception) -> str:
    return str(error) or type(error).__name__
