"""All lines of `tenhours check` together, for people and for scripts."""

import asyncio
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from msgspec import json

from bot.checkup import clock as wall_clock
from bot.checkup import configuration, copies, database, questions, rights, work
from bot.checkup.line import Level, Line, worst
from bot.clock import Clock
from bot.config import Settings
from bot.location import Location
from bot.store import inspection

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
    """What to look at: `is_local` leaves out the platforms, `is_thorough` reads every page of the database.

    With `is_of_settings` it is the settings alone, and whether the platforms take their tokens.
    """

    file: Path | None
    environ: Mapping[str, str]
    is_local: bool = False
    is_thorough: bool = False
    is_of_settings: bool = False


async def lines(look: Look, clock: Clock) -> list[Line]:
    """Look at everything. Return the lines in the order of what depends on what."""
    settings, first = configuration.read(look.file, look.environ)
    if look.is_of_settings:
        from bot.checkup import platforms  # noqa: PLC0415 - as below

        return first if settings is None else [*first, *await platforms.try_settings(settings, clock)]
    first += rights.look(look.file, look.environ, settings)
    if settings is None:
        return first
    local, remote = await asyncio.gather(
        asyncio.to_thread(_local, settings, clock.now(), is_thorough=look.is_thorough),
        _remote(settings, clock, [*settings.adapters(), *settings.asking_adapters()], is_local=look.is_local),
    )
    return [*first, *local, *remote]


async def _remote(settings: Settings, clock: Clock, names: Sequence[str], *, is_local: bool) -> list[Line]:
    """Ask the platforms; with `is_local` only look at what their adapters say of the settings."""
    if not names:
        return []
    from bot.checkup import platforms  # noqa: PLC0415 - it needs every command, which takes as long as all the rest

    return await platforms.look(settings, clock, names, is_local=is_local)


def text(lines: list[Line]) -> str:
    """Return the lines as one reads them, with a sum at the end."""
    written = []
    for line in lines:
        words = f"{line.words}. To do: {line.what_to_do}." if line.what_to_do else f"{line.words}."
        head = f"{MARKS[line.level]}  {line.subject:{SUBJECT_WIDTH}}  "
        written.append(
            textwrap.fill(words, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)
        )
    return "\n".join([*written, SUMS[worst(lines)]])


def as_json(lines: list[Line], now: datetime) -> str:
    """Return `{"state", "version", "at", "lines": [{"subject", "state", "words", "what_to_do"}]}`, for scripts."""
    document = {
        "state": worst(lines),
        "version": metadata.version("tenhours"),
        "at": now.isoformat(timespec="seconds"),
        "lines": [
            {"subject": line.subject, "state": line.level, "words": line.words, "what_to_do": line.what_to_do}
            for line in lines
        ],
    }
    return json.encode(document).decode()


def _local(settings: Settings, now: datetime, *, is_thorough: bool) -> list[Line]:
    """Look at what this machine can tell by itself."""
    location = settings.database.location
    of_database, is_filled = _look_at_database(location, is_thorough=is_thorough)
    newest, is_running, of_work, areas = None, False, list[Line](), list[str]()
    if worst(of_database) is not Level.WRONG and is_filled:
        try:
            with inspection.open_snapshot(location) as tx:
                newest, is_running = inspection.find_newest_instant(tx), work.is_running(tx, now)
                of_work, areas = work.look(tx, now, settings.adapters()), inspection.list_areas(tx)
        except inspection.UNREADABLE as error:
            of_database.append(database.unreadable(location, error))
    of_copies, of_clock = copies.look(settings, now, is_needed=is_running), wall_clock.look(now, newest)
    return [*of_database, of_copies, *of_clock, *of_work, *questions.look(settings, areas)]


def _look_at_database(location: Location, *, is_thorough: bool) -> tuple[list[Line], bool]:
    """Return what can be told of the database from outside, and if there is anything in it."""
    if isinstance(location, Path):
        return database.look(location, is_thorough=is_thorough), database.is_filled(location)
    from bot.checkup import server  # noqa: PLC0415 - its driver is an extra, and loads slowly

    return server.look(location)
