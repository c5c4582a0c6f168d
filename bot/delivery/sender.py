"""From the outbox to a platform: several places at once, one post at a time for each, every group in its turn."""

import asyncio
import logging
import time
from datetime import datetime, timedelta

from bot.adapter import Adapter
from bot.chat.delivery import Address
from bot.clock import Clock, Sleep
from bot.delivery.attempt import Attempts
from bot.delivery.pace import Pace, Place, place_of
from bot.delivery.terms import SendingTerms
from bot.delivery.waiting import Waiting
from bot.errors import NotSaved
from bot.failpoint import reach
from bot.store import claims, outbox
from bot.store.claims import ClaimedPost
from bot.store.database import Store
from bot.store.tx import Tx

log = logging.getLogger(__name__)
LOOK_AHEAD_POSTS = 1000
LOOK_REST_FACTOR = 10
"""A look through the outbox is repeated only after ten times as long as it took, so that looks cost a tenth at most."""

LOOK_INTERVAL = timedelta(seconds=2)
"""After so long a look is repeated though others still wait: what was put back may be due by now."""

LONGEST_SLEEP_SECONDS = 20.0
RETRY_DELAY = timedelta(seconds=1)
"""Until the next look where something is due that cannot be sent, and nothing says when it can."""

CLOCK_TOLERANCE = timedelta(minutes=1)
"""A clock that goes back further than this was set; what waits by the old time would wait too long."""

ALWAYS = SendingTerms()


