"""Check-ins as a CSV file for a spreadsheet, in which no cell can become a formula."""

import csv
import io
from collections.abc import Iterable, Mapping

COLUMNS = ("id", "day", "minutes", "area", "focus", "learned", "source", "late", "created_at", "undone")
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings that a spreadsheet takes for those of a formula, the four signs of East Asian keyboards among them."""


def table(checkins: Iterable[Mapping[str, object]]) -> str:
    """Return the CSV of an export's check-ins: a row for each, under a row of names."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for checkin in checkins:
        writer.writerow(_cell(checkin[column]) for column in COLUMNS)
    return file.getvalue()


def _cell(value: object) -> object:
    """Return a number or text; a `'` stands before text that a spreadsheet would take for a formula."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str() if value.startswith(STARTS_FORMULA):
            return f"'{value}"
        case _:
            return value
