"""The digest: what the members of a group have logged since the last one (product rules, "Scheduled posts")."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

MOST_LINES = 10
"""Members in a digest; how many more there are is said."""


class Logged(NamedTuple):
    """A stretch that was logged: by whom, for which day, and on which date of theirs."""

    person_id: int
    name: str
    day: date
    minutes: int
    logged_on: date


class DigestLine(NamedTuple):
    """What one member has logged: minutes for the day on which it was logged, and for each other day."""

    name: str
    minutes: int
    other_days: tuple[tuple[date, int], ...]


def digest_lines(logged: Iterable[Logged]) -> list[DigestLine]:
    """Return a line for each member, in the order in which they come."""
    own: dict[int, dict[date | None, int]] = {}
    names: dict[int, str] = {}
    for entry in logged:
        names[entry.person_id] = entry.name
        days = own.setdefault(entry.person_id, {})
        day = None if entry.day == entry.logged_on else entry.day
        days[day] = days.get(day, 0) + entry.minutes
    return [
        DigestLine(names[person_id], days.pop(None, 0), tuple(sorted((day, n) for day, n in days.items() if day)))
        for person_id, days in own.items()
    ]