class Sender:
    """Sends the posts of one adapter's platform, on its terms."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        adapter: Adapter,
        terms: SendingTerms = ALWAYS,
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self._terms = terms
        self._pace = Pace(clock, adapter.send_limits)
        self._at_once = adapter.send_limits.at_once
        self._attempts = Attempts(store, clock, adapter, self._pace, terms, sleep)
        self._queue = Waiting(self._pace.lane_of)
        self._is_queue_stale = False
        self._is_queue_complete = False
        self._looked_at = clock.now()
        self._look_again_at = 0.0
        self._tasks: dict[Place, asyncio.Task[None]] = {}
        self._unanswered: set[Place] = set()
        self._has_room = asyncio.Event()
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._claiming = asyncio.Lock()
        self._wake = asyncio.Event()
        self._is_stopping = False
        self._seen_at = clock.now()

    @property
    def platform(self) -> str:
        """The platform's name."""
        return self._adapter.name

    async def send_due(self) -> int:
        """Send what can be sent now, at most one post to each place, and wait for it. Return how many were begun."""
        total = 0
        while (begun := await self._begin()) or self._is_full():
            total += begun
            if not self._queue and self._is_queue_complete:
                break
            await self._wait_for_room()
        await self.wait_idle()
        return total

    async def wait_idle(self) -> None:
        """Wait until nothing is under way."""
        await self._wait_for_claim()
        await self._is_idle.wait()

    async def run(self) -> None:
        """Send until cancelled; `finish` comes first."""
        while True:
            self._wake.clear()
            seconds = LONGEST_SLEEP_SECONDS
            try:
                while await self._begin():
                    pass
                seconds = await self._seconds_until_next()
            except NotSaved as error:
                log.warning("nothing can be sent for now", extra={"platform": self.platform, "error": str(error)})
                seconds = RETRY_DELAY.total_seconds()
            except Exception:
                log.exception("nothing can be sent for now", extra={"platform": self.platform})
                seconds = RETRY_DELAY.total_seconds()
            await self._sleep_until_woken(seconds)

    def wake(self) -> None:
        """Look at the outbox again: something may have been added."""
        self._is_queue_stale = True
        self._wake.set()

    async def finish(self, within_seconds: float) -> None:
        """Begin nothing more, and let what is under way come to its end; cancel what does not in time."""
        self._is_stopping = True
        await self._wait_for_claim()
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def resume(self) -> None:
        """Begin again after `finish`."""
        self._is_stopping = False

    async def next_at(self) -> datetime | None:
        """Return when there is something to send next; None while nothing waits."""
        next_at = await self._store.read(lambda tx: outbox.find_next_at(tx, self.platform))
        now = self._clock.now()
        if next_at is None or next_at > now:
            return next_at
        return self._pace.next_free_at() or now + RETRY_DELAY

    def _is_full(self) -> bool:
        return len(self._unanswered) >= self._at_once

    async def _wait_for_room(self) -> None:
        """Wait until there is room for another post.

        A post makes room twice, when it is answered and when it ends; by the second time another may have its room.
        """
        while self._is_full():
            self._has_room.clear()
            await self._has_room.wait()

    async def _wait_for_claim(self) -> None:
        """Wait until what is being claimed is under way."""
        async with self._claiming:
            pass

    async def _seconds_until_next(self) -> float:
        next_at = await self.next_at()
        if next_at is None:
            return LONGEST_SLEEP_SECONDS
        return min(LONGEST_SLEEP_SECONDS, max(0.0, (next_at - self._clock.now()).total_seconds()))

    async def _sleep_until_woken(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _begin(self) -> int:
        """Begin as many posts as there is room for. Return how many they were."""
        async with self._claiming:
            room = self._at_once - len(self._unanswered)
            if self._is_full() or not self._may_begin():
                return 0
            await self._notice_clock_set_back()
            chosen = await self._choose(room)
            posts = await self._claim(chosen) if chosen else []
            for post in posts:
                self._start(post)
            return len(posts)

    def _may_begin(self) -> bool:
        """Return False while stopping, and while the platform rests or is not connected, since attempts are counted.

        Nor may it where another process may be serving the platform by now.
        """
        health = self._adapter.health()
        is_connected = health.is_ready or health.age is not None
        is_possible = is_connected and self._pace.is_platform_free() and not self._is_stopping
        return is_possible and self._terms.has_room()

    async def _choose(self, room: int) -> dict[str, Address]:
        """Take the keys of at most `room` posts from the queue, to as many places, all of them free, with these."""
        if not self._queue or (self._is_stale() and time.monotonic() >= self._look_again_at):
            await self._fill_queue()
        chosen: dict[Place, tuple[str, Address]] = {}
        # A direct message whose turn comes in a fraction of a second keeps its place in the queue, since thousands may
        # wait so, and the outbox would be looked through again for each of them.
        while len(chosen) < room and (first := self._queue.take(self._pace.may_begin)) is not None:
            key, to, place = first
            if place not in self._tasks and place not in chosen and self._pace.is_free(place):
                chosen[place] = (key, to)
                # Counted now and not when it is posted, so that the loop sees for the next one what is left.
                self._pace.count_begun(place)
            # Any other leaves the queue: its place is busy or rests, for how long nobody knows. It is still pending
            # in the outbox, and the next look finds it there.
        return dict(chosen.values())

    def _is_stale(self) -> bool:
        return self._is_queue_stale or abs(self._clock.now() - self._looked_at) >= LOOK_INTERVAL

    async def _fill_queue(self) -> None:
        """Look through the outbox for who comes next. Where much waits this takes a while, and is done rarely."""
        began = time.monotonic()
        self._is_queue_stale = False
        now, limit = self._clock.now(), LOOK_AHEAD_POSTS + len(self._tasks) + self._pace.count_resting()
        waiting = await self._store.read(lambda tx: outbox.list_waiting(tx, self.platform, now, limit))
        self._queue.fill(waiting)
        self._looked_at = now
        self._is_queue_complete = len(waiting) < limit
        ended = time.monotonic()
        self._look_again_at = ended + LOOK_REST_FACTOR * (ended - began)

    async def _claim(self, chosen: dict[str, Address]) -> list[ClaimedPost]:
        now = self._clock.now()

        def unit(tx: Tx) -> list[ClaimedPost]:
            posts = claims.claim(tx, chosen, now, chosen) if self._terms.is_held(tx) else []
            reach("claiming")
            return posts

        posts = await self._store.write(unit)
        reach("claimed")
        return posts

    def _start(self, post: ClaimedPost) -> None:
        place = place_of(post.delivery.to)
        self._unanswered.add(place)
        self._is_idle.clear()
        task = asyncio.create_task(self._attempts.send(post, lambda: self._on_answer(place)), name=post.delivery.key)
        self._tasks[place] = task
        task.add_done_callback(lambda task: self._on_end(place, task))

    def _on_answer(self, place: Place) -> None:
        """Make room for the next post: it is claimed in the same commit in which this one is marked."""
        self._unanswered.discard(place)
        self._has_room.set()
        if self._queue:
            self._wake.set()

    def _on_end(self, place: Place, task: asyncio.Task[None]) -> None:
        del self._tasks[place]
        if not self._tasks:
            self._is_idle.set()
        self._on_answer(place)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("sending failed", exc_info=task.exception(), extra={"key": task.get_name()})

    async def _notice_clock_set_back(self) -> None:
        """Make all that waits due now where the clock was set back, lest it wait for the hour to come round again."""
        now = self._clock.now()
        if now < self._seen_at - CLOCK_TOLERANCE:
            log.warning("the clock was set back", extra={"to": now.isoformat()})
            self._pace.reset()
            await self._store.write(lambda tx: outbox.make_due_now(tx, self.platform, now))
        self._seen_at = now
