"""The composition root: the one place that knows everything, puts it together and stops it in order."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from bot.adapter import Adapter, AskingAdapter, Health
from bot.adapter.installed import plugin_of
from bot.adapter.shared import Parts, SharedAdapter
from bot.chat.request import Channel, Server
from bot.clock import Clock, Sleep
from bot.config import REPEAT, Settings
from bot.context import Defaults
from bot.delivery.lease import PlatformLease
from bot.delivery.loop import DeliveryLoop
from bot.delivery.sender import Sender
from bot.delivery.service import AskingService, Service
from bot.delivery.shared_service import SharedService
from bot.delivery.shares import Shares
from bot.delivery.supervisor import Supervisor
from bot.delivery.terms import SendingTerms
from bot.delivery.waker import Waker
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import Misconfigured
from bot.questions.bank import QuestionBank
from bot.store import migrate, moved
from bot.store.database import Store

COLLECTION_THRESHOLD = 10_000
"""New objects that may gather before the garbage collector looks at them."""


class App:
    """The running program: the core, the adapters it serves, and the delivery of their posts."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        store: Store,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.store = store
        self._monotonic = monotonic
        self.questions = QuestionBank(settings.questions_file)
        self.delivery = DeliveryLoop(store, clock, self.questions, monotonic=monotonic)
        group = settings.group
        defaults = Defaults(group.goal, group.time_zone, self.questions, settings.pages_url, settings.sign_in_clients())
        self.core = Dispatcher(store, clock, defaults, committed=self.delivery.wake_soon, noticed=self._notice)
        self._wakers: dict[str, Waker] = {}
        self._supervisor = Supervisor(sleep=sleep, monotonic=monotonic)

    def add(self, name: str, *, lease: float | None = None) -> Adapter:
        """Create an adapter by its entry point, so that one from another package needs no change here; and serve it."""
        adapter = cast(Adapter, self._create(name))
        self.serve(adapter, lease=lease)
        return adapter

    def add_asking(self, name: str) -> None:
        """Create an adapter by which people only ask, and serve it: without a lease, since nothing is sent there."""
        self._supervisor.add(AskingService(self._create(name)))

    @asynccontextmanager
    async def asking(self, name: str) -> AsyncIterator[None]:
        """Serve such an adapter meanwhile, and nothing else."""
        serving = asyncio.create_task(AskingService(self._create(name)).run(), name=name)
        try:
            yield
        finally:
            serving.cancel()
            await asyncio.wait({serving})

    def _create(self, name: str) -> AskingAdapter:
        plugin = plugin_of(name)
        return plugin.create(self.settings.section(name, plugin.settings), self.core)

    def serve(self, adapter: Adapter, *, lease: float | None = None) -> None:
        """Send the posts of this adapter's platform through it.

        With a `lease` of so many seconds it is served alone, and to strangers, who may not ask too much at once.
        """
        repeats = self.settings.delivery.unsure == REPEAT
        if lease is None:
            self._serve(adapter, Sender(self.store, self.clock, adapter, SendingTerms(repeats_unsure=repeats)), None)
            return
        self.core.throttle.watch(adapter.name)
        platform_lease = PlatformLease(self.store, self.clock, adapter.name, lease)
        self.core.guard_posts(adapter.name, platform_lease.has_room)
        terms = SendingTerms(platform_lease.is_held, platform_lease.has_room, repeats)
        self._serve(adapter, Sender(self.store, self.clock, adapter, terms), platform_lease)

    def _serve(self, adapter: Adapter, sender: Sender, lease: PlatformLease | None) -> None:
        self.delivery.add(sender)
        waker = self._wakers[adapter.name] = Waker(
            self.store,
            self.clock,
            adapter,
            committed=self.delivery.wake_soon,
            makes_rounds=(lambda: True) if lease is None else lease.has_room,
            monotonic=self._monotonic,
        )
        parts = self._parts_of(adapter)
        if lease is None or parts is None:
            self._supervisor.add(Service(adapter, sender, lease, waker))
        else:
            shares = Shares(self.store, lease, parts.alone)
            self._supervisor.add(SharedService(adapter, parts.everywhere, sender, lease, waker, shares))

    def _parts_of(self, adapter: Adapter) -> Parts | None:
        """Return what several processes share of a platform; None where one serves it all, as always on a file."""
        if isinstance(self.store.location, Path) or not isinstance(adapter, SharedAdapter):
            return None
        return adapter.parts

    def _notice(self, where: Channel | Server) -> None:
        waker = self._wakers.get(where.platform)
        if waker is not None:
            waker.notice(where)

    @property
    def adapters(self) -> list[AskingAdapter]:
        """The adapters that are served."""
        return self._supervisor.adapters

    def health(self) -> dict[str, Health]:
        """Return by platform how its connection is, or what has ended it."""
        return self._supervisor.health()

    def failures(self) -> dict[str, str]:
        """Return by platform what has ended it, of those that wait to be tried again."""
        return self._supervisor.failures()

    async def run(self) -> None:
        """Serve all adapters until cancelled: the ticker wakes the planner, every request and every plan the senders.

        Raises what has ended the last adapter, such as `Misconfigured`: one that ends is not the end of the others.
        """
        from bot.delivery.ticker import Ticker  # noqa: PLC0415 - APScheduler is slow to import, and a pipe needs none

        ticker = Ticker(self.clock, self.delivery.tick)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(ticker.run(), name="ticker")
                tasks.create_task(self._supervisor.run(), name="services")
                tasks.create_task(self.store.listen(self.delivery.wake_soon), name="notices")
        except BaseExceptionGroup as group:
            raise _first_error(group) from None


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """Yield the program on its database, created where it is missing; close everything in order at the end.

    Raises `Misconfigured` where the database's folder does not exist, the database has moved elsewhere, or the
    operator's questions have a fault.
    """
    location = settings.database.location
    if isinstance(location, Path) and not location.absolute().parent.is_dir():
        raise Misconfigured(f"[database] url = {settings.database.url!r}: expected a file in a folder that exists.")
    await asyncio.to_thread(moved.require_here, location)
    await asyncio.to_thread(migrate.require_head, location)
    store = await Store.open(location)
    running = App(settings, clock, store)
    _freeze_startup_objects()
    erasing = asyncio.create_task(running.core.eraser.run(), name="eraser")
    try:
        if settings.questions_file is not None:
            await asyncio.to_thread(running.questions.read)
        yield running
    finally:
        erasing.cancel()
        await asyncio.wait([erasing])
        await running.core.eraser.finish()
        await store.close()


def _first_error(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the first error of a group, or of the groups in it."""
    error = group.exceptions[0]
    return _first_error(error) if isinstance(error, BaseExceptionGroup) else error


def _freeze_startup_objects() -> None:
    """Keep the garbage collector from objects that live as long as the program, and let it run more rarely."""
    gc.freeze()
    gc.set_threshold(COLLECTION_THRESHOLD)
    gc.enable()
