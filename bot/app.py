"""The composition root: the one place that knows everything, puts it together and stops it in order."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from importlib.metadata import entry_points
from typing import Any

from bot.adapter import Adapter, Core
from bot.clock import Clock, StillClock
from bot.commands.turn import Defaults
from bot.config import Settings
from bot.delivery import planner
from bot.delivery.sender import Sender
from bot.dispatcher import Dispatcher
from bot.errors import Misconfigured
from bot.store import migrate, outbox
from bot.store.database import Store
from bot.store.sqlite import Tx

log = logging.getLogger(__name__)
ADAPTERS = "tenhours.adapters"


class App:
    """The running program: the core, the adapters it serves, and the way from the clock to their posts."""

    def __init__(self, settings: Settings, clock: Clock, store: Store) -> None:
        self.settings = settings
        self.clock = clock
        self.store = store
        self._owed = asyncio.Event()
        defaults = Defaults(settings.group.goal, settings.group.time_zone)
        self.core = Dispatcher(store, clock, defaults, committed=self._owed.set)
        self._pruned_at: datetime | None = None
        self._senders: dict[str, Sender] = {}
        self._adapters: list[Adapter] = []

    def add(self, name: str) -> Adapter:
        """Create an adapter by its entry point, so that one from another package needs no change here."""
        create = adapter_factory(name)
        adapter = create(self.settings.section(name), self.core)
        self.serve(adapter)
        return adapter

    def serve(self, adapter: Adapter) -> None:
        """Send what is owed to this adapter's platform through it."""
        self._adapters.append(adapter)
        self._senders[adapter.name] = Sender(self.store, self.clock, adapter)

    async def settle(self) -> None:
        """Plan and send all that is due now, until nothing is; one look at three indexes where nothing is due."""
        await self._settle()

    async def move(self, target: datetime) -> None:
        """Move a still clock to `target` through every instant at which something falls due on the way."""
        clock = self.clock
        assert isinstance(clock, StillClock)
        while (instant := await self._settle()) is not None and instant <= target:
            clock.move_to(instant)
        clock.move_to(max(target, clock.now()))

    async def _settle(self) -> datetime | None:
        """Catch up; when there is something to do next."""
        while (instant := await self.next_instant()) is not None and instant <= self.clock.now():
            while not (await self._plan()).is_all:
                pass
            for sender in self._senders.values():
                while await sender.send_due():
                    pass
        return instant

    async def next_instant(self) -> datetime | None:
        """When there is something to plan or to send next."""
        return await self.store.read(self._next_instant)

    async def tick(self) -> datetime | None:
        """What the ticker wakes: catch up, then say when there is something to do next."""
        await self._prune_daily()
        return await self._settle()

    async def run(self) -> None:
        """Serve all adapters until cancelled: the ticker wakes the planner, every request the sender."""
        from bot.delivery.ticker import Ticker  # noqa: PLC0415 - APScheduler is slow to import, and a pipe needs none

        ticker = Ticker(self.clock, self.tick)
        ticker.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._send_what_is_owed(), name="sender")
                for adapter in self._adapters:
                    tasks.create_task(adapter.run(), name=adapter.name)
        finally:
            ticker.stop()

    async def _send_what_is_owed(self) -> None:
        """Send at once what a request has left in the outbox."""
        while True:
            await self._owed.wait()
            self._owed.clear()
            for sender in self._senders.values():
                await sender.send_due()

    async def _prune_daily(self) -> None:
        now = self.clock.now()
        if self._pruned_at is None or now - self._pruned_at >= timedelta(days=1):
            await self.store.write(lambda tx: planner.prune(tx, now))
            self._pruned_at = now

    async def _plan(self) -> planner.Planned:
        now = self.clock.now()
        return await self.store.write(lambda tx: planner.plan_due(tx, now))

    def _next_instant(self, tx: Tx) -> datetime | None:
        found = [planner.next_instant(tx), *(outbox.next_at(tx, name) for name in self._senders)]
        return min((instant for instant in found if instant is not None), default=None)


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """The program on its database, created where it is missing; everything is closed in order at the end."""
    path = settings.database_path
    if not path.absolute().parent.is_dir():
        raise Misconfigured(f"[database] url = {settings.database.url!r}: expected a file in a folder that exists.")
    await asyncio.to_thread(migrate.require_head, path)
    store = await Store.open(path)
    try:
        yield App(settings, clock, store)
    finally:
        await store.close()


def adapter_factory(name: str) -> Callable[[dict[str, Any], Core], Adapter]:
    """The `create` of an installed adapter."""
    for point in entry_points(group=ADAPTERS, name=name):
        create: Callable[[dict[str, Any], Core], Adapter] = point.load()
        return create
    raise Misconfigured(f"There is no adapter {name!r}; installed are {', '.join(adapter_names())}.")


def adapter_names() -> Sequence[str]:
    """The adapters that are installed."""
    return sorted(entry_points(group=ADAPTERS).names)
