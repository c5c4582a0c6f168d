"""The ways to read a date of numbers; a module of its own, since commands name them before a file is read."""

from enum import StrEnum


class DateOrder(StrEnum):
    """The order of the numbers in dates such as 03/04/2026, or 26/04/03."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    YEAR_FIRST = "year first"
