"""Rows read by a plan: each a session of study, or left out with its reason and its hours."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from bot.domain.names import quoted
from bot.domain.timesheet.clocks import MILLI, Moment, TimeOfDay, at, read_moment, read_time
from bot.domain.timesheet.dates import read_date, split_date
from bot.domain.timesheet.former import FormerColumns
from bot.domain.timesheet.lengths import DAY_MS, HALF_MINUTE_MS, LengthUnit, read_length
from bot.domain.timesheet.plan import Plan, matches_member
from bot.domain.timesheet.table import Cells, LeftOut
from bot.domain.timesheet.titles import Unit
from bot.domain.timesheet.which_length import TOLERANCE_MS

EARLIEST = date(2000, 1, 1)
_NOTHING = ("-", "–", "—")
MOST_KNOWN = 20_000
"""Distinct texts of dates, times and lengths that are remembered; the same ones come again and again."""
LONGEST_SAMPLE = 40

NO_DATE = "without a date that can be read"
NO_LENGTH = "without a duration that can be read"
NO_END = "without an end: still running, or never stopped"
BACKWARDS = "that end before they start"
TOO_SHORT = "under half a minute"
TOO_LONG = "longer than 24 hours"
TO_COME = "still to come"
TOO_OLD = "before the year 2000"
NOT_OVER = "of a day that is not over yet"
LONGEST_NIGHT_MS = 16 * Unit.HOURS
"""Times of day alone that are further apart, over midnight, have their end before their start."""
TOO_WIDE = "with more cells than there are titles"
NEGATIVE = "with less than no time"


class Session(NamedTuple):
    """A stretch of study. `start_ms` counts from midnight of `day`, None if unknown; `ms` is how long it was.

    `first_ms` is the part of it that lies on `day`; the rest lies on the day after. `former` are the texts by which
    earlier versions told it from others.
    """

    number: int
    day: date
    start_ms: int | None
    ms: int
    first_ms: int
    project: str
    note: str
    area: str
    former: tuple[str, str, str] | None = None

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded half up."""
        return to_minutes(self.ms)

    def parts(self) -> list[tuple[date, int]]:
        """Return its days with their minutes, rounded half up; a part under half a minute is none."""
        if self.first_ms >= self.ms:
            return [(self.day, to_minutes(self.ms))]
        following = self.day + timedelta(days=1)
        parts = [(self.day, to_minutes(self.first_ms)), (following, to_minutes(self.ms - self.first_ms))]
        return [(day, minutes) for day, minutes in parts if minutes]


def to_minutes(ms: int) -> int:
    """Return whole minutes, rounded half up."""
    return (ms + HALF_MINUTE_MS) // Unit.MINUTES


class _Reason(NamedTuple):
    """Why a cell tells nothing, and what stands in it."""

    reason: str
    detail: str = ""


