"""The loop of planning and sending: a tick plans what is due, and the senders are woken for it.

Where a clock stands still, as in the demo and in tests, the same is done step by step: `settle` and `move`.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock, StillClock
from bot.delivery import planner
from bot.delivery.planner import Planned
from bot.delivery.sender import Sender
from bot.failpoint import reach
from bot.questions.bank import QuestionBank
from bot.store import outbox
from bot.store.database import Store
from bot.store.tx import Tx

WAKE_DELAY_SECONDS = 0.1
"""From a request's commit to the wake of the senders: its answer goes out first, and requests that come together share
one wake."""

PRUNE_INTERVAL = timedelta(days=1)


class DeliveryLoop:
    """Planning and sending for all platforms that are served; `questions` are those that partners are asked."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        questions: QuestionBank | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = clock
        self._store = store
        self._questions = questions or QuestionBank()
        self._monotonic = monotonic
        self._senders: list[Sender] = []
        self._wake_timer: asyncio.TimerHandle | None = None
        self._pruned_at: datetime | None = None
        self._ticked_at: float | None = None

    def add(self, sender: Sender) -> None:
        """Wake this sender too when something is to be sent."""
        self._senders.append(sender)

    @property
    def tick_age(self) -> float | None:
        """Seconds since the last tick ended or planned a batch; None before the first."""
        return None if self._ticked_at is None else self._monotonic() - self._ticked_at

    async def tick(self) -> datetime | None:
        """Plan all that is due, for the senders to send. Return when something is due next, None if nothing is."""
        await self._prune_daily()
        next_at = await self._store.read(planner.next_instant)
        if next_at is not None and next_at <= self.clock.now():
            await self._plan_all()
            next_at = await self._store.read(planner.next_instant)
        self._ticked_at = self._monotonic()
        return next_at

    async def settle(self) -> None:
        """Plan and send until nothing more can be done now."""
        await self._settle()

    async def move(self, target: datetime) -> None:
        """Move a still clock to `target` through every instant at which something falls due on the way."""
        clock = self.clock
        assert isinstance(clock, StillClock)
        instant = await self._settle()
        while instant is not None and instant <= target:
            clock.move_to(instant)
            instant = await self._catch_up()
        clock.move_to(max(target, clock.now()))

    def wake_soon(self) -> None:
        """Wake the senders after `WAKE_DELAY_SECONDS`, once for all calls until then."""
        loop = asyncio.get_running_loop()
        if self._wake_timer is None or self._wake_timer.when() <= loop.time():
            self._wake_timer = loop.call_later(WAKE_DELAY_SECONDS, self._wake)

    def _wake(self) -> None:
        for sender in self._senders:
            sender.wake()

    async def _settle(self) -> datetime | None:
        """Catch up if anything is due; a look at a few indexes where nothing is. Return when something is due next."""
        instant = await self._store.read(self._next_instant)
        if instant is not None and instant <= self.clock.now():
            return await self._catch_up()
        for sender in self._senders:
            await sender.wait_idle()
        return instant

    async def _catch_up(self) -> datetime | None:
        """Plan and send all that can be now. Return when something is due, or can go on, next; None if nothing."""
        while await self._plan_all() + await self._send_all():
            instant = await self._store.read(self._next_instant)
            if instant is None or instant > self.clock.now():
                return instant
        return _earliest([await sender.next_at() for sender in self._senders])

    async def _plan_all(self) -> int:
        """Plan all that is due, in as many transactions as it takes; return of how many people and schedules it was."""
        total, is_all = 0, False
        while not is_all:
            planned = await self._plan()
            total, is_all = total + planned.closed + planned.handled, planned.is_all
        return total

    async def _plan(self) -> Planned:
        now = self.clock.now()

        def unit(tx: Tx) -> Planned:
            planned = planner.plan_due(tx, now, self._questions)
            if planned.closed:
                reach("closing")
            if planned.handled:
                reach("planning")
            return planned

        planned = await self._store.write(unit)
        self._ticked_at = self._monotonic()
        if planned.closed:
            reach("closed")
        if planned.handled:
            reach("planned")
            self._wake()
        return planned

    async def _send_all(self) -> int:
        return sum([await sender.send_due() for sender in self._senders])

    async def _prune_daily(self) -> None:
        now = self.clock.now()
        if self._pruned_at is None or abs(now - self._pruned_at) >= PRUNE_INTERVAL:
            await self._store.write(lambda tx: planner.prune(tx, now))
            self._pruned_at = now

    def _next_instant(self, tx: Tx) -> datetime | None:
        return _earliest(
            [planner.next_instant(tx), *(outbox.find_next_at(tx, sender.platform) for sender in self._senders)]
        )


def _earliest(instants: list[datetime | None]) -> datetime | None:
    return min((instant for instant in instants if instant is not None), default=None)
