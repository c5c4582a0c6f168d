"""On a server, tables that an erase has touched are rewritten at night: small ones at once, and one large one a night.

Nobody can use a table while it is rewritten, and whoever waits for it longer than 5 s has to try again. So a large one
is put off while posts are due or soon will be, but not for ever: after a week it goes ahead.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock, Sleep
from bot.errors import NotSaved
from bot.failpoint import reach
from bot.location import ServerDatabase
from bot.store import heap
from bot.store.database import Store
from bot.store.heap import Debt
from bot.store.postgres_heap import measure, rewrite

log = logging.getLogger(__name__)
NIGHT_HOURS = range(1, 5)
"""Hours of the machine's own zone in which hardly anybody studies."""

LOOK_INTERVAL_SECONDS = 600.0
SMALL_BYTES = 16 << 20
"""A table up to this size is rewritten in about half a second."""

QUIET = timedelta(minutes=5)
"""For so long nothing may be due when a large table's turn comes."""

LONGEST_DELAY = timedelta(days=7)


class HeapRewriting:
    """Works off what `store/heap` says is owed."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        sleep: Sleep = asyncio.sleep,
        small_bytes: int = SMALL_BYTES,
    ) -> None:
        assert isinstance(store.location, ServerDatabase)
        self._store = store
        self._location = store.location
        self._clock = clock
        self._sleep = sleep
        self._small_bytes = small_bytes

    async def run(self) -> None:
        """Look every ten minutes at whether something is owed, and do it at night, until cancelled."""
        while True:
            now = self._clock.now()
            if now.astimezone().hour in NIGHT_HOURS:
                try:
                    await self.work(now)
                except NotSaved as error:
                    log.warning("the files keep what was erased for longer", extra={"error": str(error)})
            await self._sleep(LOOK_INTERVAL_SECONDS)

    async def work(self, now: datetime) -> None:
        """Rewrite all small tables that are owed, and a large one unless this night has had one."""
        debts = await self._store.read(heap.list_debts)
        if not debts:
            return
        sizes = await asyncio.to_thread(measure, self._location, [debt.table for debt in debts])
        large = [debt for debt in debts if sizes.get(debt.table, 0) > self._small_bytes]
        for debt in debts:
            if debt not in large:
                await self._rewrite(debt)
        if large and await self._is_turn(large[0], now):
            await self._store.write(partial(heap.save_night, night=_night(now), now=now))
            await self._rewrite(large[0])

    async def _is_turn(self, debt: Debt, now: datetime) -> bool:
        """Return True if a large table may be rewritten now."""
        if await self._store.read(heap.find_night) == _night(now):
            return False
        if now - debt.since > LONGEST_DELAY:
            return True
        return not await self._store.read(partial(heap.are_posts_due, until=now + QUIET))

    async def _rewrite(self, debt: Debt) -> None:
        if await asyncio.shield(asyncio.to_thread(rewrite, self._location, debt.table)):
            reach("rewritten")
            await self._store.write(partial(heap.settle, debt=debt))
            log.info("rewrote a table, so that nothing of what was erased is left", extra={"table": debt.table})


def _night(now: datetime) -> str:
    return now.astimezone().date().isoformat()
