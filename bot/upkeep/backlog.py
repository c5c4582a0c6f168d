"""Work that an upgrade left, done in slices between what people wait for: each is a transaction of its own.

A process that is killed leaves whole slices behind, and the next one goes on with the rest.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.clock import Sleep
from bot.errors import NotSaved
from bot.store import counted_weeks, running_sums, search
from bot.store.database import Store
from bot.store.tx import Tx

log = logging.getLogger(__name__)
REST_FACTOR = 3
"""The rest after a slice, in lengths of the slice: three quarters of the time are free."""

SHORTEST_REST_SECONDS = 0.02
RETRY_SECONDS = 60.0
SLICES: tuple[Callable[[Tx], bool], ...] = (counted_weeks.fill_slice, search.move_slice, running_sums.fill_slice)
"""Functions that do a part of the work, and return whether there is more."""


async def work_off(store: Store, *, sleep: Sleep = asyncio.sleep) -> None:
    """Do all of it, and end. What the database refuses is tried again a minute later."""
    for do_slice in SLICES:
        while await _do(store, do_slice, sleep):
            pass


async def _do(store: Store, do_slice: Callable[[Tx], bool], sleep: Sleep) -> bool:
    begun = time.monotonic()
    try:
        has_more = await store.write(do_slice)
    except NotSaved as error:
        log.warning("work of an upgrade waits", extra={"error": str(error)})
        await sleep(RETRY_SECONDS)
        return True
    if has_more:
        await sleep(max(SHORTEST_REST_SECONDS, REST_FACTOR * (time.monotonic() - begun)))
    return has_more
