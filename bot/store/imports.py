"""Imported history: it counts as hours, by day, area and in all, and never for a week, a streak or a board.

A session is known by its key (`domain/timesheet/known`), so the same history twice changes nothing. Each import is a
run that can be taken back whole. Sessions that a later run replaced stay, undone, until that run is taken back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from bot.domain.checkin import Change
from bot.domain.milestone import reached
from bot.domain.timesheet.choice import NO_PROJECT
from bot.domain.timesheet.import_run import ImportRun
from bot.domain.timesheet.known import KnownSessions, StoredSession, key_parts
from bot.domain.timesheet.outcome import NewSession
from bot.errors import NotSaved
from bot.store import milestones, search
from bot.store.rows import ALL_ROWS, instant, ms
from bot.store.tx import LISTED, Tx, listed

RESULTS_ARE_OUT_AFTER = timedelta(weeks=3)
"""No week that ended so long ago has results still to come, wherever they were moved to."""
DAY_LETTERS = 10
MOST_EQUALS = 64
"""Sessions of one day, start and length among which the one that is replaced is looked for."""
ANOTHER_RUNS = "Another import of the same person has come in meanwhile. Try again: what is here by then is recognised."
_RUN_COLUMNS = "id, number, file, source, made_at, entries, minutes"


class Affected(NamedTuple):
    """A check-in whose hours are added or taken away."""

    id: int
    day: str
    minutes: int
    area: str | None
    learned: str | None
    run_id: int
    is_undone: bool


class Origin(NamedTuple):
    """The run that an imported check-in came with, by its number, and its project there, None if it had none."""

    run_number: int
    project: str | None


def list_origins(tx: Tx, person_id: int) -> dict[int, Origin]:
    """Return where each imported check-in of a person came from, by the check-in's id."""
    rows = tx.all(
        """SELECT i.checkin_id, r.number, i.project FROM imports i JOIN import_runs r ON r.id = i.run_id
           WHERE i.person_id = :id""",
        id=person_id,
    )
    return {
        checkin_id: Origin(number, None if project in (None, "", NO_PROJECT) else project)
        for checkin_id, number, project in rows
    }


def load_known(tx: Tx, person_id: int | None) -> KnownSessions:
    """Return the sessions that a person has imported, for someone who is not known yet too."""
    return KnownSessions(list_known(tx, person_id))


def list_known(tx: Tx, person_id: int | None) -> Iterator[StoredSession]:
    """Yield the sessions that a person has imported, none for someone who is not known yet."""
    rows = tx.each(
        "SELECT key, day, minutes, project, replaced_by FROM imports WHERE person_id = :id ORDER BY key", id=person_id
    )
    for key, day, minutes, project, replaced_by in rows:
        sign = key[DAY_LETTERS : DAY_LETTERS + 1]
        if sign == "T":
            if "+" in key[DAY_LETTERS:]:
                continue
            start, number = key_parts(key)
            yield StoredSession(day, start, minutes, number, project or "", key, is_total=False, is_former=False)
        elif sign == "=":
            if replaced_by is None:
                yield StoredSession(day, None, minutes, 1, project or "", key, is_total=True, is_former=False)
        else:
            yield StoredSession(day, None, minutes, 1, "", key, is_total=False, is_former=True)


def load_day_totals(tx: Tx, person_id: int | None) -> dict[str, int]:
    """Return the minutes of each day, imported ones included."""
    rows = tx.all("SELECT day, minutes + imported FROM day_totals WHERE person_id = :id", id=person_id)
    return dict(map(tuple, rows))


def find_newest_run(tx: Tx, person_id: int | None) -> int:
    """Return the id of a person's newest run, 0 if there is none: what was loaded is true as long as it stays."""
    row = tx.one("SELECT coalesce(max(id), 0) FROM import_runs WHERE person_id = :id", id=person_id)
    assert row is not None
    newest: int = row[0]
    return newest


