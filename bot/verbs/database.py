"""The verbs of the database: migrate, backup and restore."""

import asyncio
import sys
from pathlib import Path

from bot.checkup.line import counted
from bot.clock import SystemClock
from bot.config import Settings
from bot.delivery import after_restore
from bot.delivery.after_restore import LeftOut
from bot.errors import NotSaved
from bot.store import backup as copying
from bot.store import migrate as migrating
from bot.store import restore as restoring
from bot.store.sqlite import Tx


async def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema, and say where it stands."""
    path = settings.database_path
    before = migrating.revision(path)
    await asyncio.to_thread(migrating.migrate, path)
    now = migrating.revision(path)
    sys.stdout.write(f"{path} is at schema {now} already.\n" if before == now else f"{path} is at schema {now} now.\n")


async def backup(settings: Settings, target: Path) -> None:
    """Copy the database to a new file."""
    await asyncio.to_thread(copying.backup, settings.database_path, target)
    sys.stdout.write(f"Copied {settings.database_path} to {target}.\n")


async def restore(settings: Settings, source: Path) -> None:
    """Put a copy in the database's place, and say what became of the old one and of what was due."""
    sys.stdout.write(await asyncio.to_thread(_restore, settings.database_path, source) + "\n")


def _restore(path: Path, source: Path) -> str:
    now, past = SystemClock().now(), list[LeftOut]()

    def begin(tx: Tx) -> None:
        past.append(after_restore.leave_out_past(tx, now))

    if path.exists():
        if source.exists() and source.samefile(path):
            raise NotSaved(f"{source} is the database itself: name a copy of it.")
        restoring.require_unused(path)
    kept = restoring.replace(path, restoring.prepare(source, path, begin), now)
    said = [f"{path} is now what {source} holds."]
    if kept is not None:
        said.append(f"What was there before is kept as {kept}.")
    if past[0].posts + past[0].occurrences:
        said.append(
            f"Left out, since it may have been posted after the copy was made: {counted(past[0].posts, 'post')} that "
            f"waited, {counted(past[0].occurrences, 'schedule')} that came due. `tenhours check` shows them."
        )
    return "\n".join([*said, "Now start the bot again."])
