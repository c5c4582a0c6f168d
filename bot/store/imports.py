"""Imported history: it counts as hours, by day, area and in all, and never for a week, a streak or a board.

What has been brought in is known by its key, so the same file twice changes nothing.
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

UNTOLD = timedelta(weeks=3)
"""So long ago is no week of which results are still to come, wherever they were moved to."""


def sort_out(tx: Tx, person_id: int | None, brought: Iterable[ImportedEntry]) -> ImportOutcome:
    """What keeping these entries would come to, for someone who is not known yet too; reads only."""
    known = {row[0] for row in tx.all("SELECT key FROM imports WHERE person_id = :id", id=person_id)}
    totals: dict[date, int] = defaultdict(int, _day_totals(tx, person_id))
    kept: list[ImportedEntry] = []
    bad: list[BadRow] = []
    count = 0
    for each in brought:
        entry = each.entry
        if each.key in known:
            count += 1
        elif totals[entry.day] + entry.minutes > DAY_LIMIT:
            bad.append(BadRow(each.number, f"with it {entry.day} would pass 24 hours"))
        else:
            totals[entry.day] += entry.minutes
            kept.append(each)
    return ImportOutcome(kept, count, bad)


def keep(tx: Tx, person: Person, brought: Iterable[ImportedEntry], now: datetime) -> ImportOutcome:
    """Keep the entries that are new, with the totals that count hours; what it came to."""
    done = sort_out(tx, person.id, brought)
    if done.added:
        _add_checkins(tx, person.id, done.added, now)
        _count(tx, person.id, done.added)
        _pass_marks(tx, person.id, done.added, now)
    return done


def _day_totals(tx: Tx, person_id: int | None) -> dict[date, int]:
    rows = tx.all("SELECT day, minutes + imported FROM day_totals WHERE person_id = :id", id=person_id)
    return {date.fromisoformat(row[0]): row[1] for row in rows}


def _add_checkins(tx: Tx, person_id: int, kept: list[ImportedEntry], now: datetime) -> None:
    row = tx.one("SELECT checkins FROM people WHERE id = :id", id=person_id)
    assert row is not None
    numbered = list(enumerate(kept, row[0] + 1))
    tx.many(
        """INSERT INTO checkins (person_id, number, day, minutes, area, learned, source, created_at)
           VALUES (:person, :number, :day, :minutes, :area, :learned, :source, :now)""",
        (
            {
                "person": person_id,
                "number": number,
                "day": each.entry.day.isoformat(),
                "minutes": each.entry.minutes,
                "area": each.entry.area,
                "learned": each.entry.learned,
                "source": Source.IMPORT,
                "now": ms(now),
            }
            for number, each in numbered
        ),
    )
    rows = tx.all("SELECT number, id FROM checkins WHERE person_id = :id AND number > :last", id=person_id, last=row[0])
    ids = dict(map(tuple, rows))
    tx.many(
        "INSERT INTO imports (person_id, key, checkin_id) VALUES (:person, :key, :checkin)",
        ({"person": person_id, "key": each.key, "checkin": ids[number]} for number, each in numbered),
    )
    noted = ((ids[number], each.entry.learned) for number, each in numbered)
    search.insert_all(tx, person_id, ((row, learned) for row, learned in noted if learned))


def _count(tx: Tx, person_id: int, kept: list[ImportedEntry]) -> None:
    days: dict[str, int] = defaultdict(int)
    areas: dict[str, int] = defaultdict(int)
    for each in kept:
        days[each.entry.day.isoformat()] += each.entry.minutes
        if each.entry.area is not None:
            areas[each.entry.area] += each.entry.minutes
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
        count=len(kept),
        minutes=sum(days.values()),
    )


def _pass_marks(tx: Tx, person_id: int, kept: list[ImportedEntry], now: datetime) -> None:
    """Marks of hours that history alone has passed are known from its last day on, and from before any week of which
    results are still to come, so that no group is told of them.
    """
    row = tx.one("SELECT total_minutes FROM people WHERE id = :id", id=person_id)
    assert row is not None
    last = max(each.entry.day for each in kept)
    since = min(datetime.combine(last, time(), UTC), now - UNTOLD)
    milestones.reach(tx, person_id, reached(0, row[0]), since, is_greeted=True)
