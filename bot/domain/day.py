"""Local dates as people type them, and as they are said back in words that need no calendar."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.names import clean, quoted
from bot.domain.week import DAYS_A_WEEK
from bot.errors import Refused

LONGEST_INPUT = 64
EXAMPLE_AHEAD = timedelta(weeks=2)

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday",
            "tue tues tuesday",
            "wed weds wednesday",
            "thu thur thurs thursday",
            "fri friday",
            "sat saturday",
            "sun sunday",
        )
    )
    for name in names.split()
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?|september|"
_MONTH += "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_ORDINAL = "([0-9]{1,2})(?:st|nd|rd|th)?"
_NAMED = re.compile(rf"(?:{_ORDINAL} {_MONTH}|{_MONTH} {_ORDINAL})(?:,? ([0-9]{{4}}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_AGO = re.compile(r"([0-9]+|an?|one) (day|week)s? ago")
_AHEAD = re.compile(r"in ([0-9]+|an?|one) (day|week)s?")
_LAST = re.compile(r"(?:last |on )?([a-z]+)")
_NEXT = re.compile(r"(?:next |on )?([a-z]+)")


def read_day(text: str, today: date) -> date:
    """Return the day that `text` means, seen from `today`: a weekday is the last one, `today` included.

    Raises Refused if it names no day that exists; how far back a day may lie is for the caller to judge.
    """
    return _read(text, today, _past_day, "yesterday")


def read_future_day(text: str, today: date) -> date:
    """Return the day that `text` means, seen from `today`: a weekday is the next one, never `today` itself.

    Whoever types "mon" on a Monday means the Monday to come, since for this one there is the word "today".
    Raises Refused like `read_day`; a date that is written out may also lie in the past.
    """
    ahead = min(EXAMPLE_AHEAD, date.max - today)
    return _read(text, today, _future_day, (today + ahead).isoformat())


def say_day(day: date, today: date) -> str:
    """Name the day in a sentence: "today", "yesterday", "Mon 5 Jan", with the year unless it is this one."""
    if day == today:
        return "today"
    if (today - day).days == 1:
        return "yesterday"
    date_in_year = f"{day:%a} {day.day} {day:%b}"
    return date_in_year if day.year == today.year else f"{date_in_year} {day.year}"


def _read(text: str, today: date, find: Callable[[str, date], date | None], example: str) -> date:
    if len(text) > LONGEST_INPUT:
        raise Refused(f"That has {len(text):,} characters, too many for a day.", example)
    plain = clean(text, LONGEST_INPUT).lower()
    if not plain:
        raise Refused("I found no day there.", example)
    try:
        day = find(plain, today)
    except (ValueError, OverflowError):
        raise Refused(f"I read {quoted(text)} as a day that no calendar has.", example) from None
    if day is None:
        raise Refused(f"I can't read {quoted(text)} as a day.", example)
    return day


def _past_day(plain: str, today: date) -> date | None:
    if plain == "today":
        return today
    if plain == "yesterday":
        return today - timedelta(days=1)
    if match := _AGO.fullmatch(plain):
        return today - _span(match)
    weekday = _weekday(_LAST, plain)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % DAYS_A_WEEK)
    return _written_out(plain) or _named(plain, today, -1)


def _future_day(plain: str, today: date) -> date | None:
    if plain == "today":
        return today
    if plain == "tomorrow":
        return today + timedelta(days=1)
    if match := _AHEAD.fullmatch(plain):
        return today + _span(match)
    weekday = _weekday(_NEXT, plain)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % DAYS_A_WEEK + 1)
    return _written_out(plain) or _named(plain, today, 1)


def _span(match: re.Match[str]) -> timedelta:
    count = int(match[1]) if match[1].isdigit() else 1
    return timedelta(days=count * (DAYS_A_WEEK if match[2] == "week" else 1))


def _weekday(pattern: re.Pattern[str], plain: str) -> int | None:
    match = pattern.fullmatch(plain)
    return _WEEKDAYS.get(match[1]) if match else None


def _written_out(plain: str) -> date | None:
    """Return the date of "2026-11-20"; raises ValueError for one such as 2026-02-30."""
    match = _ISO.fullmatch(plain)
    return date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _named(plain: str, today: date, direction: int) -> date | None:
    """Return the date of "24 Dec" or "Dec 24"; raises ValueError for one such as 31 Nov.

    Without a year it is the nearest that lies ahead (`direction` 1) or back (-1), `today` included.
    """
    match = _NAMED.fullmatch(plain)
    if match is None:
        return None
    number, month = (match[1], match[2]) if match[1] else (match[4], match[3])
    day = date(int(match[5] or today.year), _MONTHS.index(month[:3]) + 1, int(number))
    is_behind = (day - today).days * direction < 0
    return day.replace(year=day.year + direction) if is_behind and not match[5] else day
