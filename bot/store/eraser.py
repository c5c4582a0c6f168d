"""Works off what erases owe: at once as far as that is little, and else in slices between what people wait for."""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.clock import Sleep
from bot.errors import NotSaved
from bot.failpoint import reach
from bot.store import erasures
from bot.store.database import Store
from bot.store.unit import Slice

log = logging.getLogger(__name__)
PROMPT_SECONDS = 0.5
"""Time in which the rest of an erase goes before its answer, as it does in a file of some 100 MB."""

CLOSING_SECONDS = 2.0
"""Time in which a program that ends goes on with what is owed."""

REST_FACTOR = 3
"""The rest after a slice, in lengths of the slice: three quarters of the time are free."""

SHORTEST_REST_SECONDS = 0.02
BUSY_SECONDS = 0.25
"""The time after which the log is tried again that somebody was reading from."""

RETRY_SECONDS = 60.0


class Eraser:
    """Goes on with what the table `erasures` owes. What is killed or refused goes on later."""

    def __init__(
        self, store: Store, *, monotonic: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._store = store
        self._monotonic = monotonic
        self._sleep = sleep
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._lock = asyncio.Lock()
        self._in_file: list[int] = []

    async def run(self) -> None:
        """Work off what is owed, whenever something is, until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            if await self._is_owed():
                await self.work_off_resting()

    async def _is_owed(self) -> bool:
        """Return True if something is owed, or nobody can tell."""
        try:
            return await self._store.read(erasures.find_oldest) is not None
        except NotSaved:
            return True

    async def work_off(self, seconds: float = PROMPT_SECONDS) -> None:
        """Work off what is owed without rests, for so many seconds; `run` goes on with what is left then."""
        until = self._monotonic() + seconds
        try:
            while self._monotonic() < until:
                outcome = await self._do_slice()
                if outcome is Slice.DONE:
                    return
                if outcome is Slice.BUSY:
                    await self._sleep(SHORTEST_REST_SECONDS)
        except NotSaved as error:
            log.warning("the rest of an erase waits", extra={"error": str(error)})
        self._wanted.set()

    async def finish(self) -> None:
        """Go on for a while before the program ends, if anything is known to be owed."""
        if self._wanted.is_set() or self._in_file:
            await self.work_off(CLOSING_SECONDS)

    async def work_off_resting(self) -> None:
        """Work off all that is owed, with rests for others; what is refused is tried again a minute later."""
        while True:
            began = self._monotonic()
            try:
                outcome = await self._do_slice()
            except NotSaved as error:
                log.warning("the rest of an erase waits", extra={"error": str(error)})
                await self._sleep(RETRY_SECONDS)
                continue
            if outcome is Slice.DONE:
                return
            rest = BUSY_SECONDS if outcome is Slice.BUSY else REST_FACTOR * (self._monotonic() - began)
            await self._sleep(max(SHORTEST_REST_SECONDS, rest))

    async def _do_slice(self) -> Slice:
        """Do one slice: first what is in the tables, then what their rows have left in the file."""
        async with self._lock:
            if await self._store.write(erasures.work_off):
                reach("erased")
                return Slice.MORE
            self._in_file = self._in_file or await self._store.read(erasures.list_in_file)
            if not self._in_file:
                return Slice.DONE
            outcome = await self._store.wipe(erasures.NOTE)
            if outcome is not Slice.DONE:
                return outcome
            reach("wiped")
            wiped, self._in_file = self._in_file, []
            owes_heap = self._store.is_on_server
            await self._store.write(lambda tx: erasures.settle(tx, wiped, owes_heap=owes_heap))
            return Slice.MORE
