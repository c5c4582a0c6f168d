"""The alarm clock: the only place that knows APScheduler. It wakes a job at least every twenty seconds, and on the dot.

What is due lives in our tables, so a tick that is lost or late is made good by the next one. A scheduler that has
stopped, or that waits for an hour since the clock was set back by one, is noticed by a steady clock and replaced.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.errors import NotSaved

log = logging.getLogger(__name__)
TICK_INTERVAL_SECONDS = 20.0
MISSED_INTERVALS = 2.5
"""So many intervals without a tick are too many."""


class Ticker:
    """Calls `tick` every `interval` seconds, and at the instant that the last call returned, if that comes before."""

    def __init__(
        self,
        clock: Clock,
        tick: Callable[[], Awaitable[datetime | None]],
        *,
        interval: float = TICK_INTERVAL_SECONDS,
    ) -> None:
        self._clock = clock
        self._tick = tick
        self._interval = interval
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._ticking = asyncio.Lock()
        self._ticked_at = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since the last tick began."""
        return time.monotonic() - self._ticked_at

    async def run(self) -> None:
        """Tick until cancelled, beginning at once."""
        self._start()
        try:
            while True:
                await asyncio.sleep(self._interval)
                if self.age > self._interval * MISSED_INTERVALS:
                    self._replace()
        finally:
            self._stop()

    def _start(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self._run,
            "interval",
            seconds=self._interval,
            id="tick",
            misfire_grace_time=None,
            coalesce=True,
            next_run_time=datetime.now(UTC),
        )
        self._scheduler.start()

    def _stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _replace(self) -> None:
        if self._ticking.locked():
            log.error("a tick takes long", extra={"seconds": round(self.age)})
            return
        log.warning("no tick for too long; the alarm clock is set anew", extra={"seconds": round(self.age)})
        self._stop()
        self._start()

    async def _run(self) -> None:
        try:
            await self._tick_once()
        except asyncio.CancelledError:
            log.debug("left a tick: the program stops")

    async def _tick_once(self) -> None:
        async with self._ticking:
            self._ticked_at = time.monotonic()
            try:
                next_at = await self._tick()
            except NotSaved as error:
                log.warning("tick failed; the next one makes it good", extra={"error": str(error)})
                return
            except Exception:
                log.exception("tick failed; the next one makes it good")
                return
        now = self._clock.now()
        if next_at is not None and now < next_at < now + timedelta(seconds=self._interval):
            run_date = datetime.now(UTC) + (next_at - now)
            self._scheduler.add_job(
                self._run, "date", run_date=run_date, id="on the dot", replace_existing=True, misfire_grace_time=None
            )
