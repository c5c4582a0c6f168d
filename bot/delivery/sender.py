"""From the outbox to a platform: several places at once, one post at a time for each, every group in its turn."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random, SystemRandom

from bot.adapter import Adapter
from bot.chat.delivery import Address
from bot.clock import Clock, Sleep
from bot.delivery.attempt import Attempts
from bot.delivery.pace import Pace, Place, place_of
from bot.failpoint import reach
from bot.store import outbox
from bot.store.database import Store
from bot.store.outbox import ClaimedPost
from bot.store.sqlite import Tx

log = logging.getLogger(__name__)
LOOK_AHEAD = 1000
LONGEST_SLEEP = 20.0
SOON = timedelta(seconds=1)
SET_BACK = timedelta(minutes=1)
"""A clock that goes back further than this was set; what waits by the old time would wait too long."""

Fence = Callable[[Tx], bool]


class Sender:
    """Sends what is owed to one adapter's platform. `fence` says in each claim whether this process still may."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        adapter: Adapter,
        random: Random | None = None,
        *,
        fence: Fence = lambda _: True,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self._fence = fence
        self._pace = Pace(clock, adapter.send_limits)
        self._at_once = adapter.send_limits.at_once
        self._courier = Attempts(store, clock, adapter, self._pace, random or SystemRandom(), sleep)
        self._candidates: deque[tuple[str, Address]] = deque()
        self._is_stale = False
        self._has_seen_all = False
        self._look_again_at = 0.0
        self._under_way: dict[Place, asyncio.Task[None]] = {}
        self._posting: set[Place] = set()
        self._has_room = asyncio.Event()
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._claiming = asyncio.Lock()
        self._wake = asyncio.Event()
        self._is_stopping = False
        self._looked_at = clock.now()

    async def send_due(self) -> int:
        """Send what can be sent now, at most one post to each place, and wait for it; how many were begun."""
        begun = 0
        while (fresh := await self._begin()) or self._is_full():
            begun += fresh
            if not self._candidates and self._has_seen_all:
                break
            await self._roomed()
        await self.wait_idle()
        return begun

    @property
    def platform(self) -> str:
        """The platform's name."""
        return self._adapter.name

    async def wait_idle(self) -> None:
        """Wait until nothing is under way."""
        await self._claimed()
        await self._is_idle.wait()

    async def run(self) -> None:
        """Send until cancelled; `finish` comes first."""
        while True:
            self._wake.clear()
            pause = LONGEST_SLEEP
            try:
                while await self._begin():
                    pass
                pause = await self._pause()
            except Exception:
                log.exception("nothing can be sent for now", extra={"platform": self._adapter.name})
                pause = SOON.total_seconds()
            await self._sleep_until_woken(pause)

    def wake(self) -> None:
        """Something may have been added to what is owed."""
        self._is_stale = True
        self._wake.set()

    async def finish(self, within: float) -> None:
        """Begin nothing more, and let what is under way come to its end, for so many seconds at most."""
        self._is_stopping = True
        await self._claimed()
        tasks = list(self._under_way.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def resume(self) -> None:
        """Begin again after `finish`."""
        self._is_stopping = False

    async def next_at(self) -> datetime | None:
        """When there is something to send next; None while nothing is owed."""
        found = await self._store.read(lambda tx: outbox.next_at(tx, self._adapter.name))
        now = self._clock.now()
        if found is None or found > now:
            return found
        return self._pace.free_at() or now + SOON

    def _is_full(self) -> bool:
        return len(self._posting) >= self._at_once

    async def _roomed(self) -> None:
        """Wait until there is room for another post.

        A post makes room twice, when it is answered and when it ends; by the second time another may have its room.
        """
        while self._is_full():
            self._has_room.clear()
            await self._has_room.wait()

    async def _claimed(self) -> None:
        """Wait until what is being claimed is under way."""
        async with self._claiming:
            pass

    async def _pause(self) -> float:
        next_at = await self.next_at()
        if next_at is None:
            return LONGEST_SLEEP
        return min(LONGEST_SLEEP, max(0.0, (next_at - self._clock.now()).total_seconds()))

    async def _sleep_until_woken(self, pause: float) -> None:
        try:
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _begin(self) -> int:
        """Begin as many posts as there is room for; how many they were."""
        async with self._claiming:
            room = self._at_once - len(self._posting)
            if self._is_full() or not self._may_begin():
                return 0
            await self._mind_the_clock()
            chosen = await self._choose(room)
            claimed = await self._claim(chosen) if chosen else []
            for owed in claimed:
                self._start(owed)
            return len(claimed)

    def _may_begin(self) -> bool:
        """Not while stopping, nor while the platform wants to be left alone or has no connection: tries are counted."""
        health = self._adapter.health()
        is_connected = health.is_ready or health.age is not None
        return is_connected and self._pace.is_any_free() and not self._is_stopping

    async def _choose(self, room: int) -> list[str]:
        """Keys of posts whose places are free."""
        if not self._candidates or (self._is_stale and time.monotonic() >= self._look_again_at):
            await self._look()
        chosen: dict[Place, str] = {}
        spread: list[tuple[str, Address]] = []
        while self._candidates and len(chosen) < room:
            key, to = self._candidates.popleft()
            place = place_of(to)
            if not self._pace.may_begin(place):
                spread.append((key, to))
            elif place not in self._under_way and place not in chosen and self._pace.is_free(place):
                chosen[place] = key
                self._pace.begun(place)
        self._candidates.extendleft(reversed(spread))
        return list(chosen.values())

    async def _look(self) -> None:
        """See who comes next. Where much is owed that takes a while, and is done again only after ten times as long."""
        began = time.monotonic()
        self._is_stale = False
        now, limit = self._clock.now(), LOOK_AHEAD + len(self._under_way) + self._pace.resting()
        found = await self._store.read(lambda tx: outbox.waiting(tx, self._adapter.name, now, limit))
        self._candidates = deque(found)
        self._has_seen_all = len(found) < limit
        ended = time.monotonic()
        self._look_again_at = ended + 10 * (ended - began)

    async def _claim(self, keys: list[str]) -> list[ClaimedPost]:
        now = self._clock.now()

        def unit(tx: Tx) -> list[ClaimedPost]:
            claimed = outbox.claim(tx, keys, now) if self._fence(tx) else []
            reach("claiming")
            return claimed

        claimed = await self._store.write(unit)
        reach("claimed")
        return claimed

    def _start(self, owed: ClaimedPost) -> None:
        place = place_of(owed.delivery.to)
        self._posting.add(place)
        self._is_idle.clear()
        task = asyncio.create_task(self._courier.send(owed, lambda: self._answered(place)), name=owed.delivery.key)
        self._under_way[place] = task
        task.add_done_callback(lambda task: self._ended(place, task))

    def _answered(self, place: Place) -> None:
        """One post less is at the platform: the next is claimed while what became of it is kept, in one commit."""
        self._posting.discard(place)
        self._has_room.set()
        if self._candidates:
            self._wake.set()

    def _ended(self, place: Place, task: asyncio.Task[None]) -> None:
        del self._under_way[place]
        if not self._under_way:
            self._is_idle.set()
        self._answered(place)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("sending failed", exc_info=task.exception(), extra={"key": task.get_name()})

    async def _mind_the_clock(self) -> None:
        """Where the clock was set back, nothing waits for the hour to come round again."""
        now = self._clock.now()
        if now < self._looked_at - SET_BACK:
            log.warning("the clock was set back", extra={"to": now.isoformat()})
            self._pace.forget()
            await self._store.write(lambda tx: outbox.make_due_now(tx, self._adapter.name, now))
        self._looked_at = now
