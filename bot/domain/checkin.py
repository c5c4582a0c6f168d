"""The check-in, one stretch of study on one local day, and its limits (product rules, "Check-in")."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.day import say_day
from bot.domain.duration import DAY_LIMIT, HOUR, Minutes, say
from bot.domain.names import capitalize
from bot.domain.week import Week
from bot.errors import Refused

DAYS_BACK = 14
"""Days before today that can still be logged."""
DAY_ASKED_OVER = Minutes(14 * HOUR)
"""A day of more minutes is asked about once."""
LEARNED_LIMIT = 1000
"""Characters of what was learned."""
TWICE_WITHIN = timedelta(minutes=2)
"""Two check-ins of the same day and minutes within this time are asked about."""
TIMER_ASKS_OVER = Minutes(240)
"""A timer that ran longer is asked about before it counts."""


class Source(StrEnum):
    """The way that an entry came in."""

    TYPED = "typed"
    FORM = "form"
    TIMER = "timer"
    IMPORT = "import"


class Change(StrEnum):
    """A later change of a check-in, as its history names it."""

    EDIT = "edit"
    UNDO = "undo"
    PUT_BACK = "put back"


@dataclass(frozen=True, slots=True)
class Entry:
    """The part of a check-in that its member gives, and that an edit can change."""

    day: date
    minutes: Minutes
    area: str | None = None
    learned: str | None = None


@dataclass(frozen=True, slots=True)
class Checkin:
    """A stored entry; `number` counts the person's own.

    `is_late` is True if it was made, changed or undone after its week had closed. `counted_week` is the week in which
    it counts or, once that has closed, has counted: None where it never did. `is_note_off` says that an organiser took
    the note off: no group is shown it any more.
    """

    id: int
    number: int
    entry: Entry
    focus: str | None
    source: Source
    is_late: bool
    created_at: datetime
    undone_at: datetime | None
    group_id: int | None
    focus_id: int | None
    counted_week: Week | None = None
    is_note_off: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """An entry as it was before a change, what changed it, and when."""

    change: Change
    entry: Entry
    changed_at: datetime


def check_day(day: date, today: date) -> None:
    """Raise Refused for a day in the future or more than two weeks back."""
    name = capitalize(say_day(day, today))
    if day > today:
        name = "Tomorrow" if (day - today).days == 1 else name
        raise Refused(f"{name} is still to come; a check-in is for time already studied.", "yesterday")
    if (today - day).days > DAYS_BACK:
        raise Refused(f"{name} is more than {DAYS_BACK} days back.", (today - timedelta(days=3)).isoformat())


def check_still_changes(day: date, today: date, example: str = "") -> None:
    """Raise Refused for another time or day of an entry of more than two weeks back; `example` changes its area."""
    if (today - day).days > DAYS_BACK:
        name = capitalize(say_day(day, today))
        sentence = f"{name} is more than {DAYS_BACK} days back: its area and note can change, its time and day can't."
        raise Refused(sentence, example)


def check_total(others: int, minutes: int, day: date, today: date) -> None:
    """Raise Refused if a day with `others` minutes already would pass 24 hours."""
    if others + minutes > DAY_LIMIT:
        room, name = DAY_LIMIT - others, capitalize(say_day(day, today))
        raise Refused(
            f"{name} already has {say(others)}; with {say(minutes)} more it would pass 24 hours.",
            say(room) if room > 0 else "",
        )