def begin_run(tx: Tx, person_id: int, file: str, source: str, newest: int, now: datetime) -> int:
    """Save a run and return its id. Raises `NotSaved` if another has come in since `newest` was the newest."""
    require_newest(tx, person_id, newest)
    row = tx.one(
        """INSERT INTO import_runs (person_id, number, file, source, made_at, entries, minutes)
           VALUES (:person, (SELECT coalesce(max(number), 0) + 1 FROM import_runs WHERE person_id = :person),
                   :file, :source, :now, 0, 0) RETURNING id""",
        person=person_id,
        file=file,
        source=source,
        now=ms(now),
    )
    assert row is not None
    run: int = row[0]
    return run


def require_newest(tx: Tx, person_id: int, newest: int) -> None:
    """Raise `NotSaved` if another run has come in: what was read as new may be here already."""
    if find_newest_run(tx, person_id) != newest:
        raise NotSaved(ANOTHER_RUNS)


def add(tx: Tx, person_id: int, run_id: int, sessions: Sequence[NewSession], now: datetime) -> None:
    """Save sessions of a run, with the totals that count hours, in the place of those that they replace."""
    for session in sessions:
        if session.replaces:
            _replace(tx, person_id, run_id, session.replaces, now)
    _add_checkins(tx, person_id, run_id, sessions, now)
    added = [
        Affected(0, day.isoformat(), minutes, session.area, None, run_id, is_undone=False)
        for session in sessions
        for day, minutes in session.parts
    ]
    _count(tx, person_id, added, 1)
    _reach_milestones(tx, person_id, sessions, now)


def list_runs(tx: Tx, person_id: int) -> list[ImportRun]:
    """Return the runs of a person, the newest first."""
    rows = tx.all(f"SELECT {_RUN_COLUMNS} FROM import_runs WHERE person_id = :id ORDER BY id DESC", id=person_id)
    return [
        ImportRun(run_id, number, file, source, instant(made_at), entries, minutes)
        for run_id, number, file, source, made_at, entries, minutes in rows
    ]


def find_run(tx: Tx, person_id: int, number: int) -> ImportRun | None:
    """Return one of a person's own runs by its number; None if there is none."""
    return next((run for run in list_runs(tx, person_id) if run.number == number), None)


def take_back(tx: Tx, person_id: int, run_id: int, most: int, now: datetime) -> int:
    """Take back up to `most` entries of a run, and return how many are left; without any, the run is gone.

    What it had replaced counts again.
    """
    taken = _list_affected(tx, person_id, "i.run_id = :run", most, run=run_id)
    if taken:
        ids = listed(row.id for row in taken)
        search.delete_many(tx, (row.id for row in taken if row.learned))
        _count(tx, person_id, [row for row in taken if not row.is_undone], -1)
        tx.run(f"DELETE FROM imports WHERE person_id = :person AND checkin_id IN {LISTED}", person=person_id, ids=ids)
        tx.run(f"DELETE FROM checkins WHERE id IN {LISTED}", ids=ids)
    left = tx.one(
        "SELECT count(*) FROM imports WHERE person_id = :person AND run_id = :run", person=person_id, run=run_id
    )
    assert left is not None
    if left[0]:
        return int(left[0])
    _put_replaced_back(tx, person_id, run_id, now)
    tx.run("DELETE FROM import_runs WHERE id = :run AND person_id = :person", run=run_id, person=person_id)
    return 0


def list_projects(tx: Tx, person_id: int, run_id: int) -> list[tuple[str, str | None, int]]:
    """Return the projects of a run with their area (None if it has none) and minutes, the largest first."""
    rows = tx.all(
        """SELECT coalesce(i.project, ''), c.area, sum(c.minutes) FROM imports i JOIN checkins c ON c.id = i.checkin_id
           WHERE i.person_id = :person AND i.run_id = :run AND c.undone_at IS NULL
           GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2""",
        person=person_id,
        run=run_id,
    )
    return [(project, area, minutes) for project, area, minutes in rows]


