"""Stretches of the calendar that people type: a month, a year, a day, or words such as "last month"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.names import clean, quoted
from bot.domain.week import Week
from bot.errors import Refused

LONGEST_INPUT = 40
EXAMPLE = "period: last month"
MONTHS = (
    "january february march april may june july august september october november december"
).split()  # fmt: skip
_YEAR_AND_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_YEAR = re.compile(r"[0-9]{4}")
_WEEK = re.compile(r"([0-9]{4})-w([0-9]{2})")
_NAMED = re.compile(r"([a-z]{3,9})\.?,? ?([0-9]{4})?")
_YEAR_FIRST = re.compile(r"([0-9]{4}) ([a-z]{3,9})")


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `first` to `last`, or (None at both) all there are. Reading `key` gives the period again."""

    key: str
    label: str
    first: date | None = None
    last: date | None = None

    @property
    def is_all(self) -> bool:
        """True if it leaves nothing out."""
        return self.first is None


ALL = Period("all", "all time")


def read_period(text: str, today: date) -> Period:
    """Return the period that `text` means, seen from `today`; a month without a year is the last one of that name.

    Raises Refused with what was understood.
    """
    plain = clean(text, LONGEST_INPUT).casefold() if len(text) <= LONGEST_INPUT else ""
    try:
        period = _in_words(plain, today) or _in_figures(plain) or _named(plain, today)
    except (ValueError, OverflowError):
        raise Refused(f"I read {quoted(text)} as a date that no calendar has.", EXAMPLE) from None
    if period is None:
        known = "a month, a year or words such as this month, last year and all"
        raise Refused(f"I can't read {quoted(text)} as a period: I know {known}.", EXAMPLE)
    return period


def _month(year: int, number: int) -> Period:
    """Return a whole month; raises ValueError if the calendar has none."""
    first = date(year, number, 1)
    last = first.replace(day=monthrange(year, number)[1])
    return Period(f"{year:04}-{number:02}", f"{MONTHS[number - 1].capitalize()} {year}", first, last)


def _year(number: int) -> Period:
    """Return a whole year; raises ValueError if the calendar has none."""
    return Period(f"{number:04}", str(number), date(number, 1, 1), date(number, 12, 31))


def _in_words(plain: str, today: date) -> Period | None:
    match plain.replace("-", " "):
        case "all" | "all time" | "ever" | "everything":
            return ALL
        case "today":
            return _day(today)
        case "yesterday":
            return _day(today - timedelta(days=1))
        case "this week" | "week":
            return _week(Week.of(today))
        case "last week":
            return _week(Week.of(today).plus(-1))
        case "this month" | "month":
            return _month(today.year, today.month)
        case "last month":
            before = today.replace(day=1) - timedelta(days=1)
            return _month(before.year, before.month)
        case "this year" | "year":
            return _year(today.year)
        case "last year":
            return _year(today.year - 1)
        case _:
            return None


def _in_figures(plain: str) -> Period | None:
    if _YEAR.fullmatch(plain):
        return _year(int(plain))
    if match := _YEAR_AND_MONTH.fullmatch(plain):
        return _month(int(match[1]), int(match[2]))
    if match := _DAY.fullmatch(plain):
        return _day(date(int(match[1]), int(match[2]), int(match[3])))
    if match := _WEEK.fullmatch(plain):
        return _week(Week.of(date.fromisocalendar(int(match[1]), int(match[2]), 1)))
    return None


def _named(plain: str, today: date) -> Period | None:
    if year_first := _YEAR_FIRST.fullmatch(plain):
        plain = f"{year_first[2]} {year_first[1]}"
    match = _NAMED.fullmatch(plain)
    number = _month_number(match[1]) if match else None
    if match is None or number is None:
        return None
    if match[2]:
        return _month(int(match[2]), number)
    return _month(today.year if number <= today.month else today.year - 1, number)


def _month_number(name: str) -> int | None:
    """Return the number of the month that begins with these letters, “sept” as well as “sep”; None if none does."""
    return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(name)), None)


def _day(day: date) -> Period:
    return Period(day.isoformat(), f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}", day, day)


def _week(week: Week) -> Period:
    return Period(f"{week.monday:%G-W%V}", f"{week} {week.sunday.year}", week.monday, week.sunday)
