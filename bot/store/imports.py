"""Imported history: it counts as hours, by day, area and in all, and never for a week, a streak or a board.

What has been imported is known by its key, so the same file twice changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.checkin import Source
from bot.domain.duration import DAY_LIMIT
from bot.domain.milestone import reached
from bot.domain.person import Person
from bot.domain.timesheet.choice import ImportedEntry
from bot.domain.timesheet.outcome import ImportOutcome
from bot.domain.timesheet.sheet import BadRow
from bot.store import milestones, search
from bot.store.rows import ms
from bot.store.sqlite import Tx

RESULTS_ARE_OUT_AFTER = timedelta(weeks=3)
"""No week that ended so long ago has results still to come, wherever they were moved to."""


def sort_out(tx: Tx, person_id: int | None, entries: Iterable[ImportedEntry]) -> ImportOutcome:
    """Return what saving these entries would come to, for someone who is not known yet too; reads only."""
    stored_keys = {row[0] for row in tx.all("SELECT key FROM imports WHERE person_id = :id", id=person_id)}
    totals: dict[date, int] = defaultdict(int, _day_totals(tx, person_id))
    added: list[ImportedEntry] = []
    bad: list[BadRow] = []
    known = 0
    for imported in entries:
        entry = imported.entry
        if imported.key in stored_keys:
            known += 1
        elif totals[entry.day] + entry.minutes > DAY_LIMIT:
            bad.append(BadRow(imported.number, f"with it {entry.day} would pass 24 hours"))
        else:
            totals[entry.day] += entry.minutes
            added.append(imported)
    return ImportOutcome(added, known, bad)


def save(tx: Tx, person: Person, entries: Iterable[ImportedEntry], now: datetime) -> ImportOutcome:
    """Save the entries that are new, with the totals that count hours, and return what it came to."""
    outcome = sort_out(tx, person.id, entries)
    if outcome.added:
        _add_checkins(tx, person.id, outcome.added, now)
        _add_to_totals(tx, person.id, outcome.added)
        _reach_milestones(tx, person.id, outcome.added, now)
    return outcome


def _day_totals(tx: Tx, person_id: int | None) -> dict[date, int]:
    rows = tx.all("SELECT day, minutes + imported FROM day_totals WHERE person_id = :id", id=person_id)
    return {date.fromisoformat(day): minutes for day, minutes in rows}


def _add_checkins(tx: Tx, person_id: int, entries: list[ImportedEntry], now: datetime) -> None:
    row = tx.one("SELECT checkins FROM people WHERE id = :id", id=person_id)
    assert row is not None
    last_number: int = row[0]
    numbered = list(enumerate(entries, last_number + 1))
    tx.many(
        """INSERT INTO checkins (person_id, number, day, minutes, area, learned, source, created_at)
           VALUES (:person, :number, :day, :minutes, :area, :learned, :source, :now)""",
        (
            {
                "person": person_id,
                "number": number,
                "day": imported.entry.day.isoformat(),
                "minutes": imported.entry.minutes,
                "area": imported.entry.area,
                "learned": imported.entry.learned,
                "source": Source.IMPORT,
                "now": ms(now),
            }
            for number, imported in numbered
        ),
    )
    rows = tx.all(
        "SELECT number, id FROM checkins WHERE person_id = :id AND number > :last", id=person_id, last=last_number
    )
    ids = dict(map(tuple, rows))
    tx.many(
        "INSERT INTO imports (person_id, key, checkin_id) VALUES (:person, :key, :checkin)",
        ({"person": person_id, "key": imported.key, "checkin": ids[number]} for number, imported in numbered),
    )
    notes = ((ids[number], imported.entry.learned) for number, imported in numbered)
    search.add_all(tx, person_id, ((row, learned) for row, learned in notes if learned))


def _add_to_totals(tx: Tx, person_id: int, entries: list[ImportedEntry]) -> None:
    days: dict[str, int] = defaultdict(int)
    areas: dict[str, int] = defaultdict(int)
    for imported in entries:
        days[imported.entry.day.isoformat()] += imported.entry.minutes
        if imported.entry.area is not None:
            areas[imported.entry.area] += imported.entry.minutes
    tx.many(
        """INSERT INTO day_totals (person_id, day, minutes, imported) VALUES (:person, :day, 0, :minutes)
           ON CONFLICT (person_id, day) DO UPDATE SET imported = day_totals.imported + excluded.imported""",
        ({"person": person_id, "day": day, "minutes": minutes} for day, minutes in days.items()),
    )
    tx.many(
        """INSERT INTO area_totals (person_id, area, minutes) VALUES (:person, :area, :minutes)
           ON CONFLICT (person_id, area) DO UPDATE SET minutes = area_totals.minutes + excluded.minutes""",
        ({"person": person_id, "area": area, "minutes": minutes} for area, minutes in areas.items()),
    )
    tx.run(
        "UPDATE people SET checkins = checkins + :count, total_minutes = total_minutes + :minutes WHERE id = :id",
        id=person_id,
        count=len(entries),
        minutes=sum(days.values()),
    )


def _reach_milestones(tx: Tx, person_id: int, entries: list[ImportedEntry], now: datetime) -> None:
    """Save the milestones of hours that were passed, as known and reached long ago, so that no group is told of them.

    They count from the last imported day on, and from before any week of which results are still to come.
    """
    row = tx.one("SELECT total_minutes FROM people WHERE id = :id", id=person_id)
    assert row is not None
    last_day = max(imported.entry.day for imported in entries)
    reached_at = min(datetime.combine(last_day, time(), UTC), now - RESULTS_ARE_OUT_AFTER)
    milestones.reach(tx, person_id, reached(0, row[0]), reached_at, is_greeted=True)
