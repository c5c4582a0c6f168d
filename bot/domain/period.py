"""Stretches of the calendar that people type: a month, a year, a day, or words such as "last month"."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.day_grammar import Look, find_days
from bot.domain.names import quoted
from bot.domain.number import in_digits
from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain
from bot.domain.week import Week
from bot.domain.weekdays import MONTHS as MONTH_NUMBERS
from bot.errors import Refused, Understood

LONGEST_INPUT = 40
EXAMPLE = "period: last month"
MONTHS = (
    "january february march april may june july august september october november december"
).split()  # fmt: skip
_YEAR_AND_MONTH = compile_on_use(r"([0-9]{4})[-/.]([0-9]{1,2})")
_YEAR = compile_on_use(r"[0-9]{4}")
_WEEK = compile_on_use(r"([0-9]{4})-w([0-9]{2})")
_NAMED = compile_on_use(r"([a-zéûä]{3,10})\.?,? ?([0-9]{4})?")
_YEAR_FIRST = compile_on_use(r"([0-9]{4}) ([a-zéûä]{3,10})")


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
    words = in_digits(plain(text)) if len(text) <= LONGEST_INPUT else ""
    try:
        period = _in_words(words, today) or _in_figures(words) or _named(words, today) or _one_day(words, today)
    except (ValueError, OverflowError):
        raise Understood(f"I read {quoted(text)} as a date that no calendar has.", EXAMPLE) from None
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


def _in_words(words: str, today: date) -> Period | None:
    match words.replace("-", " ").removeprefix("in ").removeprefix("the "):
        case "all" | "all time" | "ever" | "everything":
            return ALL
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


def _in_figures(words: str) -> Period | None:
    if _YEAR.fullmatch(words):
        return _year(int(words))
    if match := _YEAR_AND_MONTH.fullmatch(words):
        return _month(int(match[1]), int(match[2]))
    if match := _WEEK.fullmatch(words):
        return _week(Week.of(date.fromisocalendar(int(match[1]), int(match[2]), 1)))
    return None


def _named(words: str, today: date) -> Period | None:
    if year_first := _YEAR_FIRST.fullmatch(words):
        words = f"{year_first[2]} {year_first[1]}"
    match = _NAMED.fullmatch(words)
    number = _month_number(match[1]) if match else None
    if match is None or number is None:
        return None
    if match[2]:
        return _month(int(match[2]), number)
    return _month(today.year if number <= today.month else today.year - 1, number)


def _one_day(words: str, today: date) -> Period | None:
    days = find_days(words, today, Look.BACK)
    return _day(days[0]) if days else None


def _month_number(name: str) -> int | None:
    """Return the number of the month of that name, or that begins with these letters; None if none does."""
    begins = (number for number, month in enumerate(MONTHS, 1) if month.startswith(name))
    return MONTH_NUMBERS.get(name) or next(begins, None)


def _day(day: date) -> Period:
    return Period(day.isoformat(), f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}", day, day)


def _week(week: Week) -> Period:
    return Period(f"{week.monday:%G-W%V}", f"{week} {week.sunday.year}", week.monday, week.sunday)
