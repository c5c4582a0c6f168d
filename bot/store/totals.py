"""Totals of a person that every check-in adds to: by day and by area, for cards and pictures."""

from datetime import date

from bot.domain.coverage import AreaTime
from bot.domain.day_total import DayTotal
from bot.domain.person import Person
from bot.domain.week import DAYS_A_WEEK, EPOCH_MONDAY, Week
from bot.store.rows import monday
from bot.store.tx import Row, Tx


def list_days(tx: Tx, person_id: int, first: date, last: date) -> dict[date, DayTotal]:
    """Return the days with any time from `first` to `last`, both included."""
    rows = tx.all(
        """SELECT day, minutes, imported FROM day_totals
           WHERE person_id = :id AND day >= :first AND day <= :last AND (minutes > 0 OR imported > 0)""",
        id=person_id,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return {date.fromisoformat(day): DayTotal(minutes, imported) for day, minutes, imported in rows}


def sum_day(tx: Tx, person_id: int, day: date) -> int:
    """Return the minutes of one local day, imported ones included."""
    row = tx.one(
        "SELECT minutes + imported FROM day_totals WHERE person_id = :person AND day = :day",
        person=person_id,
        day=day.isoformat(),
    )
    return 0 if row is None else int(row[0])


def sum_by_area(tx: Tx, person_id: int) -> list[AreaTime]:
    """Return minutes and last day by area, the largest first; areas without any time are left out.

    The last day is looked up from the end of an index, so that five years of check-ins cost what one does.
    """
    rows = tx.all(
        """SELECT area, minutes, (SELECT day FROM checkins c
               WHERE c.person_id = a.person_id AND c.area = a.area AND c.undone_at IS NULL
               ORDER BY day DESC LIMIT 1)
           FROM area_totals a WHERE person_id = :id AND minutes > 0 ORDER BY minutes DESC, area""",
        id=person_id,
    )
    return [AreaTime(area, minutes, date.fromisoformat(last) if last else None) for area, minutes, last in rows]


def sum_by_week(tx: Tx, person: Person, last: Week) -> list[int]:
    """Return the minutes of every week from the oldest with any to `last`, without gaps; imported ones count.

    A stored week holds what was logged in it; only what lies before the person's first week, and what was imported,
    is added from the totals a day. What a change of zone has left in a later week counts in `last`.
    """
    minutes_of = dict(map(tuple, tx.all("SELECT number, minutes FROM weeks WHERE person_id = :id", id=person.id)))
    for day, minutes in _beside_weeks(tx, person):
        number = (date.fromisoformat(day) - EPOCH_MONDAY).days // DAYS_A_WEEK
        minutes_of[number] = minutes_of.get(number, 0) + minutes
    end = last.number
    late = sum(minutes_of.pop(number) for number in [number for number in minutes_of if number > end])
    if late:
        minutes_of[end] = minutes_of.get(end, 0) + late
    oldest = min((number for number, minutes in minutes_of.items() if minutes > 0), default=end + 1)
    return [minutes_of.get(number, 0) for number in range(oldest, end + 1)]


def _beside_weeks(tx: Tx, person: Person) -> list[Row]:
    """Return day and minutes of what no stored week holds: imports, and what lies before the first week."""
    return tx.all(
        """SELECT day, CASE WHEN day < :first THEN minutes + imported ELSE imported END FROM day_totals
           WHERE person_id = :id AND (imported > 0 OR day < :first)""",
        id=person.id,
        first=monday(person.first_week) or "9999-12-31",
    )