class SessionReader:
    """Reads one row after the other by a plan, and remembers what was read already."""

    def __init__(self, plan: Plan, former: FormerColumns | None = None) -> None:
        self._plan = plan
        self._columns = plan.columns
        self._former = former
        self._width = len(plan.table.titles)
        self._days: dict[str, date | _Reason] = {}
        self._lengths: dict[str, int | None] = {}
        self._moments: dict[str, Moment | None] = {}
        self._times: dict[str, TimeOfDay | None] = {}
        self._members: dict[tuple[str, ...], bool] = {}
        self._measure = self._choose_measure()

    def read_all(self) -> Iterator[Session | LeftOut]:
        """Yield every row of the table that is the member's, read or left out."""
        yield from self._plan.table.left_out
        columns, width, member, read = self._columns, self._width, self._plan.member, self._read
        for number, cells in self._plan.table.rows():
            if member is not None and columns.members and not self._is_own(cells):
                continue
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                yield LeftOut(number, TOO_WIDE, detail=f"{len(cells)} cells", ms=None)
                continue
            yield read(number, cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))])

    def _read(self, number: int, cells: Cells) -> Session | LeftOut:
        columns = self._columns
        start = self._start(cells)
        if start is None:
            found = self._day(cells[columns.day])
            if isinstance(found, _Reason):
                return LeftOut(number, found.reason, found.detail, self._ms_alone(cells))
            day, start_ms = found, None
        else:
            day, start_ms = start.day, start.ms
        measured = self._measure(cells, day, start)
        if isinstance(measured, _Reason):
            return LeftOut(number, measured.reason, measured.detail)
        ms, first_ms = measured
        wrong = self._wrong(day, ms)
        if wrong:
            return LeftOut(number, wrong, f"{day}" if wrong in (TO_COME, TOO_OLD) else "", max(ms, 0))
        note = ""
        for column in columns.notes:
            note = _words(cells[column])
            if note:
                break
        project = _words(cells[columns.project]) if columns.project >= 0 else ""
        area = _words(cells[columns.area]) if columns.area >= 0 else ""
        former = self._former.texts_of(cells) if self._former else None
        return Session(number, day, start_ms, ms, first_ms, project, note, area, former)

    def _wrong(self, day: date, ms: int) -> str:
        """Return why a day or a length cannot be one of study, empty if they can."""
        if day > self._plan.today:
            return TO_COME
        if day < EARLIEST:
            return TOO_OLD
        if self._plan.table.is_total and day == self._plan.today:
            return NOT_OVER
        if ms < HALF_MINUTE_MS:
            return NEGATIVE if ms < 0 else TOO_SHORT
        return TOO_LONG if ms > DAY_MS else ""

    def _is_own(self, cells: Cells) -> bool:
        name = tuple(cells[at].strip() if at < len(cells) else "" for at in self._columns.members)
        if name not in self._members:
            self._members[name] = matches_member(name, (self._plan.member or "").casefold())
        return self._members[name]

    def _day(self, text: str) -> date | _Reason:
        known = self._days.get(text)
        if known is not None:
            return known
        plan = self._plan
        moment = read_moment(text, plan.order, plan.year, plan.zone)
        day = moment.day if moment else read_date(split_date(text)[0], plan.order, plan.year)
        found = day or _Reason(NO_DATE, _sample(text))
        if len(self._days) < MOST_KNOWN:
            self._days[text] = found
        return found

    def _start(self, cells: Cells) -> Moment | None:
        """Return the moment of the start; None if there is none, or none that can be read."""
        columns = self._columns
        if columns.start < 0:
            return None
        moment = self._moment(cells[columns.start])
        if moment is not None and moment.ms is not None:
            return moment
        if columns.day == columns.start:
            return None
        time = self._time(cells[columns.start]) if moment is None else None
        day = self._day(cells[columns.day]) if time is not None else None
        return None if time is None or day is None or isinstance(day, _Reason) else at(day, time, self._plan.zone)

    def _moment(self, text: str) -> Moment | None:
        if text in self._moments:
            return self._moments[text]
        moment = read_moment(text, self._plan.order, self._plan.year, self._plan.zone)
        if len(self._moments) < MOST_KNOWN:
            self._moments[text] = moment
        return moment

    def _time(self, text: str) -> TimeOfDay | None:
        if text in self._times:
            return self._times[text]
        time = read_time(text)
        if len(self._times) < MOST_KNOWN:
            self._times[text] = time
        return time

    def _choose_measure(self) -> Callable[[Cells, date, Moment | None], "tuple[int, int] | _Reason"]:
        if not self._columns.has_length:
            return self._measure_span
        return self._measure_both if self._columns.has_span else self._measure_length

    def _measure_length(self, cells: Cells, day: date, start: Moment | None) -> tuple[int, int] | _Reason:
        ms = self._length(cells)
        if ms is None:
            return self._no_length(cells)
        return ms, self._first_part(day, start, ms)

    def _measure_span(self, cells: Cells, day: date, start: Moment | None) -> tuple[int, int] | _Reason:
        span = self._span(cells, day, start)
        if isinstance(span, _Reason):
            return span
        if self._columns.pause < 0:
            return span, self._first_part(day, start, span)
        pause = self._pause(cells[self._columns.pause])
        if pause is None:
            return _Reason(NO_LENGTH, f"a break of {_sample(cells[self._columns.pause])}")
        return span - pause, min(self._first_part(day, start, span), span - pause)

    def _pause(self, text: str) -> int | None:
        """Return the milliseconds of a break, 0 for an empty cell; None if it cannot be read."""
        return read_length(text, LengthUnit(self._plan.pause_unit)) if text.strip() else 0

    def _measure_both(self, cells: Cells, day: date, start: Moment | None) -> tuple[int, int] | _Reason:
        """Return the length that a row names, or that from start to end: the exacter one if they agree."""
        ms, span = self._length(cells), self._span(cells, day, start)
        if ms is None:
            if any(cells[column].strip() for column, _ in self._length_columns()):
                return self._no_length(cells)
            if isinstance(span, _Reason):
                return span
            ms = span
        elif not isinstance(span, _Reason):
            if abs(span - ms) <= TOLERANCE_MS:
                ms = span
            else:
                return ms, ms
        elif span.reason is NO_END and ms < 0:
            return span  # Toggl's length of an entry that still runs is the negative of when it began
        return ms, self._first_part(day, start, ms)

    def _length_columns(self) -> tuple[tuple[int, Unit | None], ...]:
        return self._columns.parts or ((self._columns.length, None),)

    def _length(self, cells: Cells) -> int | None:
        columns = self._columns
        if columns.length >= 0:
            text = cells[columns.length]
            if text in self._lengths:
                return self._lengths[text]
            ms = _negative(text) or read_length(text, self._plan.unit)
            if len(self._lengths) < MOST_KNOWN:
                self._lengths[text] = ms
            return ms
        total, is_there = 0, False
        for column, unit in columns.parts:
            text = cells[column].strip()
            part = read_length(text, self._plan.unit._replace(number=unit)) if text else 0
            if part is None:
                return None
            total, is_there = total + part, is_there or bool(text)
        return total if is_there else None

    def _no_length(self, cells: Cells) -> _Reason:
        return _Reason(NO_LENGTH, " ".join(_sample(cells[at]) for at, _ in self._length_columns() if cells[at].strip()))

    def _ms_alone(self, cells: Cells) -> int | None:
        return self._length(cells) if self._columns.has_length else None

    def _span(self, cells: Cells, day: date, start: Moment | None) -> int | _Reason:
        columns = self._columns
        text = cells[columns.end]
        if start is None or start.ms is None:
            return _Reason(NO_LENGTH, f"{_sample(cells[columns.start])} to {_sample(text)}")
        if not text.strip():
            return _Reason(NO_END, f"from {cells[columns.start].strip()[:LONGEST_SAMPLE]}")
        end = self._moment(text)
        time = self._time(text) if end is None or end.ms is None else None
        has_day = time is None
        if time is not None:
            end_day = (
                self._day(cells[columns.end_day]) if columns.end_day >= 0 and cells[columns.end_day].strip() else day
            )
            if isinstance(end_day, _Reason):
                return end_day
            has_day = columns.end_day >= 0 and bool(cells[columns.end_day].strip())
            end = at(end_day, time, self._plan.zone)
        if end is None or end.ms is None:
            return _Reason(NO_LENGTH, f"{_sample(cells[columns.start])} to {_sample(text)}")
        span = _between(start, end)
        if span < 0 and not has_day and span + DAY_MS <= LONGEST_NIGHT_MS:
            span += DAY_MS
        return (
            _Reason(BACKWARDS, f"{cells[columns.start].strip()} to {text.strip()}"[: 2 * LONGEST_SAMPLE])
            if span < 0
            else span
        )

    def _first_part(self, day: date, start: Moment | None, ms: int) -> int:
        """Return the milliseconds that lie on the day on which it starts."""
        if start is None or start.ms is None or start.ms + ms <= DAY_MS:
            return ms
        if start.instant is None:
            return DAY_MS - start.ms
        following = day + timedelta(days=1)
        midnight = datetime(following.year, following.month, following.day, tzinfo=self._plan.zone)
        return min(ms, round(midnight.timestamp() * MILLI) - start.instant)


def read_sessions(plan: Plan, former: FormerColumns | None = None) -> Callable[[], Iterator[Session | LeftOut]]:
    """Return what goes through the rows of a plan, as often as it is called."""
    return partial(_read_sessions, plan, former)


def _read_sessions(plan: Plan, former: FormerColumns | None) -> Iterator[Session | LeftOut]:
    return SessionReader(plan, former).read_all()


def _words(cell: str) -> str:
    """Return the words in a cell; a dash alone, as Toggl writes it, stands for none."""
    words = cell.strip()
    return "" if words in _NOTHING else words


def _between(start: Moment, end: Moment) -> int:
    if start.instant is not None and end.instant is not None:
        return end.instant - start.instant
    return (end.day - start.day).days * DAY_MS + (end.ms or 0) - (start.ms or 0)


def _negative(text: str) -> int | None:
    """Return a length below nothing as one, so that it is said to be that: “-1”, “-0:30”."""
    stripped = text.strip()
    return -1 if stripped[:1] in "-\u2212" and stripped[1:2].isdigit() else None


def _sample(text: str) -> str:
    return quoted(text) if text.strip() else "an empty cell"
