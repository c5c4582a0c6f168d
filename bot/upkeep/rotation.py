"""A copy of the database once a day, made while the bot serves; the newest few are kept."""

import asyncio
import logging
import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock, Sleep
from bot.errors import NotSaved
from bot.location import Location
from bot.store.backup import BrokenOff, backup
from bot.upkeep import copies

log = logging.getLogger(__name__)
COPY_INTERVAL = timedelta(days=1)
LOOK_INTERVAL_SECONDS = 600.0
RESERVED_BYTES = 50 << 20
"""So much a copy leaves to the database itself."""


class Rotation:
    """Keeps copies of a database in `folder`."""

    def __init__(
        self, location: Location, folder: Path, keep: int, clock: Clock, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._location = location
        self._database = copies.named_after(location)
        self._folder = folder
        self._keep = keep
        self._clock = clock
        self._sleep = sleep
        self._is_stopping = threading.Event()

    async def run(self) -> None:
        """Copy when a day has gone by since the newest copy, also if another process made that, until cancelled.

        A copy that fails is logged and tried again.
        """
        while True:
            if self._is_due(self._clock.now()):
                await self._copy_unless_cancelled()
            await self._sleep(LOOK_INTERVAL_SECONDS)

    async def _copy_unless_cancelled(self) -> None:
        copying = asyncio.create_task(asyncio.to_thread(self.copy))
        try:
            await asyncio.shield(copying)
        except asyncio.CancelledError:
            self._is_stopping.set()
            await asyncio.wait([copying])
            raise

    def copy(self) -> Path | None:
        """Copy now, and remove the oldest. Return the copy; None where there is none, which the log explains."""
        now = self._clock.now()
        target = copies.path_of(self._folder, self._database, now)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            for unfinished in copies.left_behind(self._folder, self._database, now):
                unfinished.unlink(missing_ok=True)
            self._require_room()
            seen = self._copy(target, now)
            for old in copies.superfluous(self._folder, self._database, self._keep):
                old.unlink(missing_ok=True)
        except BrokenOff:
            log.info("copy broken off", extra={"file": str(target)})
            return None
        except (NotSaved, OSError) as error:
            log.error("copy failed", extra={"file": str(target), "error": str(error)})
            return None
        log.info("copied", extra={"file": str(target), "looked_through": seen})
        return target

    def _copy(self, target: Path, now: datetime) -> str | None:
        """Copy, and return how much was looked through; None where the server looks after that."""
        if isinstance(self._location, Path):
            return str(backup(self._location, target, self._is_stopping.is_set, now=now))
        from bot.store import dump  # noqa: PLC0415 - its driver is an extra, and loads slowly

        dump.back_up(self._location, target, self._is_stopping.is_set)
        return None

    def _is_due(self, now: datetime) -> bool:
        dated = copies.all_of(self._folder, self._database)
        return not dated or abs(now - dated[-1][0]) >= COPY_INTERVAL

    def _require_room(self) -> None:
        if isinstance(self._location, Path):
            likely = self._location.stat().st_size
        else:
            likely = max((path.stat().st_size for _, path in copies.all_of(self._folder, self._database)), default=0)
        needed = likely + RESERVED_BYTES
        if shutil.disk_usage(self._folder).free < needed:
            raise NotSaved(f"the disk of {self._folder} has less than {needed >> 20} MiB left")
