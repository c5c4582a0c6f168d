"""Check-ins, their change log, and the totals that are kept in the same transaction."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.checkin import TWICE_WITHIN, Change, Checkin, Entry, Source
from bot.domain.duration import Minutes
from bot.domain.focus import Focus
from bot.domain.person import Person
from bot.domain.week import Week
from bot.store import focuses, search
from bot.store.rows import instant, maybe_instant, ms
from bot.store.sqlite import Tx
from bot.store.standing import Books

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


@dataclass(frozen=True, slots=True)
class Version:
    """What an entry was before a change, what changed it (edit, undo, put back) and when."""

    change: Change
    entry: Entry
    changed_at: datetime


def add(
    tx: Tx, books: Books, entry: Entry, source: Source, group_id: int | None, now: datetime
) -> tuple[Checkin, Books, Focus | None]:
    """Keep a new check-in and count it; late where its week has closed. It belongs to the focus that runs.

    Also the books and that focus as they are after it. The person's row is left to `keeping.keep_added`.
    """
    person, week = books.person, Week.of(entry.day)
    late = books.is_closed(week, now)
    row = tx.one(
        """INSERT INTO checkins (person_id, number, day, minutes, area, learned, source, is_late, created_at, group_id,
                                 focus_id)
           VALUES (:person, (SELECT checkins + 1 FROM people WHERE id = :person),
                   :day, :minutes, :area, :learned, :source, :late, :now, :group_id,
                   (SELECT id FROM focuses WHERE person_id = :person AND ended_at IS NULL))
           RETURNING id, number, focus_id""",
        person=person.id,
        day=entry.day.isoformat(),
        minutes=entry.minutes,
        area=entry.area,
        learned=entry.learned,
        source=source,
        late=late,
        now=ms(now),
        group_id=group_id,
    )
    assert row is not None
    checkin_id, number, focus_id = row
    if entry.learned:
        search.insert(tx, search.OF_CHECKIN * checkin_id, person.id, entry.learned)
    person = person._replace(
        first_week=person.first_week or Week.of(person.today(now)),
        last_checkin_at=max(person.last_checkin_at or now, now),
        total_minutes=person.total_minutes + entry.minutes,
    )
    books = books._replace(person=person)
    _count_days(tx, books, entry, 1, now)
    focus = None if focus_id is None else focuses.count(tx, focus_id, entry.minutes)
    title, made_at = None if focus is None else focus.plan.title, instant(ms(now))
    made = Checkin(checkin_id, number, entry, title, source, late, made_at, None, group_id, focus_id)
    return made, books, focus


def count(tx: Tx, books: Books, entry: Entry, sign: int, now: datetime) -> Books:
    """Add (`sign` 1) or take away (-1) an entry's minutes in every total; what counts changes only in an open week.

    Answers the books as they are after it.
    """
    person, minutes = books.person, sign * entry.minutes
    tx.run(
        "UPDATE people SET total_minutes = total_minutes + :minutes WHERE id = :id",
        minutes=minutes,
        id=person.id,
    )
    _count_days(tx, books, entry, sign, now)
    return books._replace(person=person._replace(total_minutes=person.total_minutes + minutes))


def _count_days(tx: Tx, books: Books, entry: Entry, sign: int, now: datetime) -> None:
    """The totals of the entry's day, week and area."""
    person, week = books.person, Week.of(entry.day)
    minutes = sign * entry.minutes
    tx.run(
        """INSERT INTO day_totals (person_id, day, minutes) VALUES (:person, :day, :minutes)
           ON CONFLICT (person_id, day) DO UPDATE SET minutes = day_totals.minutes + excluded.minutes""",
        person=person.id,
        day=entry.day.isoformat(),
        minutes=minutes,
    )
    if entry.area is not None:
        tx.run(
            """INSERT INTO area_totals (person_id, area, minutes) VALUES (:person, :area, :minutes)
               ON CONFLICT (person_id, area) DO UPDATE SET minutes = area_totals.minutes + excluded.minutes""",
            person=person.id,
            area=entry.area,
            minutes=minutes,
        )
    if person.first_week is not None and week >= person.first_week:
        tx.run(
            """INSERT INTO weeks (person_id, monday, number, minutes, counted, goal)
               VALUES (:person, :monday, :number, :minutes, :counted, :goal)
               ON CONFLICT (person_id, monday) DO UPDATE
               SET minutes = weeks.minutes + excluded.minutes, counted = weeks.counted + excluded.counted""",
            person=person.id,
            monday=week.monday.isoformat(),
            number=week.number,
            minutes=minutes,
            counted=0 if books.is_closed(week, now) else minutes,
            goal=books.goal(week),
        )


def change(  # noqa: PLR0913 - all are named
    tx: Tx, checkin: Checkin, entry: Entry, what: Change, *, late: bool, now: datetime, group_id: int | None = None
) -> None:
    """Keep the old version, then hold the new one; its focus, ended or not, and the journal follow what counts now.

    Another note was written in the channel of `group_id`, if in any; where the old one was not, nobody quotes it yet.
    """
    old = checkin.entry
    before = old.minutes if checkin.undone_at is None else 0
    after = 0 if what is Change.UNDO else entry.minutes
    if checkin.focus_id is not None and after != before:
        focuses.count(tx, checkin.focus_id, after - before)
    tx.run(
        """INSERT INTO checkin_versions (checkin_id, version, change, day, minutes, area, learned, changed_at)
           SELECT :id, coalesce(max(version), 0) + 1, :what, :day, :minutes, :area, :learned, :now
           FROM checkin_versions WHERE checkin_id = :id""",
        id=checkin.id,
        what=what,
        day=old.day.isoformat(),
        minutes=old.minutes,
        area=old.area,
        learned=old.learned,
        now=ms(now),
    )
    tx.run(
        """UPDATE checkins SET day = :day, minutes = :minutes, area = :area, learned = :learned,
                  is_late = is_late OR :late, undone_at = :undone,
                  is_shared = is_shared AND (learned IS :learned OR group_id IS :group_id),
                  group_id = CASE WHEN learned IS :learned THEN group_id ELSE :group_id END WHERE id = :id""",
        id=checkin.id,
        day=entry.day.isoformat(),
        minutes=entry.minutes,
        area=entry.area,
        learned=entry.learned,
        late=late,
        group_id=group_id,
        undone=ms(now) if what is Change.UNDO else None,
    )
    if old.learned != entry.learned or what is not Change.EDIT:
        _index(tx, checkin.id, None if what is Change.UNDO else entry.learned)


def _index(tx: Tx, checkin_id: int, learned: str | None) -> None:
    owner = tx.one("SELECT person_id FROM checkins WHERE id = :id", id=checkin_id)
    assert owner is not None
    search.keep(tx, search.OF_CHECKIN * checkin_id, owner[0], learned)


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
