"""Dates as time trackers write them, and the order of day and month in them."""

import re
from collections.abc import Iterable
from datetime import date

from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.sheet import OrderUnclear

LONGEST = 40
CENTURY = 2000
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_TIME = r"(?:(?:[T ]|, ?).*)?"
_ISO = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}", re.DOTALL)
_COMPACT = re.compile(rf"([0-9]{{4}})([0-9]{{2}})([0-9]{{2}}){_TIME}", re.DOTALL)
_DOTTED = re.compile(rf"([0-9]{{1,2}})\.\s?([0-9]{{1,2}})\.\s?([0-9]{{4}}|[0-9]{{2}}){_TIME}", re.DOTALL)
_EITHER = re.compile(rf"([0-9]{{1,2}})([-/])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}", re.DOTALL)
_NAMED = re.compile(r"([0-9]{1,2})[ -]([A-Za-z]{3})[a-z]*\.?,?[ -]([0-9]{4})(?:\D.*)?", re.DOTALL)
_NAMED_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.? ([0-9]{1,2}),? ([0-9]{4})(?:\D.*)?", re.DOTALL)


def find_order(texts: Iterable[str]) -> DateOrder | None:
    """Return the order of day and month in all dates of a file: the number that is over 12 somewhere is the day.

    None if no date leaves it open. Raises OrderUnclear if all that do can be read both ways.
    """
    unclear = ""
    for text in texts:
        match = _EITHER.fullmatch(text.strip()) if len(text) <= LONGEST else None
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 or second > 12:
            return DateOrder.DAY_FIRST if first > 12 else DateOrder.MONTH_FIRST
        if first != second:
            unclear = unclear or match[0]
    if unclear:
        raise OrderUnclear(unclear)
    return None


def read_date(text: str, order: DateOrder | None) -> date | None:
    """Return the day that a cell begins with; None if it begins with none, or with one that no calendar has."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    try:
        return _read(text, order)
    except ValueError:
        return None


def _read(text: str, order: DateOrder | None) -> date | None:
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(text):
        return date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _EITHER.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        return date(year, first, second) if order is DateOrder.MONTH_FIRST else date(year, second, first)
    if match := _NAMED.fullmatch(text):
        return date(int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1]))
    if match := _NAMED_FIRST.fullmatch(text):
        return date(int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2]))
    return None


def _year(digits: str) -> int:
    return int(digits) + (CENTURY if len(digits) == 2 else 0)
