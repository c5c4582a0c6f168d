"""Weeks that close unasked: finding the people for whom one has closed, and judging them again together."""

from datetime import datetime, timedelta

from bot.store import partners, progress
from bot.store.rows import instant, ms
from bot.store.tx import Tx

BATCH = 500
"""People whose weeks close in one transaction: some 35 ms, for which a check-in may have to wait."""


READ_LAG = timedelta(seconds=10)
"""So old may be what others' weeks have become when it is shown."""


def close_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """Judge again the people for whom a week has closed, or begun that they are ahead of; return how many.

    At most `limit` of them, those who wait longest; those on whom another transaction works are left to a later time.
    """
    rows = tx.take(
        "SELECT id FROM people WHERE closes_at <= :now ORDER BY closes_at, id LIMIT :limit",
        "people",
        now=ms(now),
        limit=limit,
    )
    if rows:
        ids = [person_id for (person_id,) in rows]
        progress.save(tx, progress.judge_people(tx, ids, now), now)
        partners.settle(tx, ids)
    return len(rows)


def must_close_first(tx: Tx, person_id: int, now: datetime) -> bool:
    """Return True if what a person is shown needs weeks to be closed first: their own, or others' that wait for long.

    Thousands of weeks close in some seconds, a batch at a time; who reads a board meanwhile waits for none of them.
    """
    sql = "SELECT 1 FROM people WHERE closes_at <= :overdue OR (id = :id AND closes_at <= :now) LIMIT 1"
    return tx.one(sql, id=person_id, now=ms(now), overdue=ms(now - READ_LAG)) is not None


def find_next_closing(tx: Tx) -> datetime | None:
    """Return when anybody is to be judged again, as a week of theirs closes or begins; None where nobody is."""
    row = tx.one("SELECT min(closes_at) FROM people")
    return None if row is None or row[0] is None else instant(row[0])


def are_closed(tx: Tx, now: datetime) -> bool:
    """Return True if nobody's week waits to be closed, not even one that another transaction closes just now."""
    next_at = find_next_closing(tx)
    return next_at is None or next_at > now
