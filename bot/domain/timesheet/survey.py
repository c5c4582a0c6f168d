"""One walk over all rows of a table: what its dates, lengths and people leave open, which a sample cannot tell."""

from collections.abc import Iterable, Set
from datetime import date

from bot.domain.timesheet.columns import Columns
from bot.domain.timesheet.dates import lacks_year, possible_orders, split_date
from bot.domain.timesheet.lengths import CLOCK_DIGITS, has_decimal_dot, is_clock, is_number, is_short_clock
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.table import Cells, Table

MOST_DISTINCT = 20_000
"""Distinct cells that are held before they are looked at; more than that are looked at in turns."""
SHORT_CLOCK_HOURS = 10
MINUTES_A_DAY, MINUTES_AN_HOUR = 1440, 60
NEARLY_WHOLE = 0.01
QUARTERS = ("25", "50", "75")


class OrderEvidence:
    """What dates of numbers say of their order: how many fit each, and an example of those that leave it open."""

    def __init__(self) -> None:
        self.fits = dict.fromkeys(DateOrder, 0)
        self.count = 0
        self.open_example = ""
        self.examples: dict[DateOrder, str] = {}
        self.yearless_example = ""
        self._days: dict[DateOrder, list[date]] = {order: [] for order in DateOrder}

    def look_at(self, cells: Iterable[str]) -> None:
        """Take in date cells, each once."""
        for cell in cells:
            if cell[4:5] == "-" or not cell.strip():
                continue
            text = split_date(cell)[0]
            readings = possible_orders(text)
            if readings is None:
                if not self.yearless_example and lacks_year(text):
                    self.yearless_example = text
                continue
            if readings:
                self._take(text, readings)

    def _take(self, text: str, readings: dict[DateOrder, date]) -> None:
        self.count += 1
        for order in readings:
            self.fits[order] += 1
            self.examples.setdefault(order, text) if len(readings) == 1 else None
        if len(set(readings.values())) > 1:
            self.open_example = self.open_example or text

    @property
    def possible(self) -> list[DateOrder]:
        """The orders that fit every date."""
        return [order for order, count in self.fits.items() if count == self.count]

    @property
    def likeliest(self) -> DateOrder:
        """The order that fits the most dates."""
        return max(DateOrder, key=lambda order: self.fits[order])


class LengthEvidence:
    """What the cells of lengths say of their unit."""

    def __init__(self) -> None:
        self.numbers: list[str] = []
        self.largest = 0.0
        self.are_quarters = True
        self.has_fraction = False
        self.has_decimal_dots = False
        self.may_be_days = True
        self._are_hours = True
        self._fractions: set[str] = set()
        self._has_other_fraction = False
        self.short_clocks: list[str] = []
        self.has_long_clocks = False
        self.largest_clock_hours = 0

    def look_at(self, cells: Iterable[str]) -> None:
        """Take in cells, each once."""
        for cell in cells:
            text = cell.strip()
            if is_number(text):
                self._take_number(text)
            elif is_short_clock(text):
                self.largest_clock_hours = max(self.largest_clock_hours, int(text.partition(":")[0]))
                self._remember(self.short_clocks, text)
            elif is_clock(text):
                self.has_long_clocks = True

    def _take_number(self, text: str) -> None:
        value = float(text.replace(",", "."))
        self._remember(self.numbers, text)
        self.largest = max(self.largest, value)
        self.has_fraction |= value != int(value)
        self.are_quarters &= value * 4 == int(value * 4)
        self.has_decimal_dots |= has_decimal_dot(text)
        self.may_be_days &= value < 1 and _is_whole(value * MINUTES_A_DAY)
        self._are_hours &= _is_whole(value * MINUTES_AN_HOUR)
        self._take_fraction(text.replace(",", ".").partition(".")[2])

    def _take_fraction(self, digits: str) -> None:
        if digits.strip("0"):
            self._fractions.add(digits)
        is_minutes = len(digits) == CLOCK_DIGITS and digits < "60" and digits[1] in "05" and digits not in QUARTERS
        self._has_other_fraction |= bool(digits) and not is_minutes

    @property
    def may_have_clock_dots(self) -> bool:
        """True if numbers such as 1.30 and 0.45 may have minutes behind their dots."""
        return len(self._fractions) > 1 and not self._has_other_fraction

    @property
    def are_parts_of_days(self) -> bool:
        """True if the numbers are whole minutes as parts of a day, as spreadsheets have them, and not as hours."""
        return bool(self.numbers) and self.may_be_days and not self._are_hours

    def _remember(self, examples: list[str], text: str) -> None:
        if len(examples) < 2 and text.strip("0.,:"):
            examples.append(text)


class Survey:
    """The evidence of a whole table, gathered in one walk."""

    def __init__(self, table: Table, columns: Columns, dated: Set[int]) -> None:
        """Go through a table; `dated` are the positions of columns that have dates."""
        self.order, self.length = OrderEvidence(), LengthEvidence()
        self.members: dict[tuple[str, ...], int] = {}
        self.rows = 0
        self._walk(table, columns, dated)

    def _walk(self, table: Table, columns: Columns, dated: Set[int]) -> None:
        dates: set[str] = set()
        lengths: set[str] = set()
        for _, cells in table.rows():
            self.rows += 1
            for at in dated:
                if at < len(cells):
                    dates.add(cells[at])
            if 0 <= columns.length < len(cells):
                lengths.add(cells[columns.length])
            if columns.members:
                self._take_member(cells, columns.members)
            if len(dates) > MOST_DISTINCT or len(lengths) > MOST_DISTINCT:
                self.order.look_at(dates)
                self.length.look_at(lengths)
                dates.clear()
                lengths.clear()
        self.order.look_at(sorted(dates))
        self.length.look_at(sorted(lengths))

    def _take_member(self, cells: Cells, columns: tuple[int, ...]) -> None:
        name = tuple(cells[at].strip() if at < len(cells) else "" for at in columns)
        if any(name):
            self.members[name] = self.members.get(name, 0) + 1


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < NEARLY_WHOLE
