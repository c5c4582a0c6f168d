"""`tenhours run`: serves the platforms of the configuration until it is told to stop, or to read its settings anew."""

import asyncio
import logging
import signal
from collections.abc import Callable

from bot import app
from bot.app import App
from bot.clock import GuardedClock
from bot.config import Settings
from bot.delivery.lease import LEASE_SECONDS
from bot.upkeep import service
from bot.verbs.reload import Reload

log = logging.getLogger(__name__)


async def serve(settings: Settings, load: Callable[[], Settings]) -> None:
    """Serve each platform under a lease, and pages without one; `load` reads the settings again after SIGHUP."""
    following: Settings | None = settings
    while following is not None:
        following = await _serve(following, load)


async def _serve(settings: Settings, load: Callable[[], Settings]) -> Settings | None:
    """Serve until told to stop; return the settings to begin anew with, None at the end."""
    clock = GuardedClock()
    reload = Reload(settings, load, clock)
    async with app.opened(settings, clock) as running:
        for name in settings.adapters():
            running.add(name, lease=LEASE_SECONDS)
        for name in settings.asking_adapters():
            running.add_asking(name)
        await run_until_stopped(running, reload)
    return reload.following


async def run_until_stopped(running: App, reload: Reload | None = None) -> None:
    """Serve until SIGTERM or SIGINT, then stop in order; a second signal is in more of a hurry.

    With `reload`, SIGHUP reads the settings anew, and stops where they are to be begun with.
    """
    goes_on = (lambda: reload.following is not None) if reload is not None else service.ends
    task = asyncio.ensure_future(service.run(running, goes_on))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        running.store.hurry()
        task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    looks: set[asyncio.Task[None]] = set()
    if reload is not None:
        loop.add_signal_handler(signal.SIGHUP, lambda: looks.add(loop.create_task(_look(reload, task))))
    try:
        await task
    except asyncio.CancelledError:
        log.info("stopped")
    finally:
        for look in looks:
            look.cancel()


async def _look(reload: Reload, task: asyncio.Future[None]) -> None:
    if await reload.look():
        task.cancel()
