"""The heavy part of an import: from a file's bytes to what it comes to, done apart from the program that serves.

All that goes in and comes out is plain data, so that a process of its own can do it: it knows no database.
"""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bot.commands.shared.import_plan import (
    Chosen,
    FileOwner,
    PlannedImport,
    ask_about_twins,
    plan_import,
    require_readable,
)
from bot.domain.timesheet.answers import Answers, Question
from bot.domain.timesheet.choice import sum_by_project
from bot.domain.timesheet.known import KnownSessions
from bot.domain.timesheet.outcome import ImportOutcome, NewSession
from bot.domain.timesheet.plan import Plan
from bot.domain.timesheet.sessions import read_sessions
from bot.domain.timesheet.table import Row
from bot.errors import Refused
from bot.tracker_files.deadline import Deadline
from bot.tracker_files.opening import open_content

MAX_ROWS = 10_000
"""Five sessions a day for five years."""
MAX_SECONDS = 10
ROWS_PER_PIECE = 50
"""Rows that are packed and written at a time: nobody waits noticeably for so many."""


@dataclass(slots=True)
class ImportWork:
    """What a file comes to, or the question that is open; `plan` has no rows any more.

    `pieces` are the sessions to store, a few packed together each, and `projects` the names of the file's projects, the
    largest first: each only where it was asked for. `stored` pieces are in the run `run_id` (0 before the first).
    """

    plan: Plan
    outcome: ImportOutcome
    questions: tuple[Question, ...]
    newest_run: int
    pieces: tuple[bytes, ...] = ()
    projects: tuple[str, ...] = ()
    stored: int = 0
    run_id: int = 0


@dataclass(frozen=True, slots=True)
class ImportJob:
    """A file and all that must be known to read it; `known` are packed rows of what is here already."""

    content: bytes
    answers: Answers
    chosen: Chosen
    owner: FileOwner
    known: tuple[bytes, ...]
    day_totals: dict[str, int]
    newest_run: int
    wants_sessions: bool = False
    wants_projects: bool = False

    def work(self) -> ImportWork | Refused:
        """Return what the file comes to, or why it cannot be read."""
        try:
            return self._work()
        except Refused as refused:
            return refused

    def _work(self) -> ImportWork:
        check_row_count(self.content.count(b"\n"))
        table = open_content(self.content, self.owner.today, Deadline(MAX_SECONDS))
        planned = plan_import(table, self.answers, self.chosen, self.owner)
        projects = _name_projects(planned.plan) if self.wants_projects else ()
        return replace(self._go_through(planned), projects=projects)

    def _go_through(self, planned: PlannedImport) -> ImportWork:
        plan, twins = planned.plan, self.answers.twins
        known = KnownSessions() if plan.questions else KnownSessions(unpack(self.known))
        importer = planned.importer(known, {} if plan.questions else self.day_totals, twins)
        sessions = importer.go_through() if plan.is_readable else iter(())
        pieces = tuple(pack(sessions))
        check_row_count(importer.outcome.rows)
        if not plan.questions:
            require_readable(importer.outcome)
        asked = ask_about_twins(importer.outcome) if twins is None else None
        questions = plan.questions or ((asked,) if asked else ())
        wanted = pieces if self.wants_sessions and not questions else ()
        return ImportWork(_without_rows(plan), importer.outcome, questions, self.newest_run, wanted)


def check_row_count(rows: int) -> None:
    """Raise `Refused` for more rows than are brought in beside a conversation."""
    if rows > MAX_ROWS:
        many = f"That file has about {rows:,} rows, and {MAX_ROWS:,} fit here."
        raise Refused(f"{many} Bring it in by years, or ask whoever runs the bot to use `tenhours import`.")


def pack(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield the rows in pieces of a few, packed, so that no one step of handing them over takes long."""
    iterator = iter(rows)
    while piece := list(islice(iterator, ROWS_PER_PIECE)):
        yield pickle.dumps(piece)


def unpack(pieces: Iterable[bytes]) -> Iterator[Any]:
    """Yield the rows of packed pieces."""
    for piece in pieces:
        yield from pickle.loads(piece)  # noqa: S301 - packed by this program and held in memory alone


def unpack_sessions(piece: bytes) -> Sequence[NewSession]:
    """Return the sessions of one piece."""
    return list(unpack([piece]))


def _name_projects(plan: Plan) -> tuple[str, ...]:
    return tuple(total.name for total in sum_by_project(read_sessions(plan)()))


def _without_rows(plan: Plan) -> Plan:
    return replace(plan, table=replace(plan.table, rows=_no_rows, notes=tuple(plan.table.notes)))


def _no_rows() -> Iterator[Row]:
    return iter(())