def set_areas(tx: Tx, person_id: int, run_id: int, areas: Mapping[str, str | None]) -> int:
    """Put the entries of a run's projects under other areas, and return how many changed."""
    changed = 0
    for project, area in areas.items():
        rows = tx.all(
            """SELECT c.area, sum(c.minutes) FROM imports i JOIN checkins c ON c.id = i.checkin_id
               WHERE i.person_id = :person AND i.run_id = :run AND coalesce(i.project, '') = :project
                 AND c.undone_at IS NULL AND c.area IS NOT :area GROUP BY c.area""",
            person=person_id,
            run=run_id,
            project=project,
            area=area,
        )
        if not rows:
            continue
        _add_to_areas(tx, person_id, {old: -minutes for old, minutes in rows if old is not None})
        _add_to_areas(tx, person_id, {area: sum(minutes for _, minutes in rows)} if area is not None else {})
        changed += tx.run(
            """UPDATE checkins SET area = :area WHERE area IS NOT :area AND id IN
               (SELECT checkin_id FROM imports WHERE person_id = :person AND run_id = :run
                  AND coalesce(project, '') = :project)""",
            person=person_id,
            run=run_id,
            project=project,
            area=area,
        )
    return changed


def _add_checkins(tx: Tx, person_id: int, run_id: int, sessions: Sequence[NewSession], now: datetime) -> None:
    row = tx.one("SELECT checkins FROM people WHERE id = :id", id=person_id)
    assert row is not None
    last_number: int = row[0]
    parts = [(session, position) for session in sessions for position in range(len(session.parts))]
    numbered = list(enumerate(parts, last_number + 1))
    made_at = ms(now)
    tx.many(
        """INSERT INTO checkins (person_id, number, day, minutes, area, learned, source, created_at)
           VALUES (:person, :number, :day, :minutes, :area, :learned, 'import', :now)""",
        (
            {
                "person": person_id,
                "number": number,
                "day": session.parts[position][0].isoformat(),
                "minutes": session.parts[position][1],
                "area": session.area,
                "learned": session.learned,
                "now": made_at,
            }
            for number, (session, position) in numbered
        ),
    )
    rows = tx.all(
        "SELECT number, id FROM checkins WHERE person_id = :id AND number > :last", id=person_id, last=last_number
    )
    ids = dict(map(tuple, rows))
    tx.many(
        """INSERT INTO imports (person_id, key, checkin_id, run_id, day, minutes, project)
           VALUES (:person, :key, :checkin, :run, :day, :minutes, :project)""",
        (
            {
                "person": person_id,
                "key": f"{session.key}+{position}" if position else session.key,
                "checkin": ids[number],
                "run": run_id,
                "day": session.day.isoformat(),
                "minutes": session.minutes,
                "project": session.project,
            }
            for number, (session, position) in numbered
        ),
    )
    search.add_all(
        tx,
        person_id,
        ((ids[number], session.learned) for number, (session, _) in numbered if session.learned),
    )
    tx.run("UPDATE people SET checkins = checkins + :count WHERE id = :id", id=person_id, count=len(numbered))


def _count(tx: Tx, person_id: int, rows: Sequence[Affected], sign: int) -> None:
    """Add (`sign` 1) or take away (-1) check-ins in every total and in their runs."""
    days: dict[str, int] = defaultdict(int)
    areas: dict[str, int] = defaultdict(int)
    runs: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        days[row.day] += sign * row.minutes
        if row.area is not None:
            areas[row.area] += sign * row.minutes
        runs[row.run_id][0] += sign
        runs[row.run_id][1] += sign * row.minutes
    tx.many(
        """INSERT INTO day_totals (person_id, day, minutes, imported) VALUES (:person, :day, 0, :minutes)
           ON CONFLICT (person_id, day) DO UPDATE SET imported = day_totals.imported + excluded.imported""",
        ({"person": person_id, "day": day, "minutes": minutes} for day, minutes in days.items()),
    )
    _add_to_areas(tx, person_id, areas)
    tx.many(
        "UPDATE import_runs SET entries = entries + :entries, minutes = minutes + :minutes WHERE id = :run",
        ({"run": run, "entries": entries, "minutes": minutes} for run, (entries, minutes) in runs.items()),
    )
    tx.run(
        "UPDATE people SET total_minutes = total_minutes + :minutes WHERE id = :id",
        id=person_id,
        minutes=sum(days.values()),
    )


