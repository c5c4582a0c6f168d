"""Weeks that close, for many people at once: what judging them needs is read in one statement each, and kept in one.

Thousands of weeks close at one midnight; read one by one they would hold up everybody who checks in meanwhile.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange
from bot.domain.pause import Pause
from bot.domain.streak import Tally
from bot.domain.week import Week
from bot.domain.zones import ZoneChange
from bot.store import people
from bot.store.keeping import keep_all
from bot.store.rows import instant, maybe_week, ms, week
from bot.store.sqlite import LISTED, Tx, listed
from bot.store.standing import Books, Standing, Totals, checkpoint, stand, totals_since

AT_ONCE = 500
"""People of one call unless more are asked for: some 35 ms, and a check-in waits no longer than for these."""

PEOPLE = f"SELECT {people.COLUMNS}, p.closed_week, p.closed_tally, p.closes_at FROM people p"
CLOSED_WEEK, CLOSED_TALLY, CLOSES_AT = 9, 10, 11
"""Columns of PEOPLE beside those of a person."""
GOALS = f"SELECT person_id, minutes, from_week FROM goals WHERE person_id IN {LISTED} ORDER BY id"
ZONES = f"SELECT person_id, zone, closing_from FROM zones WHERE person_id IN {LISTED} ORDER BY id"
PAUSES = f"""SELECT person_id, from_day, until_day FROM pauses WHERE person_id IN {LISTED} AND until_day >= :since
    ORDER BY from_day, id"""
WEEKS = f"SELECT person_id, monday, minutes, counted FROM weeks WHERE person_id IN {LISTED} AND monday >= :since"


def close_due(tx: Tx, now: datetime, limit: int = AT_ONCE) -> int:
    """Judge the people again for whom a week has closed, or begun that they are ahead of; at most `limit`, how many."""
    rows = tx.all(
        f"{PEOPLE} WHERE p.closes_at <= :now ORDER BY p.closes_at, p.id LIMIT :limit", now=ms(now), limit=limit
    )
    if rows:
        keep_all(tx, _stand(tx, rows, now), now)
    return len(rows)


def standings(tx: Tx, person_ids: Sequence[int], now: datetime) -> list[Standing]:
    """Where some people stand at `now`, by id; reads only."""
    return _stand(tx, tx.all(f"{PEOPLE} WHERE p.id IN {LISTED} ORDER BY p.id", ids=listed(person_ids)), now)


def checkpoints(tx: Tx, person_ids: Iterable[int]) -> dict[int, tuple[Week | None, Tally]]:
    """The last closed week of some people, and what stood after it."""
    rows = tx.all(f"SELECT id, closed_week, closed_tally FROM people WHERE id IN {LISTED}", ids=listed(person_ids))
    return {row[0]: checkpoint(row[1], row[2]) for row in rows}


def is_anyone_due(tx: Tx, now: datetime) -> bool:
    """Whether anyone is to be judged again."""
    return tx.one("SELECT 1 FROM people WHERE closes_at <= :now LIMIT 1", now=ms(now)) is not None


def next_closing(tx: Tx) -> datetime | None:
    """When anybody is to be judged again: their next week closes, or begins."""
    row = tx.one("SELECT min(closes_at) FROM people")
    return None if row is None or row[0] is None else instant(row[0])


def _stand(tx: Tx, rows: Sequence[sqlite3.Row], now: datetime) -> list[Standing]:
    """How the people of `rows` stand."""
    books = _books(tx, rows)
    totals = _totals(tx, books, now)
    return [stand(each, totals[each.person.id], now) for each in books]


def _books(tx: Tx, rows: Sequence[sqlite3.Row]) -> list[Books]:
    ids = listed(row[0] for row in rows)
    goals: dict[int, list[GoalChange]] = defaultdict(list)
    zones: dict[int, list[ZoneChange]] = defaultdict(list)
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for row in tx.all(GOALS, ids=ids):
        goals[row[0]].append(GoalChange(Minutes(row[1]), maybe_week(row[2])))
    for row in tx.all(ZONES, ids=ids):
        zones[row[0]].append(ZoneChange(row[1], maybe_week(row[2])))
    since = min((row[CLOSED_WEEK] or "" for row in rows), default="")
    for row in tx.all(PAUSES, ids=ids, since=since):
        pauses[row[0]].append(Pause(date.fromisoformat(row[1]), date.fromisoformat(row[2])))
    return [
        Books(
            people.person_of(row),
            goals[row[0]],
            zones[row[0]],
            pauses[row[0]],
            *checkpoint(row[CLOSED_WEEK], row[CLOSED_TALLY]),
            row[CLOSES_AT],
        )
        for row in rows
    ]


def _totals(tx: Tx, books: list[Books], now: datetime) -> dict[int, Totals]:
    """The totals of each since the week from which they are needed; somebody's older ones do no harm."""
    since = min((each.monday for kept in books if (each := totals_since(kept, now))), default=date.max)
    found: dict[int, Totals] = defaultdict(dict)
    for row in tx.all(WEEKS, ids=listed(each.person.id for each in books), since=since.isoformat()):
        found[row[0]][week(row[1])] = (row[2], row[3])
    return found
