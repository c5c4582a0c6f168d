"""Where a person stands: their weeks judged, and the checkpoint after the last closed one that keeps this cheap.

The streak in the person's row is always the one of now: it changes with what they do, and when a week closes, or one
begins in which they have studied already (`closes_at` says when). Weeks up to the checkpoint never change again.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from msgspec import json

from bot.domain.goal import GoalChange, goal_in
from bot.domain.milestone import STREAKS, reached
from bot.domain.pause import Pause, paused_days
from bot.domain.person import Person
from bot.domain.streak import Judged, State, Tally, WeekFacts, judge, last_closed
from bot.domain.week import Week, first_instant
from bot.domain.zones import ZoneChange, closes_at
from bot.store import people, personal
from bot.store.rows import Row, maybe_week, monday, ms, week
from bot.store.sqlite import Tx

_tallies = json.Decoder(Tally)

Totals = dict[Week, tuple[int, int]]
"""Minutes of weeks: valid now, and counted when the week closed."""
NOTHING = (0, 0)

KEEP = """UPDATE people SET closed_week = :week, closed_tally = :closed, streak = :streak, recent = :recent,
    kept = :kept, closes_at = :closes_at WHERE id = :id"""
KEEP_ADDED = """UPDATE people SET checkins = checkins + 1, last_checkin_at = :last, first_week = :first,
    total_minutes = :total, closed_week = :week, closed_tally = :closed, streak = :streak, recent = :recent,
    kept = :kept WHERE id = :id"""
KEEP_ADDED_AND_CLOSING = KEEP_ADDED.replace("kept = :kept", "kept = :kept, closes_at = :closes_at")
"""The index by `closes_at` is written only where that has changed: once a week."""
BOOKS = """SELECT z.zone, z.closing_from, p.closed_week, p.closed_tally, p.closes_at,
        EXISTS (SELECT 1 FROM pauses WHERE pauses.person_id = p.id)
    FROM people p JOIN zones z ON z.person_id = p.id WHERE p.id = :id ORDER BY z.id"""
"""A row for each zone that the person took, of which there is one at least."""
SPEND = "INSERT INTO freezes (person_id, week) VALUES (:id, :week) ON CONFLICT DO NOTHING"


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
    )


def checkpoint(closed_week: str | None, closed_tally: str | None) -> tuple[Week | None, Tally]:
    """The last closed week and what stood after it, from a person's row."""
    return maybe_week(closed_week), _tally(closed_tally) if closed_week and closed_tally else Tally()


def _tally(kept: str) -> Tally:
    """It is kept as a list; at first it was kept by names, and of who has long been away it still is."""
    return _tallies.decode(kept) if kept.startswith("[") else Tally(**json.decode(kept))


def standing(tx: Tx, person: Person, now: datetime) -> Standing:
    """Where `person` stands at `now`; reads only."""
    return _stand(tx, books(tx, person), now)


def _stand(tx: Tx, kept: Books, now: datetime) -> Standing:
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


def refresh(tx: Tx, person: Person, now: datetime) -> Standing:
    """Judge a person again after a change, and keep the result."""
    return keep(tx, books(tx, person), now)


def keep(tx: Tx, kept: Books, now: datetime) -> Standing:
    """Judge by books that are at hand, and keep the result: the checkpoint moves over weeks that have closed."""
    found = _stand(tx, kept, now)
    keep_all(tx, [found], now)
    return found


def keep_added(tx: Tx, kept: Books, now: datetime) -> Standing:
    """The same after `checkins.add`, whose books they are: what it leaves to the person's row is written, too."""
    found, person = _stand(tx, kept, now), kept.person
    assert person.last_checkin_at is not None
    row, spent = _kept(found)
    tx.run(
        KEEP_ADDED if row["closes_at"] == kept.next_closing else KEEP_ADDED_AND_CLOSING,
        **row,
        last=ms(person.last_checkin_at),
        first=monday(person.first_week),
        total=person.total_minutes,
    )
    if spent:
        tx.many(SPEND, spent)
    return found


def keep_all(tx: Tx, found: Iterable[Standing], now: datetime) -> None:
    """Keep how people stand, with the freezes that closed weeks have spent and the milestones that became certain."""
    rows, spent = [], []
    for each in found:
        row, freezes = _kept(each)
        rows.append(row)
        spent += freezes
        _reach(tx, each, now)
    tx.many(KEEP, rows)
    if spent:
        tx.many(SPEND, spent)


def _reach(tx: Tx, found: Standing, now: datetime) -> None:
    """Where a milestone of the streak has become certain by a closing, nobody is there to be greeted for it yet."""
    streak = found.certain_streak
    if any(found.books.closed.streak < mark <= streak for mark in STREAKS):
        personal.reach(tx, found.books.person.id, reached(streak, 0), now, is_greeted=False)


def _kept(found: Standing) -> tuple[Row, list[Row]]:
    """What stands in the person's row, and the freezes spent; the checkpoint moves over weeks that have closed."""
    books, person = found.books, found.books.person
    last = last_closed(found.weeks)
    closed_week, closed = (last.week, last.tally) if last else (books.closed_week, books.closed)
    following = closed_week.plus(1) if closed_week else person.first_week
    row: Row = {
        "id": person.id,
        "week": monday(closed_week),
        "closed": json.encode(closed).decode() if closed_week else None,
        "streak": found.tally.streak,
        "recent": found.tally.recent,
        "kept": found.tally.kept,
        "closes_at": ms(_judged_at(found, following)) if following else None,
    }
    spent: list[Row] = [
        {"id": person.id, "week": monday(judged.week)}
        for judged in found.weeks
        if judged.state is State.FROZEN and closed_week and judged.week <= closed_week
    ]
    return row, spent


def _judged_at(found: Standing, following: Week) -> datetime:
    """When to judge again unasked: when the next week closes, or one begins that was studied in already."""
    closing = closes_at(found.books.zones, following)
    if not found.is_ahead:
        return closing
    return min(closing, first_instant(found.current.plus(1).monday, found.books.person.zone))


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