def _add_to_areas(tx: Tx, person_id: int, areas: Mapping[str, int]) -> None:
    tx.many(
        """INSERT INTO area_totals (person_id, area, minutes) VALUES (:person, :area, :minutes)
           ON CONFLICT (person_id, area) DO UPDATE SET minutes = area_totals.minutes + excluded.minutes""",
        ({"person": person_id, "area": area, "minutes": minutes} for area, minutes in areas.items()),
    )


def _replace(tx: Tx, person_id: int, run_id: int, beginning: str, now: datetime) -> None:
    """Undo the stored session whose key begins so, with all its parts; it stays until the run is taken back."""
    is_whole = not beginning.endswith("#")
    keys = [beginning] if is_whole else [f"{beginning}{number}" for number in range(1, MOST_EQUALS + 1)]
    first = tx.one(
        f"""SELECT min(key) FROM imports WHERE person_id = :person AND replaced_by IS NULL AND run_id <> :run
            AND key IN {LISTED}""",
        person=person_id,
        run=run_id,
        ids=listed(keys),
    )
    if first is None or first[0] is None:
        return
    parts = listed([first[0], f"{first[0]}+1"])
    replaced = _list_affected(tx, person_id, f"i.key IN {LISTED}", ALL_ROWS, ids=parts)
    _change_undone(tx, replaced, Change.UNDO, now)
    _count(tx, person_id, replaced, -1)
    search.delete_many(tx, (row.id for row in replaced if row.learned))
    tx.run(
        f"UPDATE imports SET replaced_by = :run WHERE person_id = :person AND key IN {LISTED}",
        run=run_id,
        person=person_id,
        ids=parts,
    )


def _put_replaced_back(tx: Tx, person_id: int, run_id: int, now: datetime) -> None:
    """Count again what a run had replaced."""
    replaced = _list_affected(tx, person_id, "i.replaced_by = :run", ALL_ROWS, run=run_id)
    _change_undone(tx, replaced, Change.PUT_BACK, now)
    _count(tx, person_id, replaced, 1)
    search.add_all(tx, person_id, ((row.id, row.learned) for row in replaced if row.learned))
    tx.run(
        "UPDATE imports SET replaced_by = NULL WHERE person_id = :person AND replaced_by = :run",
        person=person_id,
        run=run_id,
    )


def _list_affected(tx: Tx, person_id: int, condition: str, most: int, **values: object) -> list[Affected]:
    rows = tx.all(
        f"""SELECT c.id, c.day, c.minutes, c.area, c.learned, i.run_id, c.undone_at IS NOT NULL
            FROM imports i JOIN checkins c ON c.id = i.checkin_id
            WHERE i.person_id = :person AND {condition} LIMIT :most""",
        person=person_id,
        most=most,
        **values,
    )
    return [Affected(*row) for row in rows]


def _change_undone(tx: Tx, rows: Iterable[Affected], change: Change, now: datetime) -> None:
    """Undo check-ins or put them back, with a line in their change log."""
    for row in rows:
        tx.run(
            """INSERT INTO checkin_versions (checkin_id, version, change, day, minutes, area, learned, changed_at)
               SELECT :id, coalesce(max(version), 0) + 1, :change, :day, :minutes, :area, :learned, :now
               FROM checkin_versions WHERE checkin_id = :id""",
            id=row.id,
            change=change,
            day=row.day,
            minutes=row.minutes,
            area=row.area,
            learned=row.learned,
            now=ms(now),
        )
        undone = ms(now) if change is Change.UNDO else None
        tx.run("UPDATE checkins SET undone_at = :undone WHERE id = :id", undone=undone, id=row.id)


def _reach_milestones(tx: Tx, person_id: int, sessions: Sequence[NewSession], now: datetime) -> None:
    """Save the milestones of hours that were passed, as known and reached long ago, so that no group is told of them.

    They count from the last imported day on, and from before any week of which results are still to come.
    """
    row = tx.one("SELECT total_minutes FROM people WHERE id = :id", id=person_id)
    assert row is not None
    last_day = max((day for session in sessions for day, _ in session.parts), default=date.min)
    reached_at = min(datetime.combine(last_day, time(), UTC), now - RESULTS_ARE_OUT_AFTER)
    milestones.reach(tx, person_id, reached(0, row[0]), reached_at, is_greeted=True)
