"""Totals of a person that are kept with every check-in: by day and by area, for cards and pictures."""

from dataclasses import dataclass
from datetime import date

from bot.store.sqlite import Tx


@dataclass(frozen=True, slots=True)
class Day:
    """Minutes of one local day: logged here, and imported."""

    minutes: int
    imported: int

    @property
    def total(self) -> int:
        """All of it, as hours count it."""
        return self.minutes + self.imported


def days(tx: Tx, person_id: int, first: date, last: date) -> dict[date, Day]:
    """The days with any time from `first` to `last`, both included."""
    rows = tx.all(
        """SELECT day, minutes, imported FROM day_totals
           WHERE person_id = :id AND day >= :first AND day <= :last AND (minutes > 0 OR imported > 0)""",
        id=person_id,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return {date.fromisoformat(row[0]): Day(row[1], row[2]) for row in rows}


def by_area(tx: Tx, person_id: int) -> list[tuple[str, int]]:
    """Area and minutes, the largest first; areas without any time are left out."""
    rows = tx.all(
        "SELECT area, minutes FROM area_totals WHERE person_id = :id AND minutes > 0 ORDER BY minutes DESC, area",
        id=person_id,
    )
    return [(row[0], row[1]) for row in rows]
