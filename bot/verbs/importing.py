"""`tenhours import`: a time tracker's file of any size, read as it comes, with a look beforehand if that is asked."""

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
from bot.context import Context, Defaults, context_for
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

MOST_MEGABYTES = 64
MOST_SECONDS = 120
HEAD = 1024
LINES_AT_ONCE = 1000
ROWS_AT_ONCE = 2000
"""Rows of one transaction, so that a bot that runs meanwhile waits for no more; a run that was broken off is made whole
by another one, which knows what is here already."""
WORTH_A_BAR = 1_000_000
"""Bytes that take about a second: below it a progress bar would only flicker."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line, as it was typed."""

    file: Path
    who: str
    area: str | None = None
    projects: Sequence[str] = ()
    member: str | None = None
    dates: DateOrder | None = None
    is_dry: bool = False


@dataclass(frozen=True, slots=True)
class Whose:
    """What must be known of the person before their file can be read."""

    today: date
    areas: tuple[str, ...]


async def bring(settings: Settings, asked: Asked) -> str:
    """Bring the file in, or only look at it, and say what came of it.

    Raises `Refused` for what cannot be read, `NotSaved` where the database takes nothing, and `TenHoursError` for
    someone unknown: a console name is made known by this, as by speaking.
    """
    user, now = read_who(asked.who, installed()), SystemClock().now()
    defaults = Defaults(settings.group.goal, settings.group.time_zone)
    async with app.opened(settings, SystemClock()) as running:
        whose = await running.store.read(lambda tx: _whose(tx, user, defaults, now, asked))
        sheet, brought = await asyncio.to_thread(_read, asked, whose)
        if asked.is_dry:
            return await running.store.read(lambda tx: _looked(tx, user, asked, sheet, brought))
        done = ImportOutcome()
        for start in range(0, max(len(brought), 1), ROWS_AT_ONCE):
            some = brought[start : start + ROWS_AT_ONCE]
            done = done.plus(await running.store.write(partial(_kept, user, defaults, now, some)))
        return plain(view.imported(sheet, done))


def _whose(tx: Tx, user: User, defaults: Defaults, now: datetime, asked: Asked) -> Whose:
    context = _turn(tx, user, defaults, now, may_add=False)
    if context is not None:
        return Whose(context.today, context.areas())
    if user.platform != "console":
        raise TenHoursError(f"Nobody is known here as {asked.who}: they have to speak with the bot once before.")
    return Whose(now.date(), AREAS)


def _looked(tx: Tx, user: User, asked: Asked, sheet: Sheet, brought: list[ImportedEntry]) -> str:
    person = people.find(tx, user)
    done = imports.sort_out(tx, person.id if person else None, brought)
    looked = view.preview(asked.file.name, sheet, sum_by_project(sheet.rows), done, ())
    by_week = [plain(view.hours_by_week(done.added))] if done.added else []
    return "\n".join([plain(looked), *by_week, "Nothing was written: this was a dry run."])


def _kept(user: User, defaults: Defaults, now: datetime, brought: list[ImportedEntry], tx: Tx) -> ImportOutcome:
    context = _turn(tx, user, defaults, now, may_add=True)
    assert context is not None
    return imports.keep(tx, context.person, brought, now)


def _turn(tx: Tx, user: User, defaults: Defaults, now: datetime, *, may_add: bool) -> Context | None:
    """A turn in which nothing of a person who is known is changed, not even the spelling of their name."""
    is_known = people.find(tx, user) is not None
    request = CommandRequest(uuid4().hex, user, Channel(user.platform, user.team, None), "mydata import")
    return context_for(tx, request, SPECS, defaults, now, may_add=may_add and not is_known)


def _read(asked: Asked, whose: Whose) -> tuple[Sheet, list[ImportedEntry]]:
    reading = Reading(whose.today, whose.areas)
    area = read_area(asked.area, reading) if asked.area else None
    projects = read_projects("\n".join(asked.projects), reading) or None
    try:
        sheet = _sheet(asked, whose.today)
    except OrderUnclear as unclear:
        raise Refused(
            f"Dates such as {unclear.example} can be read both ways; say which comes first.", "--dates day-first"
        ) from None
    return sheet, choose_entries(sheet, ImportChoice(whose.areas, area, projects, asked.member))


def _sheet(asked: Asked, today: date) -> Sheet:
    path = asked.file
    try:
        size = path.stat().st_size
        if size > MOST_MEGABYTES * 1024**2:
            raise Refused(f"{path} has more than {MOST_MEGABYTES} MB; export a shorter time and bring it in parts.")
        with path.open("rb") as raw:
            encoding = encoding_of(raw.read(HEAD))
        with path.open(encoding=encoding, newline="") as text, _watched(text, size) as lines:
            head = text.read(HEAD)
            text.seek(0)
            return read_dump("".join(lines), today) if is_json(head) else read_table(lines, today, asked.dates)
    except UnicodeError:
        raise not_utf8() from None
    except OSError as error:
        raise NotSaved(f"{path} cannot be read: {error.strerror or 'it is no file'}.") from None


@contextmanager
def _watched(lines: Iterator[str], size: int) -> Iterator[Iterator[str]]:
    """The lines, with a bar that shows how far they are read, for no longer than `MOST_SECONDS`."""
    from rich.console import Console  # noqa: PLC0415 - only where there is something to wait for
    from rich.progress import Progress  # noqa: PLC0415

    is_worth_it = sys.stderr.isatty() and size > WORTH_A_BAR
    with Progress(console=Console(stderr=True), transient=True, disable=not is_worth_it) as progress:
        task = progress.add_task("Reading", total=size)

        def watched() -> Iterator[str]:
            until, read = time.monotonic() + MOST_SECONDS, 0
            for count, line in enumerate(lines):
                read += len(line)
                if count % LINES_AT_ONCE == 0:
                    progress.update(task, completed=read)
                    if time.monotonic() > until:
                        raise Refused(f"Reading that file took more than {MOST_SECONDS} seconds; bring it in parts.")
                yield line

        yield watched()
