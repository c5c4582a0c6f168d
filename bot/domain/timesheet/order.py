"""The two ways to read a date of numbers; a module of its own, since commands name them before a sheet is read."""

from enum import StrEnum


class DateOrder(StrEnum):
    """The order of day and month in dates such as 03/04/2026."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
