"""`tenhours import`: a time tracker's file of any size, read as it comes; a dry run only looks at it.

What the file leaves open is asked in a terminal; in a script the program ends, names the option that answers each
question, and has written nothing.
"""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot import app
from bot.adapter.installed import installed
from bot.chat.plain import plain
from bot.chat.request import Channel, CommandRequest, User
from bot.clock import SystemClock
from bot.commands.registry import SPECS
from bot.commands.shared.import_plan import (
    Chosen,
    FileOwner,
    PlannedImport,
    accept_proposals,
    ask_about_twins,
    plan_import,
    require_readable,
    with_answer,
)
from bot.config import Settings
from bot.context import Context, Defaults, Saving, context_for
from bot.domain.group import AREAS
from bot.domain.names import clean, cut
from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.known import KnownSessions
from bot.domain.timesheet.outcome import Importer, ImportOutcome, NewSession
from bot.domain.timesheet.table import Table
from bot.errors import TenHoursError
from bot.store import imports, people
from bot.store.database import Store
from bot.store.tx import Tx
from bot.tracker_files.deadline import Deadline
from bot.tracker_files.opening import open_path
from bot.verbs.import_questions import QuestionsOpen, ask, confirm, is_terminal
from bot.views import importing as view
from bot.who import read_who

MAX_SECONDS = 120
SESSIONS_PER_TRANSACTION = 2000
"""A bot that runs meanwhile waits for no more; a run that was broken off is made whole by another one, which knows
what is here already."""

FILE_NAME_LIMIT = 60
MOST_PROJECTS = 60
PROGRESS_BAR_BYTES = 4_000_000
"""They take seconds: below it a progress bar would only flicker."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The options of the command line, as they were typed."""

    file: Path
    who: str
    area: str | None = None
    projects: Sequence[str] = ()
    answers: Answers = field(default_factory=Answers)
    is_dry: bool = False
    takes_proposals: bool = False


class Stopped(TenHoursError):
    """An import that was broken off by whoever started it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a person: their sessions, the minutes of their days, and the newest run when that was so."""

    known: KnownSessions
    day_totals: dict[str, int]
    newest_run: int


async def import_file(settings: Settings, options: ImportOptions) -> str:
    """Import the file, or only look at it; return what came of it in words.

    Raises `Refused` for what cannot be read, `QuestionsOpen` for what a script has to answer, `NotSaved` where the
    database takes nothing, and `TenHoursError` for someone unknown: a console name is made known by this.
    """
    user, now = read_who(options.who, installed()), SystemClock().now()
    defaults = Defaults(settings.group.goal, settings.group.time_zone)
    async with app.opened(settings, SystemClock()) as running:
        importing = _Importing(running.store, options, user, defaults, now, Deadline(MAX_SECONDS))
        try:
            return await importing.run()
        except asyncio.CancelledError:
            importing.deadline.stop()
            raise Stopped(importing.say_stopped()) from None


