"""Times of day as people write them, and moments with an offset, on a person's own clock."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from unicodedata import normalize

from bot.domain.pattern import compile_on_use
from bot.domain.timesheet.dates import read_date, split_date
from bot.domain.timesheet.order import DateOrder

LONGEST = 48
DAY_SECONDS = 86_400
MILLI = 1000
FIRST_EPOCH, LAST_EPOCH = 946_684_800, 4_102_444_800
"""The instants, in seconds, from 2000 to 2100: between them a bare number of ten digits is one."""

ZONES = {
    name: timedelta(hours=hours)
    for hours, names in {
        -8: "pst",
        -7: "pdt mst",
        -6: "mdt",
        -5: "est cdt",
        -4: "edt",
        0: "utc gmt wet",
        1: "cet bst west",
        2: "cest eet",
        3: "eest",
        9: "jst kst",
    }.items()
    for name in names.split()
}
"""Names of zones that mean one offset; "CST" is several."""
_TIME = compile_on_use(
    r"([0-9]{1,2})(?:[:.h]([0-9]{2})(?:[:.m]([0-9]{2})(?:[.,]([0-9]+))?s?)?)?(?: ?([ap])\.? ?m\.?)?(?: ?uhr| ?h)?"
    rf" ?(z|{'|'.join(ZONES)}|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?",
    re.IGNORECASE,
)
_COMPACT = compile_on_use(r"([0-9]{2})([0-9]{2})([0-9]{2})?(z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?", re.IGNORECASE)
_EPOCH = compile_on_use(r"([0-9]{10})(?:\.[0-9]+)?|([0-9]{13})")


class TimeOfDay(NamedTuple):
    """Milliseconds since midnight (24:00 is the end of the day), and the offset from UTC if one is named."""

    ms: int
    offset: timedelta | None
    is_bare: bool


class Moment(NamedTuple):
    """A local day with the milliseconds since its midnight (None if only the day is known).

    `instant` is in milliseconds of UTC; None where no offset is named.
    """

    day: date
    ms: int | None
    instant: int | None


def read_time(text: str) -> TimeOfDay | None:
    """Return the time of day that a whole cell is: `14:05`, `2:05 PM`, `9am`, `0900`, `9h00`, `24:00`, `9`."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if not text.isascii():
        text = normalize("NFKC", text).replace("\u202f", " ")
    match = _COMPACT.fullmatch(text)
    if match is not None:
        parts, half, offset, fraction = match.groups()[:3], None, match[4], None
    else:
        match = _TIME.fullmatch(text)
        if match is None:
            return None
        parts, half, offset, fraction = match.groups()[:3], match[5], match[6], match[4]
    hours, minutes, seconds = (int(part or 0) for part in parts)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in "pP" else 0)
    if minutes > 59 or seconds > 59 or hours * 3600 + minutes * 60 + seconds > DAY_SECONDS:
        return None
    ms = (hours * 3600 + minutes * 60 + seconds) * MILLI + int((fraction or "0")[:3].ljust(3, "0"))
    is_bare = parts[1] is None and not half
    return TimeOfDay(ms, _offset(offset), is_bare)


def read_moment(text: str, order: DateOrder | None, year: int | None, zone: tzinfo) -> Moment | None:
    """Return the moment that a cell tells, on the clock of `zone` where it names an offset; None if it tells none."""
    stripped = text.strip()
    if epoch := _EPOCH.fullmatch(stripped):
        ms = int(epoch[2]) if epoch[2] else int(float(stripped) * MILLI)
        return in_zone(ms, zone) if FIRST_EPOCH <= ms // MILLI <= LAST_EPOCH else None
    date_text, time_text = split_date(stripped)
    day = read_date(date_text, order, year) if date_text else None
    if day is None:
        return None
    if not time_text:
        return Moment(day, None, None)
    time = read_time(time_text)
    return None if time is None else at(day, time, zone)


def at(day: date, time: TimeOfDay, zone: tzinfo) -> Moment:
    """Return a time of a day; one with an offset is moved to the clock of `zone`."""
    if time.offset is None:
        return Moment(day, time.ms, None)
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone(time.offset))
    return in_zone(round(midnight.timestamp() * MILLI) + time.ms, zone)


def in_zone(instant: int, zone: tzinfo) -> Moment:
    """Return an instant, in milliseconds, as it is on the clock of `zone`."""
    local = datetime.fromtimestamp(instant // MILLI, UTC).astimezone(zone)
    ms = (local.hour * 3600 + local.minute * 60 + local.second) * MILLI + instant % MILLI
    return Moment(local.date(), ms, instant)


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text[0] not in "+-":
        return ZONES.get(text.casefold(), timedelta(0))
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timedelta(minutes=minutes if text[0] == "+" else -minutes)
