"""Spans and instants that move a clock: `3d`, `1d 2h`, `2026-02-01T10:00`."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.console.limits import LONGEST_SPAN_YEARS
from bot.clock import RUNS, runs_to
from bot.domain.names import quoted
from bot.domain.week import to_instant
from bot.errors import Refused

SPAN_EXAMPLE = ":advance 3d"
INSTANT_EXAMPLE = "2026-02-01T10:00"
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PART = r"([0-9]{1,7})\s*(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)"
_SPAN = re.compile(rf"(?:{_PART}(?:\s*(?:,|and)?\s*|$))+", re.IGNORECASE)
_PARTS = re.compile(_PART, re.IGNORECASE)


def read_span(text: str) -> tuple[int, timedelta]:
    """Return calendar days, and the time beyond them: `1w 2d 90m` is 9 days and 90 minutes.

    Raises `Refused` for anything else.
    """
    plain = text.strip()
    if plain.startswith("-"):
        raise Refused("The clock only goes forward.", SPAN_EXAMPLE)
    if not _SPAN.fullmatch(plain):
        sentence = f"I can't read {quoted(text)} as a span of time." if plain else "By how much?"
        raise Refused(sentence, SPAN_EXAMPLE)
    span = timedelta()
    days = 0
    for count, unit in _PARTS.findall(plain):
        letter = unit[0].casefold()
        if letter in "wd":
            days += int(count) * (7 if letter == "w" else 1)
        else:
            span += timedelta(**{_UNITS[letter]: int(count)})
    if timedelta(days) + span > timedelta(days=366 * LONGEST_SPAN_YEARS):
        raise Refused(f"{quoted(text)} is more than {LONGEST_SPAN_YEARS} years.", SPAN_EXAMPLE)
    return days, span


def add_span(now: datetime, text: str, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) that a span leads to. Raises `Refused` where there is none.

    Days and weeks keep the local time, hours and minutes are counted off.
    """
    days, span = read_span(text)
    local = now.astimezone(zone).replace(tzinfo=None)
    try:
        target = (to_instant(local + timedelta(days=days), zone) if days else now) + span
    except OverflowError:
        target = datetime.max.replace(tzinfo=UTC)
    if not runs_to(target):
        raise Refused(RUNS, SPAN_EXAMPLE)
    return target.astimezone(UTC)


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """Return a date and time as an instant (UTC), local to `zone` unless an offset is written. Raises `Refused`.

    In a daylight-saving gap it is the end of the gap.
    """
    try:
        local = datetime.fromisoformat(text.strip())
        if not runs_to(local):
            raise Refused(RUNS, INSTANT_EXAMPLE)
        return local.astimezone(UTC) if local.tzinfo else to_instant(local, zone).astimezone(UTC)
    except (ValueError, OverflowError):
        sentence = f"I can't read {quoted(text)} as a date and time." if text.strip() else "Which date and time?"
        raise Refused(sentence, INSTANT_EXAMPLE) from None


def format_instant(instant: datetime, zone: ZoneInfo) -> str:
    """Return `Mon 5 Jan 2026 09:00`, with seconds where there are any."""
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}" + (f":{local:%S}" if local.second else "")
