"""`tenhours copy`: moves a database from a file to a server, or back, with all that is in it."""

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.config import SERVERS, SQLITE, DatabaseSettings, Settings
from bot.errors import Misconfigured, Refused, TenHoursError
from bot.location import Location
from bot.store import transfer
from bot.store.transfer import Copied

PROGRESS_BAR_ROWS = 50_000
"""They take seconds: below it a progress bar would only flicker."""

EXAMPLE = "tenhours copy postgresql://tenhours@localhost/tenhours"


class Stopped(TenHoursError):
    """A copying that was broken off by whoever started it; nothing of it is left."""


async def copy(settings: Settings, url: str, *, is_forced: bool) -> str:
    """Copy the database to the one at `url`, and return what is to be done next.

    Raises `TenHoursError` where that cannot be, and `Stopped`; then nothing is changed.
    """
    source, target = settings.database.location, read_target(settings, url)
    is_stopping = threading.Event()
    with _progress_bar() as report:

        def go_on(done: int, total: int) -> None:
            if is_stopping.is_set():
                raise Stopped("Stopped. Nothing was copied, and the database is as it was.")
            report(done, total)

        now = SystemClock().now()
        copying = asyncio.create_task(asyncio.to_thread(transfer.copy, source, target, now, go_on, is_forced=is_forced))
        try:
            copied = await asyncio.shield(copying)
        except asyncio.CancelledError:
            is_stopping.set()
            copied = await copying
    return _outcome(copied, source, target)


def read_target(settings: Settings, url: str) -> Location:
    """Return the location that a URL names. Raises `Refused` for what is none, `Misconfigured` for a missing folder."""
    if not url.startswith((SQLITE, *SERVERS)) or url == SQLITE:
        raise Refused("A database's address begins with postgresql:// or sqlite:///.", EXAMPLE)
    database = settings.database
    location = DatabaseSettings(url, database.connections, database.prepare).location
    if isinstance(location, Path) and not location.absolute().parent.is_dir():
        raise Misconfigured(f"There's no folder {location.absolute().parent}. Create it, or name another file.")
    return location


def _outcome(copied: Copied, source: Location, target: Location) -> str:
    rows = f"{copied.rows:,} rows" if copied.rows else "everything"
    url = f"sqlite:///{target}" if isinstance(target, Path) else str(target)
    lines = [
        f"Copied {rows} from {source} to {target}.",
        f'Now set [database] url = "{url}" in config.toml, start the bot there, and type `tenhours check`.',
        f"Nothing starts on {source} any more. Delete it once all is well: what members erase from now on stays in it.",
    ]
    return "\n".join(lines)


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Yield what is told how many rows of how many are copied; a bar shows it where somebody waits."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Copying", total=None, visible=False)

        def report(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, visible=total >= PROGRESS_BAR_ROWS)

        yield report
