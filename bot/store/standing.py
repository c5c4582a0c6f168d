"""Where a person stands: their weeks judged, and the checkpoint after the last closed one that keeps this cheap.

The streak in the person's row is always the one of now: it changes with what they do, and when a week closes, or one
begins in which they have studied already (`closes_at` says when). Weeks up to the checkpoint never change again.
"""

from datetime import datetime
from typing import NamedTuple

from msgspec import json

from bot.domain.goal import GoalChange, goal_in
from bot.domain.pause import Pause, paused_days
from bot.domain.person import Person
from bot.domain.streak import Judged, State, Tally, WeekFacts, judge
from bot.domain.week import Week
from bot.domain.zones import ZoneChange, closes_at
from bot.store import people
from bot.store.rows import maybe_week, week
from bot.store.sqlite import Tx

_tallies = json.Decoder(Tally)

Totals = dict[Week, tuple[int, int]]
"""Minutes of weeks: valid now, and counted when the week closed."""
NOTHING = (0, 0)

BOOKS = """SELECT z.zone, z.closing_from, p.closed_week, p.closed_tally, p.closes_at,
        EXISTS (SELECT 1 FROM pauses WHERE pauses.person_id = p.id),
        EXISTS (SELECT 1 FROM milestones WHERE milestones.person_id = p.id AND NOT is_greeted)
    FROM people p JOIN zones z ON z.person_id = p.id WHERE p.id = :id ORDER BY z.id"""
"""A row for each zone that the person took, of which there is one at least."""


class Books(NamedTuple):
    """All that judging a person needs beside the totals: histories, and the checkpoint to start from."""

    person: Person
    goals: list[GoalChange]
    zones: list[ZoneChange]
    pauses: list[Pause]
    closed_week: Week | None
    closed: Tally
    next_closing: int | None = None
    """`closes_at` as it stands in the person's row, where that was read."""
    is_greeting_owed: bool = False
    """Whether a milestone waits to be greeted, where that was read."""

    def closes_at(self, of: Week) -> datetime:
        """When a week closes for this person, in UTC."""
        return closes_at(self.zones, of)

    def is_closed(self, of: Week, now: datetime) -> bool:
        """Whether a week's state is final at `now`."""
        return (self.closed_week is not None and of <= self.closed_week) or now >= self.closes_at(of)

    def goal(self, of: Week) -> int:
        """The goal in force in a week, in minutes."""
        return goal_in(self.goals, of)


class Standing(NamedTuple):
    """Where a person stands at an instant: the current week, the weeks since the checkpoint, and the tally of now.

    `is_ahead` says that time is logged for a week that has not begun where they are now: they have moved west.
    """

    books: Books
    weeks: list[Judged]
    tally: Tally
    current: Week
    minutes: int
    is_ahead: bool = False

    @property
    def goal(self) -> int:
        """This week's goal in minutes."""
        return self.books.goal(self.current)

    @property
    def missing(self) -> int:
        """Minutes still to go this week."""
        return max(0, self.goal - self.minutes)

    @property
    def certain_streak(self) -> int:
        """The streak that no week still open can take away: what comes after an open one is provisional."""
        streak = self.books.closed.streak
        for judged in self.weeks:
            if judged.state is State.OPEN:
                break
            streak = judged.tally.streak
        return streak

    def judged(self, of: Week) -> Judged | None:
        """One of the weeks since the checkpoint."""
        return next((judged for judged in self.weeks if judged.week == of), None)


def books(tx: Tx, person: Person, *, from_start: bool = False) -> Books:
    """The books of a person; `from_start` leaves the checkpoint aside."""
    rows = tx.all(BOOKS, id=person.id)
    row = rows[0]
    closed_week, closed = (None, Tally()) if from_start else checkpoint(row[2], row[3])
    since = closed_week.monday if closed_week else None
    return Books(
        person,
        people.goals(tx, person.id),
        [ZoneChange(each[0], maybe_week(each[1])) for each in rows],
        people.pauses(tx, person.id, since) if row[5] else [],
        closed_week,
        closed,
        row[4],
        bool(row[6]),
    )


def checkpoint(closed_week: str | None, closed_tally: str | None) -> tuple[Week | None, Tally]:
    """The last closed week and what stood after it, from a person's row."""
    return maybe_week(closed_week), _tally(closed_tally) if closed_week and closed_tally else Tally()


def _tally(kept: str) -> Tally:
    """It is kept as a list; at first it was kept by names, and of who has long been away it still is."""
    return _tallies.decode(kept) if kept.startswith("[") else Tally(**json.decode(kept))


def standing(tx: Tx, person: Person, now: datetime) -> Standing:
    """Where `person` stands at `now`; reads only."""
    return standing_by(tx, books(tx, person), now)


def standing_by(tx: Tx, kept: Books, now: datetime) -> Standing:
    """Where somebody stands by books that are at hand."""
    since = totals_since(kept, now)
    return stand(kept, _totals(tx, kept.person.id, since) if since else {}, now)


def totals_since(kept: Books, now: datetime) -> Week | None:
    """The first week whose totals are needed to judge from the checkpoint on; None before the first check-in."""
    first = kept.closed_week.plus(1) if kept.closed_week else kept.person.first_week
    return min(first, Week.of(kept.person.today(now))) if first else None


def stand(kept: Books, totals: Totals, now: datetime) -> Standing:
    """Judge by books and totals that are at hand."""
    person = kept.person
    current = Week.of(person.today(now))
    weeks = judge(_facts(kept, totals, kept.closed_week, current, now), kept.closed)
    tally = weeks[-1].tally if weeks else kept.closed
    is_ahead = bool(totals) and max(totals) > current
    return Standing(kept, weeks, tally, current, totals.get(current, NOTHING)[0], is_ahead)


def history(tx: Tx, person: Person, now: datetime) -> list[Judged]:
    """Every week from the first to the current one, judged from the start."""
    kept = books(tx, person, from_start=True)
    if person.first_week is None:
        return []
    totals = _totals(tx, person.id, person.first_week)
    return judge(_facts(kept, totals, None, Week.of(person.today(now)), now))


def _totals(tx: Tx, person_id: int, since: Week) -> Totals:
    rows = tx.all(
        "SELECT monday, minutes, counted FROM weeks WHERE person_id = :id AND monday >= :since",
        id=person_id,
        since=since.monday.isoformat(),
    )
    return {week(row[0]): (row[1], row[2]) for row in rows}


def _facts(kept: Books, totals: Totals, after: Week | None, current: Week, now: datetime) -> list[WeekFacts]:
    first = kept.person.first_week
    if first is None:
        return []
    start = after.plus(1) if after else first
    goals, zones, pauses = kept.goals, kept.zones, kept.pauses
    return [
        WeekFacts(
            of,
            goal_in(goals, of),
            *totals.get(of, NOTHING),
            paused_days(pauses, of) if pauses else 0,
            now >= closes_at(zones, of),
            of == first,
        )
        for of in start.until(current)
    ]
