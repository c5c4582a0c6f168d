"""What an import comes to: what is new, what is here already, and what is left out, each with its hours."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.domain.duration import DAY_LIMIT
from bot.domain.timesheet.answers import Twins
from bot.domain.timesheet.choice import Chooser, ChosenSession, ProjectSums
from bot.domain.timesheet.former import former_columns
from bot.domain.timesheet.known import KnownSessions, Match
from bot.domain.timesheet.plan import Plan
from bot.domain.timesheet.sessions import read_sessions, to_minutes
from bot.domain.timesheet.table import LeftOut
from bot.domain.timesheet.titles import Unit
from bot.domain.week import Week

MOST_EXAMPLES = 3
MOST_SAMPLES = 3
TOUCHING_SECONDS = 60
"""Sessions that share no more touch: trackers round to minutes."""
NO_ROOM = "for which their day has no room: it would pass 24 hours"
SMALLER = "of a day's total that is here with more"
LEFT_AS_TWIN = "that differ a little from what is here, and were not wanted"
_DAY_SECONDS = 86_400
_CODE = 2 * _DAY_SECONDS
"""A start and a length, in seconds, are one number: start times this, plus length."""


class NewSession(NamedTuple):
    """A session to store, with its parts by day; `minutes` are of the whole of it.

    `replaces` is the beginning of the key of what it takes the place of, empty if of nothing.
    """

    number: int
    day: date
    minutes: int
    parts: list[tuple[date, int]]
    project: str
    area: str | None
    learned: str | None
    key: str
    replaces: str


class Twin(NamedTuple):
    """A session that is nearly one that is here: its day, its minutes, and those of the one that is here."""

    number: int
    day: date
    minutes: int
    known_minutes: int


class Overlap(NamedTuple):
    """Sessions that lie over another: how many, the minutes that they share, and the day of the first."""

    sessions: int
    minutes: int
    day: date


@dataclass(slots=True)
class Reason:
    """Why rows were left out: how many, their hours as far as they are known, and some of them."""

    rows: int = 0
    ms: int = 0
    examples: list[LeftOut] = field(default_factory=list)


class ImportOutcome:
    """The sums of an import, taken in one by one; nothing of the rows themselves but a few examples is held."""

    def __init__(self) -> None:
        self.sessions = 0
        self.entries = 0
        self.minutes = 0
        self.known = 0
        self.replaced = 0
        self.rows = 0
        self.first: date | None = None
        self.last: date | None = None
        self.weeks: dict[Week, int] = {}
        self.projects = ProjectSums()
        self.left_out: dict[str, Reason] = {}
        self.twins: list[Twin] = []
        self.twin_count = 0
        self.samples: list[NewSession] = []
        self._days: dict[date, Week] = {}
        self._spans = array("q")

    def take_session(self, chosen: ChosenSession) -> None:
        """Count a session that the file has."""
        self.rows += 1
        session = chosen.session
        self.projects.add(chosen.project, to_minutes(session.ms))
        if session.start_ms is not None:
            start = session.day.toordinal() * _DAY_SECONDS + session.start_ms // Unit.SECONDS
            self._spans.append(start * _CODE + session.ms // Unit.SECONDS)

    def take_new(self, new: NewSession) -> None:
        """Count a session that is brought in."""
        self.sessions += 1
        self.replaced += bool(new.replaces)
        if len(self.samples) < MOST_SAMPLES:
            self.samples.append(new)
        for day, minutes in new.parts:
            self.entries += 1
            self.minutes += minutes
            if self.first is None or day < self.first:
                self.first = day
            if self.last is None or day > self.last:
                self.last = day
            week = self._days.get(day)
            if week is None:
                week = self._days[day] = Week.of(day)
            self.weeks[week] = self.weeks.get(week, 0) + minutes

    def take_left_out(self, row: LeftOut) -> None:
        """Count a row that is left out."""
        reason = self.left_out.setdefault(row.reason, Reason())
        reason.rows += 1
        reason.ms += row.ms or 0
        if len(reason.examples) < MOST_EXAMPLES:
            reason.examples.append(row)

    def take_twin(self, twin: Twin) -> None:
        """Count a session that is nearly one that is here."""
        self.twin_count += 1
        if len(self.twins) < MOST_EXAMPLES:
            self.twins.append(twin)

    @property
    def has_read_any(self) -> bool:
        """True if any row could be read, whatever became of it."""
        return self.rows > 0

    def find_overlap(self) -> Overlap | None:
        """Return the sessions that lie over one that began before; None if there are none."""
        count = shared = 0
        first_day, end = 0, 0
        for code in sorted(self._spans):
            start, seconds = divmod(code, _CODE)
            if start < end - TOUCHING_SECONDS:
                count += 1
                shared += min(end, start + seconds) - start
                first_day = first_day or start // _DAY_SECONDS
            end = max(end, start + seconds)
        return Overlap(count, to_minutes(shared * Unit.SECONDS), date.fromordinal(first_day)) if count else None


class Importer:
    """Goes through a file by a plan and tells what is new, with a given room on each day."""

    def __init__(
        self, plan: Plan, chooser: Chooser, known: KnownSessions, day_totals: dict[str, int], twins: Twins | None
    ) -> None:
        self._plan = plan
        self._chooser = chooser
        self._known = known
        self._totals = day_totals
        self._twins = twins
        self.outcome = ImportOutcome()

    def go_through(self) -> Iterator[NewSession]:
        """Yield every session that is to be stored; the outcome is complete when it ends."""
        former = former_columns(self._plan.table.titles) if self._known.has_former else None
        if former is not None:
            self._known.survey(read_sessions(self._plan)(), self._plan.zone)
        rows = read_sessions(self._plan, former if self._plan.table.has_former_keys else None)()
        yield from self._new_among(self._chooser.choose(rows))

    def _new_among(self, rows: Iterable[ChosenSession | LeftOut]) -> Iterator[NewSession]:
        outcome, known, is_total = self.outcome, self._known, self._plan.table.is_total
        for chosen in rows:
            if isinstance(chosen, LeftOut):
                outcome.take_left_out(chosen)
                continue
            outcome.take_session(chosen)
            session, project = chosen.session, chosen.project
            replaces, freed = "", 0
            if known.count:
                match, key, minutes = known.match(session, project, is_total=is_total)
                if match is Match.KNOWN:
                    outcome.known += 1
                    continue
                if match is Match.SHRUNK:
                    outcome.take_left_out(LeftOut(session.number, SMALLER, ms=session.ms))
                    continue
                if match is Match.TWIN:
                    outcome.take_twin(Twin(session.number, session.day, session.minutes, minutes))
                    if self._twins is Twins.LEAVE:
                        outcome.take_left_out(LeftOut(session.number, LEFT_AS_TWIN, ms=session.ms))
                        continue
                if match is Match.GROWN or (match is Match.TWIN and self._twins is not Twins.BOTH):
                    replaces, freed = key, minutes
            new = self._fit(chosen, replaces, freed)
            if new is None:
                outcome.take_left_out(LeftOut(session.number, NO_ROOM, f"{session.day}", session.ms))
            else:
                outcome.take_new(new)
                yield new

    def _fit(self, chosen: ChosenSession, replaces: str, freed: int) -> NewSession | None:
        """Return the session to store; None where one of its days has no room for it."""
        session, totals = chosen.session, self._totals
        parts = session.parts()
        new_totals = {}
        for day, minutes in parts:
            text = day.isoformat()
            new_totals[text] = totals.get(text, 0) + minutes - freed
            if new_totals[text] > DAY_LIMIT:
                return None
            freed = 0  # it was of the first day
        totals |= new_totals
        key = self._known.next_key(session, chosen.project, is_total=self._plan.table.is_total)
        return NewSession(
            session.number,
            session.day,
            session.minutes,
            parts,
            chosen.project,
            chosen.area,
            chosen.learned,
            key,
            replaces,
        )
