"""The instants at which posts are due: once in each local week (or on each date), whatever the zone's clock does.

Occurrences are found by local-date arithmetic, never by adding hours to an instant: a time that daylight
saving skips happens just after the gap, a repeated one the first time (product rules, "Scheduled posts").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from unicodedata import normalize
from zoneinfo import ZoneInfo

from bot.domain.names import quoted
from bot.domain.week import DAYS_A_WEEK, to_instant
from bot.errors import Refused

LONGEST_INPUT = 64
WEEKLY_EXAMPLE = "thu 18:00"
DAILY_EXAMPLE = "20:00"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_WEEKDAY = 3
_EVERY_DAY = "daily"
_SAYS_DAILY = frozenset({"daily", "day", "days", "everyday"})
_FILLERS = frozenset({"on", "at", "@", "every", "each", "o'clock"})
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2})|h)?(?: ?(?P<half>[ap])\.?m\.?)?")


@dataclass(frozen=True, order=True, slots=True)
class Moment:
    """A weekday (0 = Monday; None = every day) and a local time to the minute, without a zone."""

    weekday: int | None
    at: time

    def __post_init__(self) -> None:
        if self.weekday is not None and not 0 <= self.weekday < DAYS_A_WEEK:
            raise ValueError(f"{self.weekday} is no weekday")
        if self.at != time(self.at.hour, self.at.minute):
            raise ValueError(f"{self.at} is not a local time to the minute")

    @classmethod
    def of_key(cls, key: str) -> "Moment":
        """Return the moment whose `key` was stored."""
        day, at = key.split()
        return cls(None if day == _EVERY_DAY else _weekday(day), time.fromisoformat(at))

    @property
    def key(self) -> str:
        """The stored form, which may also be typed: "thu 18:00" or "daily 20:00"."""
        day = _EVERY_DAY if self.weekday is None else _WEEKDAYS[self.weekday][:_SHORTEST_WEEKDAY]
        return f"{day} {self.at:%H:%M}"

    def __str__(self) -> str:
        return self.key if self.weekday is None else self.key.capitalize()


@dataclass(frozen=True, order=True, slots=True)
class Occurrence:
    """One coming of a moment: the instant (UTC), and the local date that it belongs to."""

    due_at: datetime
    day: date


def occurrence_on(day: date, moment: Moment, zone: ZoneInfo) -> Occurrence:
    """Return the occurrence that belongs to `day`, on which `moment` must come; also where the zone skipped it."""
    return Occurrence(to_instant(datetime.combine(day, moment.at), zone), day)


def latest_occurrence(moment: Moment, zone: ZoneInfo, now: datetime) -> Occurrence:
    """Return the last occurrence that is due at or before `now`."""
    days = _days_between(moment)
    # A clock that is set back over midnight has tomorrow's occurrence behind it, so the search begins there.
    day = _first_day(moment, now.astimezone(zone).date() + timedelta(days=2 - days))
    while (occurrence := occurrence_on(day, moment, zone)).due_at > now:
        day -= timedelta(days=days)
    return occurrence


def next_occurrence(moment: Moment, zone: ZoneInfo, now: datetime, done: date | None = None) -> Occurrence:
    """Return the first occurrence due after `now` in a later local week than `done` (a daily one: on a later date).

    `done` is the date of the last occurrence that was dealt with, in whatever zone. So neither a change of
    zone or moment nor a clock that jumps back brings a second one in one week.
    """
    earliest = now.astimezone(zone).date()
    if done is not None:
        earliest = max(earliest, _period_after(moment, done))
    day = _first_day(moment, earliest)
    while (occurrence := occurrence_on(day, moment, zone)).due_at <= now:
        day += timedelta(days=_days_between(moment))
    return occurrence


def _days_between(moment: Moment) -> int:
    return 1 if moment.weekday is None else DAYS_A_WEEK


def _first_day(moment: Moment, earliest: date) -> date:
    if moment.weekday is None:
        return earliest
    return earliest + timedelta(days=(moment.weekday - earliest.weekday()) % DAYS_A_WEEK)


def _period_after(moment: Moment, done: date) -> date:
    return done + timedelta(days=1 if moment.weekday is None else DAYS_A_WEEK - done.weekday())


def read_moment(text: str, default: Moment | None = None, *, daily: bool = False) -> Moment:
    """Return the moment of "thu 18:00", "6pm on thursdays", "18:00" or "thu"; `default` gives the part that is missing.

    A `daily` one is a time alone, with or without the word "daily". Raises Refused for an empty text, for anything
    else and for a time that no clock shows.
    """
    example = DAILY_EXAMPLE if daily else WEEKLY_EXAMPLE
    try:
        read = _read_daily if daily else _read_weekly
        return read(text, default, _Parts.of(text))
    except _Unread as unread:
        raise Refused(unread.sentence, example) from None


class _Unread(Exception):
    """A refusal that still lacks its example."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a typed moment: a weekday, the word "daily", a time; each may be missing."""

    weekday: int | None
    says_daily: bool
    at: time | None

    @classmethod
    def of(cls, text: str) -> "_Parts":
        plain = _plain(text)
        times = list(_TIME.finditer(plain))
        words = [word for word in _TIME.sub(" ", plain).split() if word not in _FILLERS]
        weekdays = [day for day in map(_weekday, words) if day is not None]
        others = len(words) - len(weekdays)
        says_daily = others > 0 and others == sum(word in _SAYS_DAILY for word in words)
        if (others and not says_daily) or len(weekdays) > 1 or len(times) > 1 or not (words or times):
            raise _Unread(f"I cannot read {quoted(text)} as a day and a time.")
        return cls(weekdays[0] if weekdays else None, says_daily, _read_time(times, text))


