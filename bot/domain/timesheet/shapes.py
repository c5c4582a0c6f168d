"""The shape of a cell, and which shapes a column has: what its values can be, whatever its title says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum

from bot.domain.timesheet.clocks import read_time
from bot.domain.timesheet.dates import LONGEST, lacks_year, possible_orders, read_date, split_date
from bot.domain.timesheet.lengths import LengthUnit, is_clock, is_number, read_length
from bot.domain.timesheet.titles import Unit

_ANY_UNIT = LengthUnit(Unit.HOURS)
_DATE_DIGITS = 8
_EPOCH_DIGITS = (10, 13)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class Shape(Enum):
    """What a cell can be read as."""

    EMPTY = "nothing"
    DATE = "a date"
    MOMENT = "a date with a time"
    CLOCK = "a clock"
    TIME = "a time of day"
    NUMBER = "a number"
    EPOCH = "a number of seconds since 1970"
    LENGTH = "a length"
    TEXT = "words"


DATED = (Shape.DATE, Shape.MOMENT)
MEASURED = (Shape.NUMBER, Shape.CLOCK, Shape.LENGTH)


def shape_of(text: str) -> Shape:
    """Return the shape of a cell."""
    text = text.strip()
    if not text:
        return Shape.EMPTY
    if len(text) > LONGEST:
        return Shape.TEXT
    if is_number(text):
        return _number_shape(text)
    if is_clock(text):
        return Shape.CLOCK
    day_text, time_text = split_date(text)
    if _is_date(day_text):
        return Shape.MOMENT if time_text and read_time(time_text) else Shape.DATE
    if read_length(text, _ANY_UNIT) is not None:
        return Shape.LENGTH
    return Shape.TIME if read_time(text) is not None else Shape.TEXT


class ColumnShape:
    """The shapes of a column's cells, as far as they were looked at."""

    def __init__(self, cells: Iterable[str]) -> None:
        known: dict[str, Shape] = {}
        self._counts: Counter[Shape] = Counter()
        self.may_be_times = True
        for cell in cells:
            if cell not in known:
                known[cell] = shape_of(cell)
                self.may_be_times &= not cell.strip() or read_time(cell) is not None
            self._counts[known[cell]] += 1
        self.filled = sum(self._counts.values()) - self._counts[Shape.EMPTY]

    def is_mostly(self, *shapes: Shape) -> bool:
        """Return True if more than half of the cells that are not empty have one of these shapes."""
        return 2 * sum(self._counts[shape] for shape in shapes) > self.filled


def shapes_of(sample: Sequence[Sequence[str]], width: int) -> list[ColumnShape]:
    """Return the shapes of the columns of sample rows."""
    return [ColumnShape(cells[at] if at < len(cells) else "" for cells in sample) for at in range(width)]


def _number_shape(text: str) -> Shape:
    if len(text) == _DATE_DIGITS and text.isdigit():
        day = read_date(text, None)
        return Shape.DATE if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else Shape.NUMBER
    digits = text.partition(".")[0]
    return Shape.EPOCH if len(digits) in _EPOCH_DIGITS and digits.isdigit() else Shape.NUMBER


def _is_date(text: str) -> bool:
    return isinstance(read_date(text, None), date) or bool(possible_orders(text)) or lacks_year(text)
