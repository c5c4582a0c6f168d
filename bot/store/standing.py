"""Where a person stands: their weeks judged, and the checkpoint after the last closed one that keeps this cheap.

The streak in the person's row is always the one of now: it changes with what they do, and when a week closes
(`closes_at` says when the next one does). Weeks up to the checkpoint never change again.
"""

from dataclasses import dataclass
from datetime import datetime

from msgspec import json

from bot.domain.goal import GoalChange, goal_in
from bot.domain.pause import Pause, paused_days
from bot.domain.person import Person
from bot.domain.streak import Judged, State, Tally, WeekFacts, judge, last_closed
from bot.domain.week import Week
from bot.domain.zones import ZoneChange, closing_zone
from bot.store import people
from bot.store.rows import instant, maybe_week, monday, ms, week
from bot.store.sqlite import Tx

_tallies = json.Decoder(Tally)


@dataclass(frozen=True, slots=True)
class Books:
    """All that judging a person needs beside the totals: histories, and the checkpoint to start from."""

    person: Person
    goals: list[GoalChange]
    zones: list[ZoneChange]
    pauses: list[Pause]
    closed_week: Week | None
    closed: Tally

    def closes_at(self, of: Week) -> datetime:
        """When a week closes for this person, in UTC."""
        return of.closes_at(closing_zone(self.zones, of))

    def is_closed(self, of: Week, now: datetime) -> bool:
        """Whether a week's state is final at `now`."""
        return (self.closed_week is not None and of <= self.closed_week) or now >= self.closes_at(of)

    def goal(self, of: Week) -> int:
        """The goal in force in a week, in minutes."""
        return goal_in(self.goals, of)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands at an instant: the current week, the weeks since the checkpoint, and the tally of now."""

    books: Books
    weeks: list[Judged]
    tally: Tally
    current: Week
    minutes: int

    @property
    def goal(self) -> int:
        """This week's goal in minutes."""
        return self.books.goal(self.current)

    @property
    def missing(self) -> int:
        """Minutes still to go this week."""
        return max(0, self.goal - self.minutes)

    def judged(self, of: Week) -> Judged | None:
        """One of the weeks since the checkpoint."""
        return next((judged for judged in self.weeks if judged.week == of), None)


def books(tx: Tx, person: Person, *, from_start: bool = False) -> Books:
    """The books of a person; `from_start` leaves the checkpoint aside."""
    row = tx.one("SELECT closed_week, closed_tally FROM people WHERE id = :id", id=person.id)
    closed_week = maybe_week(row[0]) if row and not from_start else None
    closed = _tallies.decode(row[1]) if row and closed_week else Tally()
    since = closed_week.monday if closed_week else None
    return Books(
        person,
        people.goals(tx, person.id),
        people.zones(tx, person.id),
        people.pauses(tx, person.id, since),
        closed_week,
        closed,
    )


def standing(tx: Tx, person: Person, now: datetime) -> Standing:
    """Where `person` stands at `now`; reads only."""
    return _stand(tx, books(tx, person), now)


def _stand(tx: Tx, kept: Books, now: datetime) -> Standing:
    person = kept.person
    current = Week.of(person.today(now))
    start = kept.closed_week.plus(-1) if kept.closed_week else person.first_week
    totals = _totals(tx, person.id, start) if start else {}
    weeks = judge(_facts(kept, totals, kept.closed_week, current, now), kept.closed)
    tally = weeks[-1].tally if weeks else kept.closed
    return Standing(kept, weeks, tally, current, totals.get(current, (0, 0))[0])


def history(tx: Tx, person: Person, now: datetime) -> list[Judged]:
    """Every week from the first to the current one, judged from the start."""
    kept = books(tx, person, from_start=True)
    if person.first_week is None:
        return []
    totals = _totals(tx, person.id, person.first_week)
    return judge(_facts(kept, totals, None, Week.of(person.today(now)), now))


