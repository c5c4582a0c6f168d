"""`tenhours run`: serves the platforms of the configuration until it is told to stop."""

import asyncio
import logging
import signal

from bot import app
from bot.app import App
from bot.clock import GuardedClock
from bot.config import Settings
from bot.delivery.lease import LEASE_SECONDS
from bot.upkeep import service

log = logging.getLogger(__name__)


async def serve(settings: Settings) -> None:
    """Serve each platform under a lease, and pages without one."""
    async with app.opened(settings, GuardedClock()) as running:
        for name in settings.adapters():
            running.add(name, lease=LEASE_SECONDS)
        for name in settings.asking_adapters():
            running.add_asking(name)
        await run_until_stopped(running)


async def run_until_stopped(running: App) -> None:
    """Serve until SIGTERM or SIGINT, then stop in order; a second signal is in more of a hurry."""
    task = asyncio.ensure_future(service.run(running))
    for stop in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(stop, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        log.info("stopped")
