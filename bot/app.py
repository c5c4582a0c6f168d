"""The composition root: the one place that knows everything, puts it together and stops it in order."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from importlib.metadata import entry_points
from typing import Any

from bot.adapter import Adapter, Core
from bot.clock import Clock, StillClock
from bot.config import Settings
from bot.context import Defaults
from bot.delivery import planner
from bot.delivery.lease import PlatformLease
from bot.delivery.sender import Sender
from bot.delivery.service import Service
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import Misconfigured
from bot.failpoint import reach
from bot.store import migrate, outbox
from bot.store.database import Store
from bot.store.sqlite import Tx

ADAPTERS = "tenhours.adapters"
AFTER_THE_ANSWER = 0.02
YOUNG = 10_000
"""So many new objects may gather before it is looked which of them are garbage."""


class App:
    """The running program: the core, the adapters it serves, and the way from the clock to their posts."""

    def __init__(self, settings: Settings, clock: Clock, store: Store) -> None:
        self.settings = settings
        self.clock = clock
        self.store = store
        defaults = Defaults(settings.group.goal, settings.group.time_zone)
        self.core = Dispatcher(store, clock, defaults, committed=self._wake_soon)
        self._pruned_at: datetime | None = None
        self._waking: asyncio.TimerHandle | None = None
        self._alive_at: float | None = None
        self._served: list[tuple[Adapter, Sender, PlatformLease | None]] = []

    def add(self, name: str, *, lease: float | None = None) -> Adapter:
        """Create an adapter by its entry point, so that one from another package needs no change here."""
        create = adapter_factory(name)
        adapter = create(self.settings.section(name), self.core)
        self.serve(adapter, lease=lease)
        return adapter

    def serve(self, adapter: Adapter, *, lease: float | None = None) -> None:
        """Send what is owed to this adapter's platform through it.

        With a `lease` of so many seconds it is served alone, and to strangers, who may not ask too much at once.
        """
        if lease is None:
            self._served.append((adapter, Sender(self.store, self.clock, adapter), None))
            return
        self.core.throttle.watch(adapter.name)
        platform_lease = PlatformLease(self.store, self.clock, adapter.name, lease)
        sender = Sender(self.store, self.clock, adapter, fence=platform_lease.is_held)
        self._served.append((adapter, sender, platform_lease))

    @property
    def adapters(self) -> list[Adapter]:
        """What is served."""
        return [adapter for adapter, _, _ in self._served]

    @property
    def tick_age(self) -> float | None:
        """Seconds since the ticker last did something; None before its first tick."""
        return None if self._alive_at is None else time.monotonic() - self._alive_at

    async def settle(self) -> None:
        """Plan and send all that is due now, until nothing is; one look at three indexes where nothing is due."""
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

    async def tick(self) -> datetime | None:
        """Catch up, then say when there is something to do next."""
        await self._prune_daily()
        return await self._settle()

    async def run(self) -> None:
        """Serve all adapters until cancelled: the ticker wakes the planner, every request and every plan the senders.

        Raises what ends an adapter for good, such as `Misconfigured`.
        """
        from bot.delivery.ticker import Ticker  # noqa: PLC0415 - APScheduler is slow to import, and a pipe needs none

        ticker = Ticker(self.clock, self._tick)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(ticker.run(), name="ticker")
                for adapter, sender, lease in self._served:
                    tasks.create_task(Service(adapter, sender, lease).run(), name=f"service of {adapter.name}")
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None

    async def _tick(self) -> datetime | None:
        """What the ticker wakes: plan all that is due, and let it be sent meanwhile."""
        await self._prune_daily()
        await self._plan_all()
        next_at = await self.store.read(planner.next_instant)
        self._alive_at = time.monotonic()
        return next_at

    async def _settle(self) -> datetime | None:
        """Catch up, if anything is due; when there is something to do next."""
        instant = await self.store.read(self._next_instant)
        if instant is not None and instant <= self.clock.now():
            return await self._catch_up()
        for _, sender, _ in self._served:
            await sender.arrive()
        return instant

    async def _catch_up(self) -> datetime | None:
        """Plan and send all that is due; when there is something to do next."""
        while await self._plan_all() + await self._send_all():
            instant = await self.store.read(self._next_instant)
            if instant is None or instant > self.clock.now():
                return instant
        return await self._next_chance()

    async def _plan_all(self) -> int:
        done, is_all = 0, False
        while not is_all:
            planned = await self._plan()
            done, is_all = done + planned.closed + planned.handled, planned.is_all
        return done

    async def _send_all(self) -> int:
        return sum([await sender.send_due() for _, sender, _ in self._served])

    async def _next_chance(self) -> datetime | None:
        """When what is due now, but must wait, can go on."""
        found = [await sender.next_at() for _, sender, _ in self._served]
        return min((instant for instant in found if instant is not None), default=None)

    async def _plan(self) -> planner.Planned:
        now = self.clock.now()

        def unit(tx: Tx) -> planner.Planned:
            planned = planner.plan_due(tx, now)
            if planned.closed:
                reach("closing")
            if planned.handled:
                reach("planning")
            return planned

        planned = await self.store.write(unit)
        self._alive_at = time.monotonic()
        if planned.closed:
            reach("closed")
        if planned.handled:
            reach("planned")
            self._wake_senders()
        return planned

    async def _prune_daily(self) -> None:
        now = self.clock.now()
        if self._pruned_at is None or abs(now - self._pruned_at) >= timedelta(days=1):
            await self.store.write(lambda tx: planner.prune(tx, now))
            self._pruned_at = now

    def _next_instant(self, tx: Tx) -> datetime | None:
        found = [planner.next_instant(tx), *(outbox.next_at(tx, adapter.name) for adapter, _, _ in self._served)]
        return min((instant for instant in found if instant is not None), default=None)

    def _wake_soon(self) -> None:
        """Once the answer to what was asked is out, and once for all that was asked with it: people wait, posts can."""
        if self._waking is None or self._waking.when() <= asyncio.get_running_loop().time():
            self._waking = asyncio.get_running_loop().call_later(AFTER_THE_ANSWER, self._wake_senders)

    def _wake_senders(self) -> None:
        for _, sender, _ in self._served:
            sender.wake()


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """The program on its database, created where it is missing; everything is closed in order at the end."""
    path = settings.database_path
    if not path.absolute().parent.is_dir():
        raise Misconfigured(f"[database] url = {settings.database.url!r}: expected a file in a folder that exists.")
    await asyncio.to_thread(migrate.require_head, path)
    store = await Store.open(path)
    running = App(settings, clock, store)
    _spare_collections()
    try:
        yield running
    finally:
        await store.close()


def _spare_collections() -> None:
    """What start-up made stays as long as the program, and thousands are judged at once: none of it is garbage."""
    gc.freeze()
    gc.set_threshold(YOUNG)


def adapter_factory(name: str) -> Callable[[dict[str, Any], Core], Adapter]:
    """The `create` of an installed adapter."""
    for point in entry_points(group=ADAPTERS, name=name):
        create: Callable[[dict[str, Any], Core], Adapter] = point.load()
        return create
    raise Misconfigured(f"There is no adapter {name!r}; installed are {', '.join(adapter_names())}.")


def adapter_names() -> Sequence[str]:
    """The adapters that are installed."""
    return sorted(entry_points(group=ADAPTERS).names)