def refresh(tx: Tx, person: Person, now: datetime) -> Standing:
    """Judge a person again after a change, and keep the result."""
    return keep(tx, books(tx, person), now)


def keep(tx: Tx, kept: Books, now: datetime) -> Standing:
    """Judge by books that are at hand, and keep the result: the checkpoint moves over weeks that have closed."""
    person = kept.person
    found = _stand(tx, kept, now)
    last = last_closed(found.weeks)
    closed_week = last.week if last else found.books.closed_week
    closed = last.tally if last else found.books.closed
    _keep_freezes(tx, person.id, found, closed_week)
    following = closed_week.plus(1) if closed_week else person.first_week
    tx.run(
        """UPDATE people SET closed_week = :week, closed_tally = :closed, streak = :streak, recent = :recent,
                  kept = :kept, closes_at = :closes_at WHERE id = :id""",
        id=person.id,
        week=monday(closed_week),
        closed=json.encode(closed).decode() if closed_week else None,
        streak=found.tally.streak,
        recent=found.tally.recent,
        kept=found.tally.kept,
        closes_at=ms(found.books.closes_at(following)) if following else None,
    )
    return found


def _keep_freezes(tx: Tx, person_id: int, found: Standing, closed_week: Week | None) -> None:
    spent = [j.week for j in found.weeks if j.state is State.FROZEN and closed_week and j.week <= closed_week]
    for each in spent:
        tx.run(
            "INSERT INTO freezes (person_id, week) VALUES (:id, :week) ON CONFLICT DO NOTHING",
            id=person_id,
            week=monday(each),
        )


def due_to_close(tx: Tx, now: datetime, limit: int) -> list[Person]:
    """People of whom a week has closed since they were judged last, at most `limit`."""
    rows = tx.all(
        f"SELECT {people.COLUMNS} FROM people p WHERE p.closes_at <= :now ORDER BY p.closes_at LIMIT :limit",
        now=ms(now),
        limit=limit,
    )
    return [people.person_of(row) for row in rows]


def is_anyone_due(tx: Tx, now: datetime) -> bool:
    """Whether a week has closed for anyone since they were judged last."""
    return tx.one("SELECT 1 FROM people WHERE closes_at <= :now LIMIT 1", now=ms(now)) is not None


def close_due(tx: Tx, now: datetime, limit: int = 500) -> int:
    """Judge the people again for whom a week has closed, at most `limit`; how many they were."""
    due = due_to_close(tx, now, limit)
    for person in due:
        refresh(tx, person, now)
    return len(due)


def next_closing(tx: Tx) -> datetime | None:
    """When the next week of anybody closes."""
    row = tx.one("SELECT min(closes_at) FROM people")
    return None if row is None or row[0] is None else instant(row[0])


def _totals(tx: Tx, person_id: int, since: Week) -> dict[Week, tuple[int, int]]:
    rows = tx.all(
        "SELECT monday, minutes, counted FROM weeks WHERE person_id = :id AND monday >= :since",
        id=person_id,
        since=since.monday.isoformat(),
    )
    return {week(row[0]): (row[1], row[2]) for row in rows}


def _facts(
    kept: Books, totals: dict[Week, tuple[int, int]], after: Week | None, current: Week, now: datetime
) -> list[WeekFacts]:
    first = kept.person.first_week
    if first is None:
        return []
    start = after.plus(1) if after else first
    return [_fact(kept, totals, each, now) for each in start.until(current)]


def _fact(kept: Books, totals: dict[Week, tuple[int, int]], of: Week, now: datetime) -> WeekFacts:
    minutes, counted = totals.get(of, (0, 0))
    return WeekFacts(
        week=of,
        goal=kept.goal(of),
        minutes=minutes,
        counted=counted,
        paused_days=paused_days(kept.pauses, of) if kept.pauses else 0,
        is_closed=kept.is_closed(of, now),
        is_first=of == kept.person.first_week,
    )
