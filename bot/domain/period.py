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
LEAST_LETTERS = 3
_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_YEAR = re.compile(r"[0-9]{4}")
_WEEK = re.compile(r"([0-9]{4})-w([0-9]{2})")
_NAMED = re.compile(r"([a-z]{3,9})\.?,? ?([0-9]{4})?")
_NAMED_LAST = re.compile(r"([0-9]{4}) ([a-z]{3,9})")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of local days, both ends included; None at both: all there is. `key` is read as the same period."""

    key: str
    label: str
    first: date | None = None
    last: date | None = None

    @property
    def is_all(self) -> bool:
        """Whether it leaves nothing out."""
        return self.first is None


ALL = Period("all", "all time")


def read_period(text: str, today: date) -> Period:
    """The period that `text` means, seen from `today`; a month without a year is the last one of that name.

    Raises Refused with what was understood.
    """
    plain = clean(text, LONGEST_INPUT).casefold() if len(text) <= LONGEST_INPUT else ""
    try:
        found = _in_words(plain, today) or _in_figures(plain) or _named(plain, today)
    except (ValueError, OverflowError):
        raise Refused(f"I read {quoted(text)} as a date that no calendar has.", EXAMPLE) from None
    if found is None:
        said = "a month, a year or words such as this month, last year and all"
        raise Refused(f"I can't read {quoted(text)} as a period: I know {said}.", EXAMPLE)
    return found


def _of_month(year: int, number: int) -> Period:
    """A whole month; ValueError where the calendar has none."""
    first = date(year, number, 1)
    last = first.replace(day=monthrange(year, number)[1])
    return Period(f"{year:04}-{number:02}", f"{MONTHS[number - 1].capitalize()} {year}", first, last)


def _of_year(number: int) -> Period:
    """A whole year; ValueError where the calendar has none."""
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
            return _of_month(today.year, today.month)
        case "last month":
            before = today.replace(day=1) - timedelta(days=1)
            return _of_month(before.year, before.month)
        case "this year" | "year":
            return _of_year(today.year)
        case "last year":
            return _of_year(today.year - 1)
        case _:
            return None


def _in_figures(plain: str) -> Period | None:
    if _YEAR.fullmatch(plain):
        return _of_year(int(plain))
    if found := _MONTH.fullmatch(plain):
        return _of_month(int(found[1]), int(found[2]))
    if found := _DAY.fullmatch(plain):
        return _day(date(int(found[1]), int(found[2]), int(found[3])))
    if found := _WEEK.fullmatch(plain):
        return _week(Week.of(date.fromisocalendar(int(found[1]), int(found[2]), 1)))
    return None


def _named(plain: str, today: date) -> Period | None:
    if found := _NAMED_LAST.fullmatch(plain):
        plain = f"{found[2]} {found[1]}"
    found = _NAMED.fullmatch(plain)
    number = _month_number(found[1]) if found else None
    if found is None or number is None:
        return None
    if found[2]:
        return _of_month(int(found[2]), number)
    return _of_month(today.year if number <= today.month else today.year - 1, number)


def _month_number(name: str) -> int | None:
    """From at least three letters; “sept” as well as “sep”."""
    return next((at for at, full in enumerate(MONTHS, 1) if len(name) >= LEAST_LETTERS and full.startswith(name)), None)


def _day(day: date) -> Period:
    return Period(day.isoformat(), f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}", day, day)


def _week(week: Week) -> Period:
    return Period(f"{week.monday:%G-W%V}", f"{week} {week.sunday.year}", week.monday, week.sunday)
