"""Dates as time trackers write them, and which of day and month comes first in them."""

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
    """Which comes first, from all dates of a file: the one that is over 12 somewhere is the day.

    None where no date leaves it open; raises `OrderUnclear` where all that do can be read both ways.
    """
    unclear = ""
    for text in texts:
        found = _EITHER.fullmatch(text.strip()) if len(text) <= LONGEST else None
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 or second > 12:
            return DateOrder.DAY_FIRST if first > 12 else DateOrder.MONTH_FIRST
        if first != second:
            unclear = unclear or found[0]
    if unclear:
        raise OrderUnclear(unclear)
    return None


def read_date(text: str, order: DateOrder | None) -> date | None:
    """The day that a cell begins with; None for what is none, or no day of any calendar."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    try:
        return _read(text, order)
    except ValueError:
        return None


def _read(text: str, order: DateOrder | None) -> date | None:
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := _COMPACT.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    if found := _EITHER.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        return date(year, first, second) if order is DateOrder.MONTH_FIRST else date(year, second, first)
    if found := _NAMED.fullmatch(text):
        return date(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _NAMED_FIRST.fullmatch(text):
        return date(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    return None


def _year(digits: str) -> int:
    return int(digits) + (CENTURY if len(digits) == 2 else 0)
