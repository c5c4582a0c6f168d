"""Weeks that close unasked: finding the people for whom one has closed, and judging them again together."""

from datetime import datetime

from bot.store import progress
from bot.store.rows import instant, ms
from bot.store.sqlite import Tx

BATCH = 500
"""People whose weeks close in one transaction: some 35 ms, for which a check-in may have to wait."""


def close_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """Judge again the people for whom a week has closed, or begun that they are ahead of; return how many.

    At most `limit` of them, those who wait longest.
    """
    rows = tx.all(
        "SELECT id FROM people WHERE closes_at <= :now ORDER BY closes_at, id LIMIT :limit", now=ms(now), limit=limit
    )
    if rows:
        progress.save(tx, progress.judge_people(tx, [person_id for (person_id,) in rows], now), now)
    return len(rows)


def is_anyone_due(tx: Tx, now: datetime) -> bool:
    """Return True if anyone is to be judged again."""
    return tx.one("SELECT 1 FROM people WHERE closes_at <= :now LIMIT 1", now=ms(now)) is not None


def find_next_closing(tx: Tx) -> datetime | None:
    """Return when anybody is to be judged again, as a week of theirs closes or begins; None where nobody is."""
    row = tx.one("SELECT min(closes_at) FROM people")
    return None if row is None or row[0] is None else instant(row[0])
