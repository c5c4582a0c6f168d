"""Which sessions of a file are here already, whatever the shape in which they come.

A session is what it is: its day, the minute at which it starts, and its length. A file without starts is compared by
day and length; what starts when another one did and lasted longer is a near twin, and asked about. What earlier
versions brought in has keys of its own: a session is known by either.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from sys import intern
from typing import NamedTuple

from bot.domain.timesheet.former import former_key, former_total_key
from bot.domain.timesheet.sessions import Session
from bot.domain.timesheet.table import LeftOut
from bot.domain.timesheet.titles import Unit

NEAR_MINUTES = 5
_LENGTHS = 2048
"""More than a day has minutes: a start and a length are one number."""


class StoredSession(NamedTuple):
    """A session that was imported: `start` in minutes of the day, None if unknown; `key` as it was stored.

    `number` tells it from others of its day, start and length; `is_total` is True if it was all of a day's time for its
    project, `is_former` if an earlier version has brought it in.
    """

    day: str
    start: int | None
    minutes: int
    number: int
    project: str
    key: str
    is_total: bool
    is_former: bool


class Match(Enum):
    """What a session is to those that are here."""

    NEW = "new"
    KNOWN = "known"
    TWIN = "nearly one that is here"
    GROWN = "more of a total that is here"
    SHRUNK = "less of a total that is here"


class Matched(NamedTuple):
    """A match, and for a near one what is here: the beginning of its key, and its minutes."""

    match: Match
    key: str = ""
    minutes: int = 0


NEW, KNOWN = Matched(Match.NEW), Matched(Match.KNOWN)


class KnownSessions:
    """The sessions of a person, each of which can be recognised once."""

    def __init__(self, stored: Iterable[StoredSession] = ()) -> None:
        self._left: dict[str, dict[int, int]] = {}
        self._projects: dict[str, dict[int, str]] = {}
        self._totals: dict[tuple[str, str], tuple[int, str]] = {}
        self._former: dict[str, dict[str, int]] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self._repeats: Counter[tuple[str, int, tuple[str, str, str]]] = Counter()
        self._in_file: Counter[tuple[str, int]] = Counter()
        self._zone: tzinfo = UTC
        self.count = 0
        for session in stored:
            self._take(session)

    @property
    def has_former(self) -> bool:
        """True if an earlier version has brought something in."""
        return bool(self._former)

    def survey(self, rows: Iterable[Session | LeftOut], zone: tzinfo) -> None:
        """Count the sessions of a file that may be here under a neighbouring day, in the zone of whose file it is."""
        self._zone = zone
        self._in_file = Counter((row.day.isoformat(), row.minutes) for row in rows if isinstance(row, Session))

    def _take(self, session: StoredSession) -> None:
        self.count += 1
        code = _code(session.start, session.minutes)
        left = self._left.setdefault(session.day, {})
        left[code] = left.get(code, 0) + 1
        if session.number > 1:
            self._numbers[session.day, code] = max(session.number, self._numbers.get((session.day, code), 0))
        if session.is_total:
            self._totals[session.day, session.project.casefold()] = session.minutes, session.key
        elif session.is_former:
            self._former.setdefault(session.day, {})[session.key] = session.minutes
        elif session.start is None:
            self._projects.setdefault(session.day, {})[code] = intern(session.project.casefold())

    def match(self, session: Session, project: str, *, is_total: bool) -> Matched:
        """Return what a session is to those that are here; what it is recognised as is used up by it."""
        day = session.day.isoformat()
        left = self._left.get(day)
        if is_total:
            return self._match_total(day, session, project, left or {})
        if self._former and self._use_former(session):
            return KNOWN
        start, minutes = _start(session), session.minutes
        if left and (_use(left, _code(start, minutes)) or (start is not None and _use(left, _code(None, minutes)))):
            return KNOWN
        if self._former and start is not None and self._use_former_of_utc(session, start):
            return KNOWN
        if left is None:
            return NEW
        if start is not None:
            return _find_near(day, start, minutes, left)
        other = next((code for code, count in left.items() if count and code % _LENGTHS == minutes), None)
        if other is not None and _use(left, other):
            return KNOWN
        return self._find_corrected(day, project, left)

    def next_key(self, session: Session, project: str, *, is_total: bool) -> str:
        """Return the key of a session that is new: what it is, with a number that tells it from its equals."""
        day, start = session.day.isoformat(), _start(session)
        if is_total:
            return f"{day}={session.minutes}={project}"
        code = _code(start, session.minutes)
        known = 1 if code in self._left.get(day, ()) else 0
        number = self._numbers.get((day, code), known) + 1
        self._numbers[day, code] = number
        return f"{_beginning(day, start, session.minutes)}{number}"

    def _match_total(self, day: str, session: Session, project: str, left: dict[int, int]) -> Matched:
        minutes = session.minutes
        stored, key = self._totals.get((day, project.casefold()), (0, ""))
        if not key:
            key = former_total_key(session.day, session.project)
            stored = self._former.get(day, {}).get(key, 0)
        if not stored:
            return KNOWN if _use(left, _code(None, minutes)) else NEW
        _use(left, _code(None, stored))
        if stored == minutes:
            return KNOWN
        return Matched(Match.GROWN if minutes > stored else Match.SHRUNK, key, stored)

    def _use_former(self, session: Session) -> bool:
        """Return True if an earlier version has brought the row in: its key needs the minutes that it was stored with.

        Earlier versions took the day of a moment in UTC as it stood, which may be a neighbour of the member's own.
        """
        if session.former is None:
            return False
        for shift in (0, -1, 1):
            day = session.day + timedelta(days=shift)
            keys = self._former.get(day.isoformat(), {})
            for minutes in set(keys.values()):
                repeat = self._repeats[day.isoformat(), minutes, session.former] + 1
                if former_key(day, minutes, session.former, repeat) in keys:
                    self._repeats[day.isoformat(), minutes, session.former] = repeat
                    _use(self._left[day.isoformat()], _code(None, minutes))
                    return True
        return False

    def _use_former_of_utc(self, session: Session, start: int) -> bool:
        """Return True if an earlier version has brought it in under its day in UTC, where the file has no such row."""
        local = datetime(session.day.year, session.day.month, session.day.day, tzinfo=self._zone)
        day = (local + timedelta(minutes=start)).astimezone(UTC).date().isoformat()
        minutes = session.minutes
        if day == session.day.isoformat():
            return False
        former = sum(stored == minutes for stored in self._former.get(day, {}).values())
        if former <= self._in_file[day, minutes]:
            return False
        self._in_file[day, minutes] += 1
        return _use(self._left[day], _code(None, minutes))

    def _find_corrected(self, day: str, project: str, left: dict[int, int]) -> Matched:
        """Return what is here of the project without a start, and is not in the file: perhaps with another length."""
        for code, known_project in self._projects.get(day, {}).items():
            if left.get(code) and known_project == project.casefold():
                left[code] -= 1
                return Matched(Match.TWIN, _beginning(day, None, code % _LENGTHS), code % _LENGTHS)
        return NEW


def key_parts(key: str) -> tuple[int | None, int]:
    """Return the start (minutes of the day, None if unknown) and the number that a key holds."""
    _, _, rest = key.partition("T")
    start, _, rest = rest.partition("/")
    number = rest.partition("#")[2].partition("+")[0]
    return (int(start) if start.isdigit() else None), (int(number) if number.isdigit() else 1)


def _find_near(day: str, start: int, minutes: int, left: dict[int, int]) -> Matched:
    """Return what started when this did, or as good as that, and is not the same."""
    for code, count in left.items():
        other, length = code // _LENGTHS - 1, code % _LENGTHS
        if count and other >= 0 and (other == start or (length == minutes and abs(other - start) <= NEAR_MINUTES)):
            left[code] -= 1
            return Matched(Match.TWIN, _beginning(day, other, length), length)
    return NEW


def _beginning(day: str, start: int | None, minutes: int) -> str:
    return f"{day}T{'-' if start is None else start}/{minutes}#"


def _use(left: dict[int, int], code: int) -> bool:
    count = left.get(code, 0)
    if count:
        left[code] = count - 1
    return count > 0


def _start(session: Session) -> int | None:
    return None if session.start_ms is None else session.start_ms // Unit.MINUTES


def _code(start: int | None, minutes: int) -> int:
    return (0 if start is None else start + 1) * _LENGTHS + minutes
