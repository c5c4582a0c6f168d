"""Reading check-ins and their change log; `recording` writes them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.domain.checkin import TWICE_WITHIN, Change, Checkin, Entry, Source, Version
from bot.domain.duration import Minutes
from bot.domain.person import Person
from bot.domain.week import Week
from bot.store.rows import instant, maybe_instant, maybe_week, ms, week
from bot.store.tx import Tx

FOCUS_TITLE = "(SELECT title FROM focuses WHERE focuses.id = checkins.focus_id)"
COLUMNS = f"""id, number, day, minutes, area, learned, {FOCUS_TITLE}, source, is_late, created_at, undone_at, group_id,
    focus_id, counted_week, is_note_off,
    CASE WHEN counted_week IS NULL AND undone_at IS NULL AND NOT is_late AND source <> 'import'
         THEN (SELECT first_week FROM people WHERE people.id = checkins.person_id) END"""


class _Row(NamedTuple):
    """A row of `COLUMNS`."""

    id: int
    number: int
    day: str
    minutes: int
    area: str | None
    learned: str | None
    focus_title: str | None
    source: str
    is_late: int
    created_at: int
    undone_at: int | None
    group_id: int | None
    focus_id: int | None
    counted_week: str | None
    is_note_off: int
    first_week: str | None
    """Filled where nothing but its day can keep a check-in from counting: one of an earlier version may not say so."""

    @property
    def counts_in(self) -> Week | None:
        """The week in which it counts: as saved, or of its day until `counted_weeks` has saved that."""
        if self.counted_week is None and self.first_week is not None:
            by_day = Week.of(date.fromisoformat(self.day))
            return by_day if by_day >= week(self.first_week) else None
        return maybe_week(self.counted_week)


def find(tx: Tx, person_id: int, number: int) -> Checkin | None:
    """Return one of the person's own check-ins, undone ones too; None if there is none of that number."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM checkins WHERE person_id = :person AND number = :number",
        person=person_id,
        number=number,
    )
    return None if row is None else _checkin(row)


def list_newest(tx: Tx, person_id: int, limit: int = 1) -> list[Checkin]:
    """Return the newest-made check-ins that are not undone and were not imported."""
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM checkins WHERE person_id = :person AND undone_at IS NULL AND source <> 'import'
            ORDER BY number DESC LIMIT :limit""",
        person=person_id,
        limit=limit,
    )
    return [_checkin(row) for row in rows]


def find_repeated(tx: Tx, person: Person, entry: Entry, now: datetime) -> Checkin | None:
    """Return a check-in of the same day and minutes made within the last two minutes; only those are looked at."""
    since = ms(now - TWICE_WITHIN)
    if person.last_checkin_at is None or ms(person.last_checkin_at) < since:
        return None
    row = tx.one(
        f"""SELECT {COLUMNS} FROM checkins
            WHERE person_id = :person AND day = :day AND minutes = :minutes AND undone_at IS NULL
              AND source <> 'import' AND number > coalesce((SELECT number FROM checkins
                  WHERE person_id = :person AND created_at < :since ORDER BY number DESC LIMIT 1), 0)
            ORDER BY number DESC LIMIT 1""",
        person=person.id,
        day=entry.day.isoformat(),
        minutes=entry.minutes,
        since=since,
    )
    return None if row is None else _checkin(row)


def list_made_since(tx: Tx, person_id: int, since: datetime) -> list[Checkin]:
    """Return a person's check-ins made since an instant in their order, undone ones too; imported ones are left out."""
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM checkins
            WHERE person_id = :person AND source <> 'import' AND number > coalesce((SELECT number FROM checkins
                WHERE person_id = :person AND created_at < :since ORDER BY number DESC LIMIT 1), 0)
            ORDER BY number""",
        person=person_id,
        since=ms(since),
    )
    return [_checkin(row) for row in rows]


def list_all(tx: Tx, person_id: int) -> list[Checkin]:
    """Return all of a person's check-ins in the order in which they were made; for the export alone."""
    rows = tx.all(f"SELECT {COLUMNS} FROM checkins WHERE person_id = :person ORDER BY number", person=person_id)
    return [_checkin(row) for row in rows]


def list_versions(tx: Tx, person_id: int) -> dict[int, list[Version]]:
    """Return what a person's check-ins were before, by check-in id, oldest first."""
    rows = tx.all(
        """SELECT v.checkin_id, v.change, v.changed_at, v.day, v.minutes, v.area, v.learned
           FROM checkin_versions v JOIN checkins c ON c.id = v.checkin_id
           WHERE c.person_id = :person ORDER BY v.checkin_id, v.version""",
        person=person_id,
    )
    by_checkin: dict[int, list[Version]] = defaultdict(list)
    for checkin_id, change, changed_at, *entry in rows:
        by_checkin[checkin_id].append(Version(Change(change), _entry(*entry), instant(changed_at)))
    return by_checkin


def _checkin(values: Iterable[Any]) -> Checkin:
    row = _Row._make(values)
    return Checkin(
        row.id,
        row.number,
        _entry(row.day, row.minutes, row.area, row.learned),
        row.focus_title,
        Source(row.source),
        bool(row.is_late),
        instant(row.created_at),
        maybe_instant(row.undone_at),
        row.group_id,
        row.focus_id,
        row.counts_in,
        bool(row.is_note_off),
    )


def _entry(day: str, minutes: int, area: str | None, learned: str | None) -> Entry:
    return Entry(date.fromisoformat(day), Minutes(minutes), area, learned)
