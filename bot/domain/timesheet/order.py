"""The two ways to read a date of numbers: apart from the sheets, for the command is offered before one is read."""

from enum import StrEnum


class DateOrder(StrEnum):
    """Which comes first in dates such as 03/04/2026."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
