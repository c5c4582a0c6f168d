"""The program with all that keeps it: it serves, beats, copies itself daily and answers who watches."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bot.app import App
from bot.upkeep import backlog
from bot.upkeep.heartbeat import Heartbeat
from bot.upkeep.notify import Notifier
from bot.upkeep.rotation import Rotation

log = logging.getLogger(__name__)


def ends() -> bool:
    """Return False: a program that is cancelled does not go on."""
    return False


async def run(app: App, goes_on: Callable[[], bool] = ends) -> None:
    """Serve until cancelled, which is an orderly end. Raises what ends it for good, such as `Misconfigured`.

    Where it `goes_on`, the process stays, and the service manager hears of no end.
    """
    heartbeat = Heartbeat(app, Notifier(os.environ), goes_on=goes_on)
    try:
        async with asyncio.TaskGroup() as tasks:
            for work in (app.run(), heartbeat.run(), backlog.work_off(app.store), *_optional(app)):
                tasks.create_task(work)
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None
    except asyncio.CancelledError:
        await heartbeat.stop()
        raise


def _optional(app: App) -> list[Coroutine[Any, Any, None]]:
    """Return what the settings switch on."""
    settings, chosen = app.settings, list[Coroutine[Any, Any, None]]()
    location, folder, address = settings.database.location, settings.backup_folder, settings.health_address
    if folder is not None and (isinstance(location, Path) or _can_dump()):
        chosen.append(Rotation(location, folder, settings.backup.keep, app.clock).run())
    if not isinstance(location, Path):
        from bot.upkeep.heap import HeapRewriting  # noqa: PLC0415 - its driver is an extra, and loads slowly

        chosen.append(HeapRewriting(app.store, app.clock).run())
    if address is not None:
        from bot.upkeep.health import HealthServer  # noqa: PLC0415 - aiohttp's server is only paid for where it serves

        chosen.append(HealthServer(app, *address).run())
    return chosen


def _can_dump() -> bool:
    """Return True if a server's database can be copied here; the log says what is missing."""
    from bot.store import dump  # noqa: PLC0415 - its driver is an extra, and loads slowly

    if not dump.is_possible():
        log.warning("no daily copies: pg_dump isn't installed")
        return False
    return True
