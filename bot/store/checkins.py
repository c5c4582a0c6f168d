"""Reading check-ins and their change log; `recording` writes them."""

import sqlite3
from datetime import date, datetime

from bot.domain.checkin import TWICE_WITHIN, Change, Checkin, Entry, Source, Version
from bot.domain.duration import Minutes
from bot.domain.person import Person
from bot.store.rows import instant, maybe_instant, ms
from bot.store.sqlite import Tx

FOCUS = "(SELECT title FROM focuses WHERE focuses.id = checkins.focus_id)"
COLUMNS = (
    f"id, number, day, minutes, area, learned, {FOCUS}, source, is_late, created_at, undone_at, group_id, focus_id"
)


def checkin_of(row: sqlite3.Row) -> Checkin:
    """The check-in in a row of `COLUMNS`."""
    entry = Entry(date.fromisoformat(row[2]), Minutes(row[3]), row[4], row[5])
    return Checkin(
        row[0],
        row[1],
        entry,
        row[6],
        Source(row[7]),
        bool(row[8]),
        instant(row[9]),
        maybe_instant(row[10]),
        row[11],
        row[12],
    )


def get(tx: Tx, person_id: int, number: int) -> Checkin | None:
    """One of the person's own check-ins, undone ones too."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM checkins WHERE person_id = :person AND number = :number",
        person=person_id,
        number=number,
    )
    return None if row is None else checkin_of(row)


def newest(tx: Tx, person_id: int, limit: int = 1) -> list[Checkin]:
    """The newest-made check-ins that are not undone and were not imported."""
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM checkins WHERE person_id = :person AND undone_at IS NULL AND source <> 'import'
            ORDER BY number DESC LIMIT :limit""",
        person=person_id,
        limit=limit,
    )
    return [checkin_of(row) for row in rows]


def same_a_moment_ago(tx: Tx, person: Person, entry: Entry, now: datetime) -> Checkin | None:
    """A check-in of the same day and minutes made within the last two minutes; only those are looked at."""
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
    return None if row is None else checkin_of(row)


def every(tx: Tx, person_id: int) -> list[Checkin]:
    """All of a person's check-ins in the order in which they were made; for the export alone."""
    rows = tx.all(f"SELECT {COLUMNS} FROM checkins WHERE person_id = :person ORDER BY number", person=person_id)
    return [checkin_of(row) for row in rows]


def versions(tx: Tx, person_id: int) -> dict[int, list[Version]]:
    """What a person's check-ins were before, by check-in id, oldest first."""
    rows = tx.all(
        """SELECT v.checkin_id, v.change, v.day, v.minutes, v.area, v.learned, v.changed_at
           FROM checkin_versions v JOIN checkins c ON c.id = v.checkin_id
           WHERE c.person_id = :person ORDER BY v.checkin_id, v.version""",
        person=person_id,
    )
    found: dict[int, list[Version]] = {}
    for row in rows:
        entry = Entry(date.fromisoformat(row[2]), Minutes(row[3]), row[4], row[5])
        found.setdefault(row[0], []).append(Version(Change(row[1]), entry, instant(row[6])))
    return found
