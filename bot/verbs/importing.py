"""`tenhours import`: a time tracker's file of any size, read as it comes; a dry run only looks at it."""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from bot import app
from bot.adapter.installed import installed
from bot.chat.command import Reading
from bot.chat.plain import plain
from bot.chat.request import Channel, CommandRequest, User
from bot.clock import SystemClock
from bot.commands.registry import SPECS
from bot.commands.shared.import_specs import read_projects
from bot.commands.shared.options import read_area
from bot.config import Settings
from bot.context import Context, Defaults, Saving, context_for
from bot.domain.group import AREAS
from bot.domain.timesheet.choice import ImportChoice, ImportedEntry, choose_entries, sum_by_project
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.outcome import ImportOutcome
from bot.domain.timesheet.read import encoding_of, is_json, not_utf8
from bot.domain.timesheet.sheet import OrderUnclear, Sheet
from bot.domain.timesheet.tables import read_table
from bot.domain.timesheet.wakatime import read_dump
from bot.errors import NotSaved, Refused, TenHoursError
from bot.store import imports, people
from bot.store.sqlite import Tx
from bot.views import importing as view
from bot.who import read_who

MAX_MEGABYTES = 64
MAX_SECONDS = 120
HEAD_BYTES = 1024
LINES_PER_LOOK = 1000
ROWS_PER_TRANSACTION = 2000
"""A bot that runs meanwhile waits for no more; a run that was broken off is made whole by another one, which knows
what is here already."""

PROGRESS_BAR_BYTES = 1_000_000
"""They take about a second: below it a progress bar would only flicker."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The options of the command line, as they were typed."""

    file: Path
    who: str
    area: str | None = None
    projects: Sequence[str] = ()
    member: str | None = None
    dates: DateOrder | None = None
    is_dry: bool = False


@dataclass(frozen=True, slots=True)
class FileOwner:
    """The facts about a person that must be known before their file can be read."""

    today: date
    areas: tuple[str, ...]


async def import_file(settings: Settings, options: ImportOptions) -> str:
    """Import the file, or only look at it; return what came of it in words.

    Raises `Refused` for what cannot be read, `NotSaved` where the database takes nothing, and `TenHoursError` for
    someone unknown: a console name is made known by this, as by speaking.
    """
    user, now = read_who(options.who, installed()), SystemClock().now()
    defaults = Defaults(settings.group.goal, settings.group.time_zone)
    async with app.opened(settings, SystemClock()) as running:
        owner = await running.store.read(lambda tx: _owner(tx, user, defaults, now, options))
        sheet, entries = await asyncio.to_thread(_read, options, owner)
        if options.is_dry:
            return await running.store.read(lambda tx: _preview(tx, user, options, sheet, entries))
        outcome = ImportOutcome()
        for start in range(0, max(len(entries), 1), ROWS_PER_TRANSACTION):
            part = entries[start : start + ROWS_PER_TRANSACTION]
            outcome = outcome.plus(await running.store.write(partial(_add, user, defaults, now, part)))
        return plain(view.imported(sheet, outcome))


def _owner(tx: Tx, user: User, defaults: Defaults, now: datetime, options: ImportOptions) -> FileOwner:
    context = _context(tx, user, defaults, now, Saving.NOTHING)
    if context is not None:
        return FileOwner(context.today, context.areas())
    if user.platform != "console":
        raise TenHoursError(f"Nobody is known here as {options.who}: they have to speak with the bot once before.")
    return FileOwner(now.date(), AREAS)


def _preview(tx: Tx, user: User, options: ImportOptions, sheet: Sheet, entries: list[ImportedEntry]) -> str:
    person = people.find(tx, user)
    outcome = imports.sort_out(tx, person.id if person else None, entries)
    card = view.preview(options.file.name, sheet, sum_by_project(sheet.rows), outcome, ())
    by_week = [plain(view.hours_by_week(outcome.added))] if outcome.added else []
    return "\n".join([plain(card), *by_week, "Nothing was written: this was a dry run."])


def _add(user: User, defaults: Defaults, now: datetime, entries: list[ImportedEntry], tx: Tx) -> ImportOutcome:
    context = _context(tx, user, defaults, now, Saving.ANYONE)
    assert context is not None
    return imports.save(tx, context.person, entries, now)


def _context(tx: Tx, user: User, defaults: Defaults, now: datetime, saving: Saving) -> Context | None:
    """Return the context of a person, in which nothing of a known one changes, not even the spelling of their name.

    None for someone unknown, unless they may be added.
    """
    is_known = people.find(tx, user) is not None
    request = CommandRequest(uuid4().hex, user, Channel(user.platform, user.team, None), "mydata import")
    return context_for(tx, request, SPECS, defaults, now, Saving.NOTHING if is_known else saving)


def _read(options: ImportOptions, owner: FileOwner) -> tuple[Sheet, list[ImportedEntry]]:
    reading = Reading(owner.today, owner.areas)
    area = read_area(options.area, reading) if options.area else None
    projects = read_projects("\n".join(options.projects), reading) or None
    try:
        sheet = _sheet(options, owner.today)
    except OrderUnclear as unclear:
        raise Refused(
            f"Dates such as {unclear.example} can be read both ways; say which comes first.", "--dates day-first"
        ) from None
    return sheet, choose_entries(sheet, ImportChoice(owner.areas, area, projects, options.member))


def _sheet(options: ImportOptions, today: date) -> Sheet:
    path = options.file
    try:
        size = path.stat().st_size
        if size > MAX_MEGABYTES * 1024**2:
            raise Refused(f"{path} has more than {MAX_MEGABYTES} MB; export a shorter time and bring it in parts.")
        with path.open("rb") as raw:
            encoding = encoding_of(raw.read(HEAD_BYTES))
        with path.open(encoding=encoding, newline="") as text, _watch(text, size) as lines:
            head = text.read(HEAD_BYTES)
            text.seek(0)
            return read_dump("".join(lines), today) if is_json(head) else read_table(lines, today, options.dates)
    except UnicodeError:
        raise not_utf8() from None
    except OSError as error:
        raise NotSaved(f"{path} cannot be read: {error.strerror or 'it is no file'}.") from None


@contextmanager
def _watch(lines: Iterator[str], size: int) -> Iterator[Iterator[str]]:
    """Yield the lines, for no longer than `MAX_SECONDS`, while a bar shows how far they are read."""
    from rich.console import Console  # noqa: PLC0415 - only where there is something to wait for
    from rich.progress import Progress  # noqa: PLC0415

    is_worth_it = sys.stderr.isatty() and size > PROGRESS_BAR_BYTES
    with Progress(console=Console(stderr=True), transient=True, disable=not is_worth_it) as progress:
        task = progress.add_task("Reading", total=size)

        def watched() -> Iterator[str]:
            until, read = time.monotonic() + MAX_SECONDS, 0
            for count, line in enumerate(lines):
                read += len(line)
                if count % LINES_PER_LOOK == 0:
                    progress.update(task, completed=read)
                    if time.monotonic() > until:
                        raise Refused(f"Reading that file took more than {MAX_SECONDS} seconds; bring it in parts.")
                yield line

        yield watched()
