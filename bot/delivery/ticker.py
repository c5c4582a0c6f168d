"""The alarm clock: the only place that knows APScheduler. It wakes a job at least every twenty seconds, and on the dot.

What is due lives in our tables, so a tick that is lost or late is made good by the next one.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock

log = logging.getLogger(__name__)
EVERY = 20
SOON = timedelta(seconds=EVERY)


class Ticker:
    """Calls `tick` again and again; `tick` answers when it next has something to do, if it knows."""

    def __init__(self, clock: Clock, tick: Callable[[], Awaitable[datetime | None]]) -> None:
        self._clock = clock
        self._tick = tick
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self.last_tick_at: datetime | None = None

    def start(self) -> None:
        """Begin with a tick at once."""
        self._scheduler.add_job(
            self._run,
            "interval",
            seconds=EVERY,
            id="tick",
            misfire_grace_time=None,
            coalesce=True,
            next_run_time=self._clock.now(),
        )
        self._scheduler.start()

    def stop(self) -> None:
        """No further tick begins."""
        self._scheduler.shutdown(wait=False)

    async def _run(self) -> None:
        try:
            next_at = await self._tick()
        except Exception:
            log.exception("tick failed; the next one makes it good")
            return
        now = self._clock.now()
        self.last_tick_at = now
        if next_at is not None and now < next_at < now + SOON:
            self._scheduler.add_job(
                self._run, "date", run_date=next_at, id="on the dot", replace_existing=True, misfire_grace_time=None
            )