class _Importing:
    """One import from the command line, step by step; all reading is on a thread of its own."""

    def __init__(
        self, store: Store, options: ImportOptions, user: User, defaults: Defaults, now: datetime, deadline: Deadline
    ) -> None:
        self.deadline = deadline
        self._store = store
        self._options = options
        self._user = user
        self._defaults = defaults
        self._now = now
        self._written = 0

    async def run(self) -> str:
        owner = await self._store.read(self._owner)
        with _progress_bar(self._options.file) as progress:
            table = await asyncio.to_thread(open_path, self._options.file, owner.today, self.deadline, progress)
            planned, answers = await self._plan(table, owner)
            stored = await self._store.read(self._load)
            outcome: ImportOutcome | None = None
            if stored.known.count or self._options.is_dry or is_terminal():
                look = partial(planned.look, stored.known, stored.day_totals, answers.twins)
                outcome = await asyncio.to_thread(look)
                require_readable(outcome)
        if outcome is not None:
            if self._options.is_dry:
                return self._say_look(planned, outcome)
            if not outcome.sessions:
                return plain(view.imported(planned.plan, outcome))
            answers = await self._settle_twins(answers, outcome)
            if is_terminal() and not self._options.takes_proposals:
                await self._confirm(planned, outcome)
            stored = await self._store.read(self._load)
        importer = planned.importer(stored.known, stored.day_totals, answers.twins)
        await self._write(importer, str(planned.plan.table.kind), stored.newest_run)
        require_readable(importer.outcome)
        return plain(view.imported(planned.plan, importer.outcome))

    def say_stopped(self) -> str:
        """Say what an import that was broken off has left behind."""
        if not self._written:
            return "Stopped. Nothing was written."
        return (
            f"Stopped. {self._written:,} entries are in; the same command brings in the rest, "
            "and with --take-back it takes them out again."
        )

    async def _plan(self, table: Table, owner: FileOwner) -> tuple[PlannedImport, Answers]:
        """Return the plan with all its questions answered. Raises `QuestionsOpen` where nobody can be asked."""
        answers = self._options.answers
        chosen = Chosen(self._options.area or "", self._options.projects)
        while True:
            planned = await asyncio.to_thread(plan_import, table, answers, chosen, owner)
            questions = planned.plan.questions
            if not questions:
                return planned, answers
            accepted = accept_proposals(answers, questions) if self._options.takes_proposals else answers
            if accepted != answers:
                answers = accepted
            elif is_terminal():
                answers = with_answer(answers, questions[0].about, await ask(questions[0], self._samples(planned)))
            else:
                raise QuestionsOpen(questions, self._samples(planned))

    def _samples(self, planned: PlannedImport) -> list[NewSession]:
        """Return the first sessions as the likeliest reading would store them."""
        if not planned.plan.is_readable:
            return []
        return list(islice(planned.importer(KnownSessions(), {}, None).go_through(), 3))

    async def _settle_twins(self, answers: Answers, outcome: ImportOutcome) -> Answers:
        question = ask_about_twins(outcome) if answers.twins is None else None
        if question is None:
            return answers
        if self._options.takes_proposals:
            return accept_proposals(answers, [question])
        if not is_terminal():
            raise QuestionsOpen([question], [])
        return with_answer(answers, question.about, await ask(question, []))

    async def _confirm(self, planned: PlannedImport, outcome: ImportOutcome) -> None:
        card = view.preview(self._options.file.name, planned.plan, outcome, most_projects=MOST_PROJECTS)
        if not await confirm(plain(card), "Import it?"):
            raise Stopped("Nothing was written.")

    def _say_look(self, planned: PlannedImport, outcome: ImportOutcome) -> str:
        card = view.preview(
            self._options.file.name, planned.plan, outcome, most_projects=MOST_PROJECTS, is_detailed=True
        )
        twins = ask_about_twins(outcome)
        asked = [f"It will be asked: {twins.text} (--twins)"] if twins is not None else []
        return "\n".join([plain(card), *asked, view.NOTHING_WRITTEN])

    async def _write(self, importer: Importer, source: str, newest_run: int) -> None:
        sessions = importer.go_through()
        run_id = 0
        while batch := await asyncio.to_thread(_next_batch, sessions):
            writing = asyncio.ensure_future(self._store.write(partial(self._add, run_id, batch, source, newest_run)))
            try:
                run_id = await asyncio.shield(writing)
            finally:
                await self._count(writing, importer.outcome.entries)

    async def _count(self, writing: asyncio.Future[int], entries: int) -> None:
        """Count the entries once they are stored: a transaction goes on, though whoever waits for it has broken off."""
        await asyncio.wait([writing])
        if writing.exception() is None:
            self._written = entries

    def _add(self, run_id: int, sessions: list[NewSession], source: str, newest_run: int, tx: Tx) -> int:
        context = self._context(tx, Saving.ANYONE)
        assert context is not None
        person_id = context.person.id
        if not run_id:
            file = cut(clean(self._options.file.name, FILE_NAME_LIMIT), FILE_NAME_LIMIT)
            run_id = imports.begin_run(tx, person_id, file, source, newest_run, self._now)
        else:
            imports.require_newest(tx, person_id, run_id)
        imports.add(tx, person_id, run_id, sessions, self._now)
        return run_id

    def _load(self, tx: Tx) -> Stored:
        person = people.find(tx, self._user)
        person_id = person.id if person else None
        return Stored(
            imports.load_known(tx, person_id),
            imports.load_day_totals(tx, person_id),
            imports.find_newest_run(tx, person_id),
        )

    def _owner(self, tx: Tx) -> FileOwner:
        context = self._context(tx, Saving.NOTHING)
        if context is not None:
            return FileOwner(context.today, context.person.zone, context.areas())
        if self._user.platform != "console":
            raise TenHoursError(
                f"I don't know anyone here called {self._options.who}. They have to talk to the bot once first."
            )
        zone = ZoneInfo(self._defaults.zone)
        return FileOwner(self._now.astimezone(zone).date(), zone, AREAS)

    def _context(self, tx: Tx, saving: Saving) -> Context | None:
        """Return the context of a person, in which nothing of a known one changes, not even the spelling of their name.

        None for someone unknown, unless they may be added.
        """
        if people.find(tx, self._user) is not None:
            saving = Saving.NOTHING
        request = CommandRequest(
            uuid4().hex, self._user, Channel(self._user.platform, self._user.team, None), "mydata import"
        )
        return context_for(tx, request, SPECS, self._defaults, self._now, saving)


def _next_batch(sessions: Iterator[NewSession]) -> list[NewSession]:
    return list(islice(sessions, SESSIONS_PER_TRANSACTION))


@contextmanager
def _progress_bar(path: Path) -> Iterator[Callable[[int], None]]:
    """Yield what is told the characters that were read; a bar shows them where there is something to wait for."""
    size = path.stat().st_size if path.is_file() else 0
    if not (sys.stderr.isatty() and size > PROGRESS_BAR_BYTES):
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where there is something to wait for
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=None)
        yield lambda characters: progress.update(task, advance=characters)