def _plain(text: str) -> str:
    if len(text) > LONGEST_INPUT:
        raise _Unread(f"I read at most {LONGEST_INPUT} characters as a time, and this has {len(text):,}.")
    plain = " ".join(normalize("NFKC", text).casefold().replace(",", " ").replace("noon", "12:00").split())
    if not plain:
        raise _Unread("I read no time at all.")
    return plain


def _weekday(word: str) -> int | None:
    """Return the number of a weekday from its name, plural or first letters: "thursdays", "thurs", "thu"; or None."""
    word = word.rstrip(".").removesuffix("s")
    if len(word) < _SHORTEST_WEEKDAY:
        return None
    return next((number for number, name in enumerate(_WEEKDAYS) if name.startswith(word)), None)


def _read_time(matches: Iterable[re.Match[str]], text: str) -> time | None:
    for match in matches:
        hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
        understood = f"I read the time in {quoted(text)} as {match[0]}"
        if (hour, minute, half) == (24, 0, None):
            raise _Unread(f"{understood}, but a day ends with 23:59; midnight is 0:00 of the next one.")
        if minute >= 60 or hour >= 24 or (half and not 1 <= hour <= 12):
            raise _Unread(f"{understood}, which no clock shows.")
        return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)
    return None


def _read_weekly(text: str, default: Moment | None, parts: _Parts) -> Moment:
    weekday, at = parts.weekday, parts.at
    if parts.says_daily:
        raise _Unread(f"I read {quoted(text)} as every day, but this comes once a week.")
    if weekday is None and default:
        weekday = default.weekday
    if weekday is None:
        raise _Unread(f"I read {quoted(text)} as a time, but not on which weekday.")
    if at is None and default:
        at = default.at
    if at is None:
        raise _Unread(f"I read {quoted(text)} as {_WEEKDAYS[weekday].capitalize()}, but not at what time.")
    return Moment(weekday, at)


def _read_daily(text: str, default: Moment | None, parts: _Parts) -> Moment:
    if parts.weekday is not None:
        weekday = _WEEKDAYS[parts.weekday].capitalize()
        raise _Unread(f"I read {quoted(text)} as {weekday}, but this comes every day, so it takes a time alone.")
    at = parts.at
    if at is None and default:
        at = default.at
    if at is None:
        raise _Unread(f"I read {quoted(text)} as every day, but not at what time.")
    return Moment(None, at)
