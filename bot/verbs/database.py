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
from bot.location import ServerDatabase
from bot.store import backup as copying
from bot.store import migrate as migrating
from bot.store import moved
from bot.store import restore as restoring
from bot.store.tx import Tx

NEXT = "Now start the bot again: `systemctl start tenhours`, or `tenhours run`. Then type `tenhours check`."
LOG_AGAIN = "The copy lacks what members logged after it was made. They can log that again, up to 14 days back."


async def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema, after a copy of a file, and say where it stands."""
    location = settings.database.location
    await asyncio.to_thread(moved.require_here, location)
    before = migrating.read_revision(location)
    if isinstance(location, Path) and before is not None and before < migrating.head():
        copy = await asyncio.to_thread(_copy_before, location)
        sys.stdout.write(
            f"Copied {location} to {copy} first. To go back, install the version you had, then type "
            f"`tenhours restore {copy}`.\n"
        )
        sys.stdout.flush()
    await asyncio.to_thread(migrating.migrate, location)
    now = migrating.read_revision(location)
    has_changed = "is already" if before == now else "is now"
    sys.stdout.write(f"{location} {has_changed} at schema {now}.\n")


def _copy_before(path: Path) -> Path:
    """Copy a database that is about to be changed, unless it is in use. Raises `NotSaved`; then nothing is changed."""
    restoring.require_unused(path)
    copy = restoring.name_former(path, SystemClock().now())
    copying.backup(path, copy)
    return copy


async def backup(settings: Settings, target: Path) -> None:
    """Copy the database to a new file."""
    location = settings.database.location
    if isinstance(location, Path):
        seen = await asyncio.to_thread(copying.backup, location, target)
        sys.stdout.write(f"Copied {location} to {target}. {_looked_through(seen)}\n")
        return
    from bot.store import dump  # noqa: PLC0415 - its driver is an extra, and loads slowly

    await asyncio.to_thread(dump.back_up, location, target)
    sys.stdout.write(f"Copied {location} to {target}.\n")


def _looked_through(seen: copying.Seen) -> str:
    """Return what was looked through, and when the rest is, as whole sentences."""
    if seen.is_whole:
        return "I looked through all of it: it's intact."
    if not seen.looked_at:
        return (
            "There was no time to look through it meanwhile. "
            "The next copies do, and `tenhours restore` checks all of a copy."
        )
    return (
        f"I looked through {seen} meanwhile and found nothing wrong. The next copies look through the others, and "
        "`tenhours restore` checks all of a copy."
    )


async def restore(settings: Settings, source: Path) -> None:
    """Put a copy in the database's place, and say what became of the old one and of what was due."""
    location = settings.database.location
    if isinstance(location, Path):
        done = await asyncio.to_thread(_restore, location, source)
    else:
        done = await asyncio.to_thread(_restore_server, location, source)
    sys.stdout.write(done + "\n")


def _restore(path: Path, source: Path) -> str:
    now, left_out = SystemClock().now(), list[LeftOut]()

    def begin(tx: Tx) -> None:
        left_out.append(after_restore.leave_out_past(tx, now))

    if path.exists():
        if source.exists() and source.samefile(path):
            raise NotSaved(f"{source} is the database itself. Name a copy of it.")
        restoring.require_unused(path)
    previous = restoring.replace(path, restoring.prepare(source, path, begin), now)
    kept = [] if previous is None else [f"The previous database is kept as {previous}."]
    return "\n".join([f"Restored {path} from {source}.", *kept, *_outcome(left_out[0]), LOG_AGAIN, NEXT])


def _restore_server(location: ServerDatabase, source: Path) -> str:
    from bot.store import dump  # noqa: PLC0415 - as above

    now, left_out = SystemClock().now(), list[LeftOut]()

    def begin(tx: Tx) -> None:
        left_out.append(after_restore.leave_out_past(tx, now))

    former = dump.put_back(location, source, begin, now)
    kept = [f"The previous tables are kept in the schema {former}, until you drop it."] if former else []
    return "\n".join([f"Restored {location} from {source}.", *kept, *_outcome(left_out[0]), LOG_AGAIN, NEXT])


def _outcome(left_out: LeftOut) -> list[str]:
    """Return what became of what was due, if anything was."""
    lines = list[str]()
    counts = {"waiting post": left_out.posts, "scheduled post": left_out.occurrences}
    counts = {noun: number for noun, number in counts.items() if number}
    if counts:
        listed = " and ".join(counted(number, noun) for noun, number in counts.items())
        lines.append(
            f"Left out, because it may have been posted after the copy was made: {listed}. "
            "`tenhours check` lists those of groups."
        )
    return lines
