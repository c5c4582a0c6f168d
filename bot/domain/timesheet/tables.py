"""Reading a table with titles: twice, for only all dates together tell which of day and month comes first."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.domain.duration import Minutes
from bot.domain.names import quoted
from bot.domain.timesheet.columns import Columns, find_columns
from bot.domain.timesheet.dates import find_order, read_date
from bot.domain.timesheet.lengths import Unit, guess_unit, read_length, read_span
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.sheet import MOST_ROWS, BadRow, Sheet, SheetKind, SheetRow, to_minutes, validate_day
from bot.errors import Refused

PREAMBLE_ROWS = 10
DELIMITERS = ",;\t|"
LONGEST_TITLE_LINE = 4000

Cells = Sequence[str]
Numbered = tuple[int, Cells]


def read_table(lines: Iterable[str], today: date, order: DateOrder | None = None) -> Sheet:
    """Read the table in `lines`, which have their ends. A row that cannot be read is reported, and the rest goes on.

    Raises Refused if there is no title line with a day and a length, or too many rows follow it, and OrderUnclear if no
    `order` is given and the dates can be read both ways.
    """
    numbered = _rows(lines)
    columns = _titles(numbered)
    rows = list(_at_most(numbered))
    order = order or find_order(_cell(cells, columns.day) for _, cells in rows)
    unit = columns.unit or guess_unit(_cell(cells, columns.length) for _, cells in rows)
    reader = _Reader(columns, today, order, unit)
    good: list[SheetRow] = []
    bad: list[BadRow] = []
    for number, cells in rows:
        row = reader.read(number, cells)
        if isinstance(row, SheetRow):
            good.append(row)
        else:
            bad.append(BadRow(number, row))
    return Sheet(columns.kind, good, bad, reader.note())


def _rows(lines: Iterable[str]) -> Iterator[Numbered]:
    """Yield the rows that are not empty, with the number of the line that each ends on."""
    lines = iter(lines)
    first = next(lines, "")
    while first and not first.strip("\ufeff \r\n\t"):
        first = next(lines, "")
    sample = first[:LONGEST_TITLE_LINE].lstrip("\ufeff")
    delimiter = max(DELIMITERS, key=sample.count)
    reader = csv.reader(_chained(sample + first[LONGEST_TITLE_LINE:], lines), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise Refused(f"Line {reader.line_num} cannot be read as a row of a table: {error}.") from None


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _titles(rows: Iterator[Numbered]) -> Columns:
    first_row: Cells = ()
    for _, (_, cells) in zip(range(PREAMBLE_ROWS), rows, strict=False):
        columns = find_columns(cells)
        if columns is not None:
            return columns
        first_row = first_row or cells
    if not first_row:
        raise Refused("There is nothing in that file.", "Date,Duration,Description")
    titles = ", ".join(quoted(title) for title in first_row[:6])
    raise Refused(f"I found no columns with a day and a duration there, but {titles}.", "Date,Duration,Description")


def _at_most(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Refused(f"That file has more than {MOST_ROWS:,} rows; export a shorter time and bring it in parts.")
        yield row


def _cell(cells: Cells, at: int) -> str:
    return cells[at] if 0 <= at < len(cells) else ""


class _Reader:
    """A reader of one row after the other that remembers dates and times, since the same ones come again and again."""

    def __init__(self, columns: Columns, today: date, order: DateOrder | None, unit: Unit) -> None:
        self._columns = columns
        self._today = today
        self._order = order
        self._unit = unit
        self._dates: dict[str, date | str] = {}
        self._lengths: dict[str, Minutes | str] = {}
        self._repeats: Counter[tuple[str, ...]] = Counter()

    def read(self, number: int, cells: Cells) -> SheetRow | str:
        """Return the row, or the reason why it is left out."""
        columns = self._columns
        day = self._date(_cell(cells, columns.day))
        if isinstance(day, str):
            return day
        minutes = self._minutes(cells)
        if isinstance(minutes, str):
            return minutes
        project, description = _cell(cells, columns.project).strip(), _cell(cells, columns.description).strip()
        start = _cell(cells, columns.start).strip()
        key = (day.isoformat(), start, str(minutes), project, description)
        self._repeats[key] += 1
        return SheetRow(
            number,
            day,
            minutes,
            project,
            description,
            _cell(cells, columns.area).strip(),
            _cell(cells, columns.member).strip(),
            (*key, str(self._repeats[key])),
        )

    def note(self) -> str:
        """Say which unit was assumed for bare numbers, empty if none was."""
        if self._columns.unit is None and self._unit is not Unit.HOURS:
            return f"Bare numbers were read as {self._unit.name.lower()}."
        if self._columns.kind is SheetKind.TABLE and self._columns.unit is None:
            return "Bare numbers, if there are any, were read as hours."
        return ""

    def _date(self, text: str) -> date | str:
        if text not in self._dates:
            day = read_date(text, self._order)
            if day is None:
                self._dates[text] = f"{quoted(text)} is no date" if text.strip() else "it has no date"
            else:
                self._dates[text] = validate_day(day, self._today) or day
        return self._dates[text]

    def _minutes(self, cells: Cells) -> Minutes | str:
        columns = self._columns
        if columns.length < 0:
            return _span(_cell(cells, columns.start), _cell(cells, columns.end))
        text = _cell(cells, columns.length)
        if text not in self._lengths:
            seconds = read_length(text, self._unit)
            self._lengths[text] = _no_length(text) if seconds is None else to_minutes(seconds)
        return self._lengths[text]


def _no_length(text: str) -> str:
    return f"{quoted(text)} is no duration" if text.strip() else "it has no duration"


def _span(start: str, end: str) -> Minutes | str:
    seconds = read_span(start, end)
    return f"{quoted(start)} to {quoted(end)} is no stretch of time" if seconds is None else to_minutes(seconds)
