"""Spans and instants that move a clock: `3d`, `1d 2h`, `2026-02-01T10:00`."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.console.limits import YEARS
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
    """Calendar days, and the time beyond them: `1w 2d 90m` is 9 days and 90 minutes. `Refused` for anything else."""
    plain = text.strip()
    if plain.startswith("-"):
        raise Refused("The clock only goes forward.", SPAN_EXAMPLE)
    if not _SPAN.fullmatch(plain):
        said = f"I can't read {quoted(text)} as a span of time." if plain else "By how much?"
        raise Refused(said, SPAN_EXAMPLE)
    span = timedelta()
    days = 0
    for count, unit in _PARTS.findall(plain):
        letter = unit[0].casefold()
        if letter in "wd":
            days += int(count) * (7 if letter == "w" else 1)
        else:
            span += timedelta(**{_UNITS[letter]: int(count)})
    if timedelta(days) + span > timedelta(days=366 * YEARS):
        raise Refused(f"{quoted(text)} is more than {YEARS} years.", SPAN_EXAMPLE)
    return days, span


def after(now: datetime, text: str, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that a span leads to: days and weeks keep the local time, hours and minutes are counted off."""
    days, span = read_span(text)
    local = now.astimezone(zone).replace(tzinfo=None)
    try:
        there = (to_instant(local + timedelta(days=days), zone) if days else now) + span
    except OverflowError:
        there = datetime.max.replace(tzinfo=UTC)
    if not runs_to(there):
        raise Refused(RUNS, SPAN_EXAMPLE)
    return there.astimezone(UTC)


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """A date and time (UTC), local to `zone` unless an offset is written: in a daylight-saving gap its end."""
    try:
        found = datetime.fromisoformat(text.strip())
        if not runs_to(found):
            raise Refused(RUNS, INSTANT_EXAMPLE)
        return found.astimezone(UTC) if found.tzinfo else to_instant(found, zone).astimezone(UTC)
    except (ValueError, OverflowError):
        said = f"I can't read {quoted(text)} as a date and time." if text.strip() else "Which date and time?"
        raise Refused(said, INSTANT_EXAMPLE) from None


def say_instant(instant: datetime, zone: ZoneInfo) -> str:
    """`Mon 5 Jan 2026 09:00`, with seconds where there are any."""
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}" + (f":{local:%S}" if local.second else "")
