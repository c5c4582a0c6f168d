"""All lines of `tenhours check` together, for people and for scripts."""

import asyncio
import sqlite3
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from msgspec import json

from bot.checkup import clock as time
from bot.checkup import configuration, copies, database, rights, work
from bot.checkup.line import Level, Line, worst
from bot.clock import Clock
from bot.config import Settings
from bot.store import inspection
from bot.store.sqlite import Tx

MARKS = {Level.WELL: "ok   ", Level.WARNING: "warn ", Level.WRONG: "WRONG"}
SUBJECT_WIDTH = 18
WIDTH = 110
SUMS = {
    Level.WELL: "All is well.",
    Level.WARNING: "It works; the lines marked warn are worth a look.",
    Level.WRONG: "Something is wrong; the lines marked WRONG say what to do.",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: `is_local` leaves out the platforms, `is_thorough` reads every page of the database."""

    file: Path | None
    environ: Mapping[str, str]
    is_local: bool = False
    is_thorough: bool = False


async def lines(look: Look, clock: Clock) -> list[Line]:
    """Everything there is to say, in the order of what depends on what."""
    settings, found = configuration.read(look.file, look.environ)
    found += rights.look(look.file, look.environ, settings)
    if settings is None:
        return found
    local, remote = await asyncio.gather(
        asyncio.to_thread(_local, settings, clock.now(), is_thorough=look.is_thorough),
        _remote(settings, clock, settings.adapters(), is_local=look.is_local),
    )
    return [*found, *local, *remote]


async def _remote(settings: Settings, clock: Clock, names: Sequence[str], *, is_local: bool) -> list[Line]:
    """What the platforms say, or at least what their adapters say of the settings."""
    if not names:
        return []
    from bot.checkup import platforms  # noqa: PLC0415 - it needs every command, which takes as long as all the rest

    return await platforms.look(settings, clock, names, is_local=is_local)


def text(found: list[Line]) -> str:
    """The lines as one reads them, with a sum at the end."""
    written = []
    for line in found:
        words = f"{line.words}. To do: {line.what_to_do}." if line.what_to_do else f"{line.words}."
        head = f"{MARKS[line.state]}  {line.subject:{SUBJECT_WIDTH}}  "
        written.append(
            textwrap.fill(words, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)
        )
    return "\n".join([*written, SUMS[worst(found)]])


def as_json(found: list[Line], now: datetime) -> str:
    """The same for scripts: `{"state", "version", "at", "lines": [{"subject", "state", "words", "what_to_do"}]}`."""
    whole = {
        "state": worst(found),
        "version": metadata.version("tenhours"),
        "at": now.isoformat(timespec="seconds"),
        "lines": [asdict(line) for line in found],
    }
    return json.encode(whole).decode()


def _local(settings: Settings, now: datetime, *, is_thorough: bool) -> list[Line]:
    """What this machine can tell by itself."""
    path = settings.database_path
    found = database.look(path, is_thorough=is_thorough)
    newest, is_running, told = None, False, list[Line]()
    if worst(found) is not Level.WRONG and database.is_filled(path):
        try:
            with inspection.opened(path) as connection:
                connection.execute("BEGIN")
                tx = Tx(connection)
                newest, is_running = inspection.newest_instant(tx), work.is_running(tx, now)
                told = work.look(tx, now, settings.adapters())
        except sqlite3.Error as error:
            found.append(database.unreadable(path, error))
    return [*found, copies.look(settings, now, is_needed=is_running), *time.look(now, newest), *told]
