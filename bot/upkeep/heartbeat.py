"""Signs of life, given only while the ticker ticks: to systemd's watchdog, and into the database for `check`."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.app import App
from bot.clock import Sleep
from bot.errors import NotSaved
from bot.store import heartbeat, leases
from bot.store.tx import Tx
from bot.upkeep.notify import ALIVE, READY, STOPPING, Notifier

log = logging.getLogger(__name__)
TICK_TIMEOUT_SECONDS = 75.0
"""Without anything from the ticker, which wakes every twenty seconds, it counts as dead after so long."""

SAVE_INTERVAL = timedelta(minutes=1)
LOOK_INTERVAL_SECONDS = 5.0
FIRST_LOOK_INTERVAL_SECONDS = 0.2


class Heartbeat:
    """Beats while the program ticks. It says so when it begins and when it ends in order."""

    def __init__(
        self,
        app: App,
        notifier: Notifier,
        *,
        sleep: Sleep = asyncio.sleep,
        goes_on: Callable[[], bool] = lambda: False,
    ) -> None:
        self._app = app
        self._notifier = notifier
        self._sleep = sleep
        self._goes_on = goes_on
        self._saved_at: datetime | None = None
        self._is_ready = False

    async def run(self) -> None:
        """Beat until cancelled."""
        interval = min(LOOK_INTERVAL_SECONDS, self._notifier.interval or LOOK_INTERVAL_SECONDS)
        try:
            while True:
                if is_ticking(self._app):
                    await self.beat()
                await self._sleep(interval if self._is_ready else FIRST_LOOK_INTERVAL_SECONDS)
        finally:
            self._notifier.tell("STATUS=Reading the settings anew" if self._goes_on() else STOPPING)

    async def beat(self) -> None:
        """Tell the service manager that the program is alive and, once a minute, save it for `check`."""
        if not self._is_ready:
            self._notifier.tell(READY, "STATUS=Serving")
            self._is_ready = True
        self._notifier.tell(ALIVE)
        now = self._app.clock.now()
        if self._saved_at is None or abs(now - self._saved_at) >= SAVE_INTERVAL:
            await self._save()
            self._saved_at = now

    async def stop(self) -> None:
        """Save that the end was in order, if there was ever a beat and no other process goes on."""
        if self._saved_at is not None:
            await self._save(is_stopping=True)

    async def _save(self, *, is_stopping: bool = False) -> None:
        now = self._app.clock.now()
        failures = self._app.failures()
        served = [name for name, health in self._app.health().items() if health.is_ready]

        def unit(tx: Tx) -> None:
            heartbeat.beat(tx, now, is_stopping=is_stopping and not leases.is_any_held(tx, now))
            for platform, reason in failures.items():
                heartbeat.save_failure(tx, platform, reason, now)
            for platform in served:
                heartbeat.delete_failure(tx, platform)

        try:
            await self._app.store.write(unit)
        except NotSaved as error:
            log.warning("sign of life not saved", extra={"error": str(error)})


def is_ticking(app: App) -> bool:
    """Return True if the ticker has done something lately."""
    age = app.delivery.tick_age
    return age is not None and age < TICK_TIMEOUT_SECONDS
