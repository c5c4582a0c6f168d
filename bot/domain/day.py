"""Local dates as people type them, and as they are said back in words that need no calendar."""

from datetime import date, timedelta

from bot.domain.day_grammar import Look, NoSuchDay, find_days
from bot.domain.names import capitalize, quoted
from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain
from bot.errors import Offer, Refused, Understood

LONGEST_INPUT = 64
EXAMPLE_AHEAD = timedelta(weeks=2)
A_YEAR = 366
"""Days."""
_STRETCH = compile_on_use(
    r"(?:on |over )?(?:(?:the |this |last |past |next |whole )+(?:week|weekend|month|year)|weekend)"
    r"|(?:letzte|diese|nächste) woche|la semaine (?:dernière|prochaine)|la semana pasada"
)


def read_day(text: str, today: date, reach: int = A_YEAR) -> date:
    """Return the day that `text` means, seen from `today`: a weekday is the last one, `today` included.

    `reach` is how many days back it can lie: it decides between 12 January and 1 December for "12/1". A day that is
    named for certain may lie beyond, or ahead: that is for the caller to refuse. Raises `Refused` if it is no day, and
    `Understood` if no calendar has it, it is longer than a day, or it can be several, which are offered.
    """
    return _read(text, today, Look.BACK, reach, "yesterday")


def read_future_day(text: str, today: date, reach: int = A_YEAR) -> date:
    """Return the day that `text` means, seen from `today`: a weekday is the next one, never `today` itself.

    Whoever types "mon" on a Monday means the Monday to come, since for this one there is the word "today".
    Raises like `read_day`.
    """
    ahead = min(EXAMPLE_AHEAD, date.max - today)
    return _read(text, today, Look.AHEAD, reach, (today + ahead).isoformat())


def say_day(day: date, today: date) -> str:
    """Name the day in a sentence: "today", "yesterday", "Mon 5 Jan", with the year unless it is this one."""
    if day == today:
        return "today"
    if (today - day).days == 1:
        return "yesterday"
    date_in_year = f"{day:%a} {day.day} {day:%b}"
    return date_in_year if day.year == today.year else f"{date_in_year} {day.year}"


def _read(text: str, today: date, look: Look, reach: int, example: str) -> date:
    if len(text) > LONGEST_INPUT:
        raise Refused(f"That has {len(text):,} characters, too many for a day.", example)
    words = plain(text)
    if not words:
        raise Refused("I found no day there.", example)
    try:
        days = find_days(words, today, look)
    except NoSuchDay as error:
        raise Understood(str(error).format(quoted(text)), example) from None
    if not days and _STRETCH.fullmatch(words):
        raise Understood(f"{quoted(text)} is more than one day. Which day was it?", example)
    if not days:
        raise Refused(f"I can't read {quoted(text)} as a day.", example)
    fitting = [day for day in days if 0 <= (day - today).days * look <= reach]
    if len(fitting) > 1:
        offers = [Offer(capitalize(say_day(day, today)), day.isoformat()) for day in fitting]
        raise Understood(f"{quoted(text)} can be more than one day. Which is it?", example, offers)
    return fitting[0] if fitting else min(days, key=lambda day: abs(day - today))
