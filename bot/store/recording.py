"""Recording check-ins and what becomes of them: row, change log, totals, focus, search and progress, all in one call.

What counts changes only while the week is open; an entry made, changed or undone later changes its hours alone and is
marked late.
"""

from datetime import datetime
from typing import NamedTuple

from bot.domain.checkin import Change, Checkin, Entry, Source
from bot.domain.focus import Focus
from bot.domain.progress import Progress, StudyRecord
from bot.domain.week import Week
from bot.store import focuses, progress, search
from bot.store.rows import instant, ms
from bot.store.sqlite import Tx


class Recorded(NamedTuple):
    """A new check-in, the person's progress after it, and the focus that it was counted for, if one runs."""

    checkin: Checkin
    progress: Progress
    focus: Focus | None


def record_checkin(
    tx: Tx, person_id: int, entry: Entry, source: Source, group_id: int | None, now: datetime
) -> Recorded:
    """Save a new check-in, made in the channel of `group_id` if in any, for the focus that runs."""
    [record] = progress.load(tx, [person_id])
    is_late = record.is_closed(Week.of(entry.day), now)
    row = tx.one(
        """INSERT INTO checkins (person_id, number, day, minutes, area, learned, source, is_late, created_at, group_id,
                                 focus_id)
           VALUES (:person, (SELECT checkins + 1 FROM people WHERE id = :person),
                   :day, :minutes, :area, :learned, :source, :late, :now, :group_id,
                   (SELECT id FROM focuses WHERE person_id = :person AND ended_at IS NULL))
           RETURNING id, number, focus_id""",
        person=person_id,
        day=entry.day.isoformat(),
        minutes=entry.minutes,
        area=entry.area,
        learned=entry.learned,
        source=source,
        late=is_late,
        now=ms(now),
        group_id=group_id,
    )
    assert row is not None
    checkin_id, number, focus_id = row
    if entry.learned:
        search.add(tx, search.OF_CHECKIN * checkin_id, person_id, entry.learned)
    record = record.with_checkin(entry, now)
    _add_to_totals(tx, record, entry, 1, now)
    focus = None if focus_id is None else focuses.add_minutes(tx, focus_id, entry.minutes)
    title, made_at = None if focus is None else focus.plan.title, instant(ms(now))
    checkin = Checkin(checkin_id, number, entry, title, source, is_late, made_at, None, group_id, focus_id)
    return Recorded(checkin, progress.refresh_after_checkin(tx, record, now), focus)


def undo(tx: Tx, person_id: int, checkin: Checkin, now: datetime) -> Progress:
    """Take a check-in back."""
    [record] = progress.load(tx, [person_id])
    record = _count(tx, record, checkin.entry, -1, now)
    _change(tx, record, checkin, checkin.entry, Change.UNDO, now)
    return progress.refresh_record(tx, record, now)


def put_back(tx: Tx, person_id: int, checkin: Checkin, now: datetime) -> Progress:
    """Count a check-in again that was taken back."""
    [record] = progress.load(tx, [person_id])
    record = _count(tx, record, checkin.entry, 1, now)
    _change(tx, record, checkin, checkin.entry, Change.PUT_BACK, now)
    return progress.refresh_record(tx, record, now)


def edit(tx: Tx, person_id: int, checkin: Checkin, entry: Entry, group_id: int | None, now: datetime) -> Progress:
    """Put `entry` in the place of what was logged; the old version goes to the change log.

    Another note was written in the channel of `group_id`, if in any; where the old one was not, nobody quotes it yet.
    """
    [record] = progress.load(tx, [person_id])
    record = _count(tx, record, checkin.entry, -1, now)
    record = _count(tx, record, entry, 1, now)
    _change(tx, record, checkin, entry, Change.EDIT, now, group_id=group_id)
    return progress.refresh_record(tx, record, now)


def _count(tx: Tx, record: StudyRecord, entry: Entry, sign: int, now: datetime) -> StudyRecord:
    """Add (`sign` 1) or take away (-1) an entry's minutes in every total; return the record after it."""
    minutes = sign * entry.minutes
    tx.run(
        "UPDATE people SET total_minutes = total_minutes + :minutes WHERE id = :id",
        minutes=minutes,
        id=record.person.id,
    )
    _add_to_totals(tx, record, entry, sign, now)
    return record.with_minutes(minutes)


def _add_to_totals(tx: Tx, record: StudyRecord, entry: Entry, sign: int, now: datetime) -> None:
    """Change the totals of the entry's day, area and week."""
    person, week = record.person, Week.of(entry.day)
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
            counted=0 if record.is_closed(week, now) else minutes,
            goal=record.goal(week),
        )


def _change(  # noqa: PLR0913 - all are named
    tx: Tx,
    record: StudyRecord,
    checkin: Checkin,
    entry: Entry,
    change: Change,
    now: datetime,
    *,
    group_id: int | None = None,
) -> None:
    """Log the old version, then save the new one; its focus, ended or not, and the journal follow what counts now."""
    old = checkin.entry
    before = old.minutes if checkin.undone_at is None else 0
    after = 0 if change is Change.UNDO else entry.minutes
    if checkin.focus_id is not None and after != before:
        focuses.add_minutes(tx, checkin.focus_id, after - before)
    tx.run(
        """INSERT INTO checkin_versions (checkin_id, version, change, day, minutes, area, learned, changed_at)
           SELECT :id, coalesce(max(version), 0) + 1, :change, :day, :minutes, :area, :learned, :now
           FROM checkin_versions WHERE checkin_id = :id""",
        id=checkin.id,
        change=change,
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
        late=any(record.is_closed(Week.of(version.day), now) for version in (old, entry)),
        group_id=group_id,
        undone=ms(now) if change is Change.UNDO else None,
    )
    if old.learned != entry.learned or change is not Change.EDIT:
        text = None if change is Change.UNDO else entry.learned
        search.save(tx, search.OF_CHECKIN * checkin.id, record.person.id, text)
