"""Recording check-ins and what becomes of them: row, change log, totals, focus, search and progress, all in one call.

What counts changes only while the week is open; an entry made, changed or undone later changes its hours alone and is
marked late. What has counted in a week that has closed never counts in another.
"""

from datetime import date, datetime
from typing import NamedTuple

from bot.domain.checkin import Change, Checkin, Entry, Source
from bot.domain.focus import Focus
from bot.domain.progress import Progress, StudyRecord
from bot.domain.week import Week
from bot.store import focuses, progress, recalls, running_sums, search
from bot.store.rows import instant, monday, ms
from bot.store.tx import Tx


class Recorded(NamedTuple):
    """A new check-in, the person's progress after it, and the focus that it was counted for, if one runs."""

    checkin: Checkin
    progress: Progress
    focus: Focus | None


def record_checkin(  # noqa: PLR0913 - the last is named
    tx: Tx,
    person_id: int,
    entry: Entry,
    source: Source,
    group_id: int | None,
    now: datetime,
    *,
    look_on: date | None = None,
) -> Recorded:
    """Save a new check-in, made in the channel of `group_id` if in any, for the focus that runs.

    On `look_on` (None: as before) the person's notes are looked at next.
    """
    [record] = progress.load(tx, [person_id])
    is_late = record.is_closed(Week.of(entry.day), now)
    record = record.with_checkin(entry, now)
    if look_on is not None:
        record = record._replace(person=record.person._replace(recall_on=look_on))
    counted_week = record.counting_week(entry.day, now)
    row = tx.one(
        """INSERT INTO checkins (person_id, number, day, minutes, area, learned, source, is_late, created_at, group_id,
                                 counted_week, focus_id)
           VALUES (:person, (SELECT checkins + 1 FROM people WHERE id = :person),
                   :day, :minutes, :area, :learned, :source, :late, :now, :group_id, :counted,
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
        counted=monday(counted_week),
    )
    assert row is not None
    checkin_id, number, focus_id = row
    if entry.learned:
        search.add(tx, search.OF_CHECKIN * checkin_id, person_id, entry.learned)
    _add_to_totals(tx, record, entry, entry.minutes, counts=counted_week is not None)
    focus = None if focus_id is None else focuses.add_minutes(tx, focus_id, entry.minutes)
    title, made_at = None if focus is None else focus.plan.title, instant(ms(now))
    checkin = Checkin(
        checkin_id, number, entry, title, source, is_late, made_at, None, group_id, focus_id, counted_week
    )
    return Recorded(checkin, progress.refresh_after_checkin(tx, record, now), focus)


def undo(tx: Tx, person_id: int, checkin: Checkin, now: datetime) -> Progress:
    """Take a check-in back."""
    return _change(tx, person_id, checkin, None, Change.UNDO, now)


def put_back(tx: Tx, person_id: int, checkin: Checkin, now: datetime) -> Progress:
    """Count a check-in again that was taken back."""
    return _change(tx, person_id, checkin, checkin.entry, Change.PUT_BACK, now)


def edit(tx: Tx, person_id: int, checkin: Checkin, entry: Entry, group_id: int | None, now: datetime) -> Progress:
    """Put `entry` in the place of what was logged; the old version goes to the change log.

    Another note was written in the channel of `group_id`, if in any; where the old one was not, nobody quotes it yet.
    """
    return _change(tx, person_id, checkin, entry, Change.EDIT, now, group_id=group_id)


def _change(  # noqa: PLR0913 - all are named
    tx: Tx,
    person_id: int,
    checkin: Checkin,
    entry: Entry | None,
    change: Change,
    now: datetime,
    *,
    group_id: int | None = None,
) -> Progress:
    """Put `entry` (None: nothing) in the place of what is valid of a check-in, in every total; return the progress."""
    [record] = progress.load(tx, [person_id])
    was_valid = checkin.entry if checkin.undone_at is None else None
    counted_week = record.recounted(checkin.counted_week, entry.day if entry else None, now)
    # where the counted week has closed it stays, and no total of what counts changes
    is_open = checkin.counted_week is None or not record.is_closed(checkin.counted_week, now)
    if was_valid:
        record = _count(tx, record, was_valid, -1, counts=is_open and checkin.counted_week is not None)
    if entry:
        record = _count(tx, record, entry, 1, counts=is_open and counted_week is not None)
    to_save = entry or checkin.entry
    _save_change(tx, record, checkin, to_save, change, now, counted_week=counted_week, group_id=group_id)
    return progress.refresh_record(tx, record, now)


def _count(tx: Tx, record: StudyRecord, entry: Entry, sign: int, *, counts: bool) -> StudyRecord:
    """Add (`sign` 1) or take away (-1) an entry's minutes in every total; return the record after it."""
    minutes = sign * entry.minutes
    tx.run(
        "UPDATE people SET total_minutes = total_minutes + :minutes WHERE id = :id",
        minutes=minutes,
        id=record.person.id,
    )
    _add_to_totals(tx, record, entry, minutes, counts=counts)
    return record.with_minutes(minutes)


def _add_to_totals(tx: Tx, record: StudyRecord, entry: Entry, minutes: int, *, counts: bool) -> None:
    """Change the totals of the entry's day, area and week; what counts in the week only if it `counts`."""
    person, week = record.person, Week.of(entry.day)
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
            counted=minutes if counts else 0,
            goal=record.goal(week),
        )
        running_sums.renew(tx, person.id, week.monday.isoformat())


def _save_change(  # noqa: PLR0913 - all are named
    tx: Tx,
    record: StudyRecord,
    checkin: Checkin,
    entry: Entry,
    change: Change,
    now: datetime,
    *,
    counted_week: Week | None,
    group_id: int | None,
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
                  is_late = is_late OR :late, undone_at = :undone, counted_week = :counted,
                  is_shared = is_shared AND (learned IS :learned OR group_id IS :group_id),
                  group_id = CASE WHEN learned IS :learned THEN group_id ELSE :group_id END WHERE id = :id""",
        id=checkin.id,
        day=entry.day.isoformat(),
        minutes=entry.minutes,
        area=entry.area,
        learned=entry.learned,
        late=any(record.is_closed(Week.of(version.day), now) for version in (old, entry)),
        counted=monday(counted_week),
        group_id=group_id,
        undone=ms(now) if change is Change.UNDO else None,
    )
    if old.learned != entry.learned or change is not Change.EDIT:
        recalls.take_off(tx, record.person.id, checkin.number)
        text = None if change is Change.UNDO else entry.learned
        search.save(tx, search.OF_CHECKIN * checkin.id, record.person.id, text)
