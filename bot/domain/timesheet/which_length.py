"""Which column tells how long it was, and in which unit: by titles first, then by what agrees with what in the rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from bot.domain.duration import say
from bot.domain.names import quoted
from bot.domain.timesheet.answers import About, Question
from bot.domain.timesheet.clocks import read_moment, read_time
from bot.domain.timesheet.columns import ColumnFinder, Columns
from bot.domain.timesheet.lengths import DAY_MS, LengthUnit, is_number, read_length
from bot.domain.timesheet.shapes import Shape
from bot.domain.timesheet.table import Cells
from bot.domain.timesheet.titles import Unit
from bot.errors import Refused

TOLERANCE_MS = Unit.MINUTES
"""Lengths of one row that differ by no more say the same: minutes are rounded, and hours have two decimals."""
MOSTLY = 0.9
UNITS = (Unit.HOURS, Unit.MINUTES, Unit.SECONDS)

Values = list[int | None]


@dataclass(frozen=True, slots=True)
class FoundLength:
    """Columns with their length, the unit that is known for bare numbers, and what has to be asked."""

    columns: Columns
    unit: Unit | None = None
    question: Question | None = None


class LengthFinder:
    """Finds the length of one table by sample rows."""

    def __init__(self, finder: ColumnFinder, columns: Columns, sample: Sequence[Cells]) -> None:
        self._finder = finder
        self._columns = columns
        self._sample = sample
        self._spans = [self._span(cells) for cells in sample] if columns.has_span else []

    def find(self) -> FoundLength:
        """Return the length. Raises `Refused` if there is no column that could be one."""
        sure, unsure = self._finder.lengths_among(self._columns)
        parts = self._find_parts(sure)
        if parts is not None:
            return FoundLength(parts)
        sure = [at for at in sure if self._is_readable(at)] or sure
        if sure:
            return self._choose(sure, unsure)
        if self._columns.has_span:
            return FoundLength(self._columns)
        if unsure:
            return self._ask_about_time(unsure[0])
        return self._ask_about_numbers()

    def _choose(self, sure: list[int], unsure: list[int]) -> FoundLength:
        units = {at: self._unit_of(at, sure) for at in sure}
        certain = [at for at in sure if units[at] is not None or not self._has_numbers(at)]
        if len(certain) > 1:
            differing = self._differing(certain, units)
            if differing is not None:
                return FoundLength(self._columns, question=self._ask_which(certain, units))
        best = min(certain or sure, key=lambda at: (-self._precision(at), at))
        columns = replace(self._columns, length=best)
        clock = next((at for at in unsure if self._finder.shapes[at].is_mostly(Shape.CLOCK, Shape.TIME)), -1)
        if columns.start < 0 and clock >= 0:
            columns = replace(columns, start=clock)
        return FoundLength(columns, units[best])

    def _find_parts(self, sure: list[int]) -> Columns | None:
        """Return the columns if hours and minutes of one length are in two of them."""
        at_of: dict[Unit, int] = {}
        for at in sure:
            unit = self._finder.titles[at].unit
            if unit in UNITS and self._finder.shapes[at].is_mostly(Shape.NUMBER) and unit not in at_of:
                at_of[unit] = at
        if not {Unit.HOURS, Unit.MINUTES} <= at_of.keys():
            return None
        hours, minutes = (self._values(at_of[unit], unit) for unit in (Unit.HOURS, Unit.MINUTES))
        if any(value is not None and value % Unit.HOURS for value in hours):
            return None
        if any(value is not None and value >= Unit.HOURS for value in minutes) or _agree(hours, minutes):
            return None
        return replace(
            self._columns, hours=at_of[Unit.HOURS], minutes=at_of[Unit.MINUTES], seconds=at_of.get(Unit.SECONDS, -1)
        )

    def _unit_of(self, at: int, sure: list[int]) -> Unit | None:
        """Return the unit of a column's bare numbers: as its title says, or as start and end or another column tell."""
        named = self._finder.titles[at].unit
        if named is not None:
            return named
        references = [self._spans] if self._spans else []
        references += [self._values(other, unit) for other in sure if (unit := self._finder.titles[other].unit)]
        for reference in references:
            fitting = [unit for unit in UNITS if _agree(self._values(at, unit), reference)]
            if len(fitting) == 1:
                return fitting[0]
        return None

    def _differing(self, certain: list[int], units: dict[int, Unit | None]) -> tuple[int, int] | None:
        first, *others = certain
        values = self._values(first, units[first])
        return next(((first, at) for at in others if not _agree(values, self._values(at, units[at]))), None)

    def _ask_which(self, certain: list[int], units: dict[int, Unit | None]) -> Question:
        names = [self._finder.titles[at].text.strip() for at in certain]
        examples = [
            f"{quoted(name)} ({say(_minutes(self._values(at, units[at])))})"
            for name, at in zip(names, certain, strict=True)
        ]
        unlike_span = [
            name
            for name, at in zip(names, certain, strict=True)
            if not self._spans or not _agree(self._values(at, units[at]), self._spans)
        ]
        text = f"Several columns say how long it was, and they differ: {', '.join(examples)}. Which column counts?"
        choices = tuple(f"length={name}" for name in names)
        return Question(About.COLUMN, text, choices, f"length={unlike_span[0]}" if len(unlike_span) == 1 else None)

    def _ask_about_time(self, at: int) -> FoundLength:
        title = self._finder.titles[at].text.strip()
        if not self._finder.shapes[at].is_mostly(Shape.CLOCK, Shape.TIME):
            return FoundLength(replace(self._columns, length=at))
        example = next((cells[at] for cells in self._sample if at < len(cells) and cells[at].strip()), "")
        text = (
            f"Is {quoted(title)}, such as {example.strip()}, how long it was, or the time of day? "
            "No column says how long."
        )
        return FoundLength(self._columns, question=Question(About.COLUMN, text, (f"length={title}",)))

    def _ask_about_numbers(self) -> FoundLength:
        places = self._finder.measured(self._columns)
        if not places:
            titles = ", ".join(quoted(title.text) for title in self._finder.titles[:8])
            raise Refused(f"No column there says how long it was; there are {titles}.", "Date,Duration,Description")
        names = [self._finder.titles[at].text.strip() for at in places]
        listed = ", ".join(quoted(name) for name in names)
        text = f"Which column says how long it was? Only {listed} could be a duration."
        choices = tuple(f"length={name}" for name in names)
        return FoundLength(self._columns, question=Question(About.COLUMN, text, choices, choices[0]))

    def _values(self, at: int, unit: Unit | None) -> Values:
        length_unit = LengthUnit(unit, has_decimal_dots=True)
        return [read_length(cells[at], length_unit) if at < len(cells) else None for cells in self._sample]

    def _is_readable(self, at: int) -> bool:
        shape = self._finder.shapes[at]
        return shape.filled > 0 and not shape.is_mostly(Shape.TEXT)

    def _has_numbers(self, at: int) -> bool:
        return any(at < len(cells) and is_number(cells[at]) for cells in self._sample)

    def _precision(self, at: int) -> int:
        """Return how exactly a column tells a length: clocks with seconds before decimals before whole minutes."""
        cells = [cells[at].strip() for cells in self._sample if at < len(cells)]
        if any(cell.count(":") == 2 for cell in cells):
            return 3
        if self._finder.titles[at].unit is Unit.SECONDS or not self._finder.shapes[at].is_mostly(Shape.NUMBER):
            return 2
        return 1 if any("." in cell or "," in cell for cell in cells) else 0

    def _span(self, cells: Cells) -> int | None:
        columns = self._columns
        if max(columns.start, columns.end) >= len(cells):
            return None
        start, end = _ms_of(cells[columns.start]), _ms_of(cells[columns.end])
        return None if start is None or end is None else (end - start) % DAY_MS


def _ms_of(text: str) -> int | None:
    time = read_time(text)
    if time is not None:
        return time.ms
    moment = read_moment(text, None, 2000, UTC)
    return None if moment is None else moment.ms


def _agree(values: Values, others: Values) -> bool:
    """Return True if two columns tell the same lengths in nearly all rows that have both."""
    pairs = [(one, other) for one, other in zip(values, others, strict=True) if one is not None and other is not None]
    same = sum(abs(one - other) <= TOLERANCE_MS for one, other in pairs)
    return bool(pairs) and same >= MOSTLY * len(pairs)


def _minutes(values: Values) -> int:
    return next((round(value / Unit.MINUTES) for value in values if value), 0)
