"""Signs of life, given only while the ticker ticks: to systemd's watchdog, and into the database for `check`."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.app import App
from bot.delivery.attempt import Sleep
from bot.errors import NotSaved
from bot.store import heartbeat
from bot.upkeep.notify import ALIVE, READY, STOPPING, Notifier

log = logging.getLogger(__name__)
TICKS_WITHIN = 75.0
"""Seconds without anything from the ticker, which wakes every twenty, after which it counts as dead."""
WRITTEN_EVERY = timedelta(minutes=1)
LOOKED_EVERY = 5.0
FIRST_LOOKS_EVERY = 0.2


class Heartbeat:
    """Beats while the program ticks. It says so when it begins and when it ends in order."""

    def __init__(self, app: App, notifier: Notifier, *, sleep: Sleep = asyncio.sleep) -> None:
        self._app = app
        self._notifier = notifier
        self._sleep = sleep
        self._written_at: datetime | None = None
        self._is_ready = False

    async def run(self) -> None:
        """Beat until cancelled."""
        every = min(LOOKED_EVERY, self._notifier.interval or LOOKED_EVERY)
        try:
            while True:
                if is_ticking(self._app):
                    await self._beat()
                await self._sleep(every if self._is_ready else FIRST_LOOKS_EVERY)
        finally:
            self._notifier.tell(STOPPING)

    async def stop(self) -> None:
        """Leave word that the end was in order, if it ever ran."""
        if self._written_at is not None:
            await self._write(is_stopping=True)

    async def _beat(self) -> None:
        if not self._is_ready:
            self._notifier.tell(READY, "STATUS=Serving")
            self._is_ready = True
        self._notifier.tell(ALIVE)
        now = self._app.clock.now()
        if self._written_at is None or abs(now - self._written_at) >= WRITTEN_EVERY:
            await self._write()
            self._written_at = now

    async def _write(self, *, is_stopping: bool = False) -> None:
        now = self._app.clock.now()
        try:
            await self._app.store.write(lambda tx: heartbeat.beat(tx, now, is_stopping=is_stopping))
        except NotSaved as error:
            log.warning("sign of life not saved", extra={"error": str(error)})


def is_ticking(app: App) -> bool:
    """Whether the ticker has done something lately."""
    age = app.tick_age
    return age is not None and age < TICKS_WITHIN
