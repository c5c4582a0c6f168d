"""Queries of `tenhours check` and the metrics: the database is opened to be read, and left as it was."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from bot.errors import Misconfigured, NotSaved
from bot.location import Location
from bot.store.outbox import PERHAPS_TWICE, WAITING, PostState
from bot.store.rows import instant, maybe_instant, ms
from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx

NO_FAULT = "ok"
UNREADABLE = (sqlite3.Error, NotSaved, Misconfigured)
"""Errors of a database that cannot be read: SQLite's own for a file, ours for a server."""

NEWEST = (
    "SELECT max(made_at) FROM requests",
    "SELECT max(settled_at) FROM outbox WHERE settled_at IS NOT NULL",
    "SELECT max(skipped_at) FROM skipped",
    "SELECT max(kept_at) FROM memory",
    "SELECT created_at FROM checkins ORDER BY id DESC LIMIT 1",
)


class Backlog(Struct, frozen=True):
    """Posts that are due and neither sent nor dropped: how many, and since when the oldest waits."""

    posts: int
    oldest: datetime | None


@contextmanager
def open_to_read(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file to read it. Raises `sqlite3.Error` where it is none, or cannot be opened.

    It is opened as a writer would, so that SQLite takes away the files beside it at the end, where nobody else has it
    open.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=1)) as connection:
        connection.execute("PRAGMA query_only = 1")
        yield connection


@contextmanager
def open_snapshot(location: Location) -> Iterator[Tx]:
    """Yield a transaction that reads one snapshot of a database. Raises one of `UNREADABLE`."""
    if isinstance(location, Path):
        with open_to_read(location) as connection:
            connection.execute("BEGIN")
            yield SqliteTx(connection)
        return
    from bot.store.postgres import open_snapshot  # noqa: PLC0415 - its driver is an extra, and loads slowly

    with open_snapshot(location) as tx:
        yield tx


def find_faults(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong in the whole file, however long that takes; [] where nothing is."""
    faults = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
    return [] if faults == [NO_FAULT] else faults


def list_tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables that have pages of their own."""
    return [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage")]


def find_fault(connection: sqlite3.Connection, table: str) -> str | None:
    """Return the first fault on the pages of a table and its indexes; None where there is none."""
    fault: str = connection.execute(f"PRAGMA quick_check('{table}')").fetchone()[0]
    return None if fault == NO_FAULT else fault.splitlines()[-1]


def find_newest_instant(tx: Tx) -> datetime | None:
    """Return the newest instant at which anything was written; None in an empty database."""
    rows = [tx.one(sql) for sql in NEWEST]
    instants = [row[0] for row in rows if row is not None and row[0] is not None]
    return instant(max(instants)) if instants else None


def count_awake_groups(tx: Tx) -> dict[str, int]:
    """Return by platform how many groups are posted to."""
    return dict(map(tuple, tx.all("SELECT platform, count(*) FROM groups WHERE asleep IS NULL GROUP BY 1")))


def list_sleeping_groups(tx: Tx, limit: int = 5) -> list[tuple[str, str, str]]:
    """Return platform, name and reason of groups to which nothing is posted."""
    rows = tx.all(
        "SELECT platform, name, asleep FROM groups WHERE asleep IS NOT NULL AND ended_at IS NULL ORDER BY id LIMIT :n",
        n=limit,
    )
    return [(platform, name, reason) for platform, name, reason in rows]


def list_moments(tx: Tx) -> list[str]:
    """Return every weekday and time that a schedule names."""
    return [row[0] for row in tx.all("SELECT DISTINCT moment FROM schedules WHERE moment IS NOT NULL ORDER BY 1")]


def list_zones(tx: Tx) -> list[str]:
    """Return every time zone that a group or a person lives in."""
    return [row[0] for row in tx.all("SELECT zone FROM groups UNION SELECT zone FROM people ORDER BY 1")]


def list_never_due(tx: Tx) -> list[tuple[str, str]]:
    """Return kind and group of rules that are switched on and have no time at which they are due."""
    rows = tx.all(
        """SELECT s.kind, g.name FROM schedules s JOIN groups g ON g.id = s.group_id
           WHERE s.is_on AND s.due_at IS NULL AND s.moment IS NOT NULL AND s.person_id IS NULL AND g.asleep IS NULL
           ORDER BY g.id, s.kind LIMIT 5"""
    )
    return [(kind, group) for kind, group in rows]


def count_overdue(tx: Tx, before: datetime) -> tuple[int, datetime | None]:
    """Return how many schedules were due before an instant and are not dealt with, and since when the oldest is."""
    row = tx.one("SELECT count(*), min(due_at) FROM schedules WHERE due_at < :before", before=ms(before))
    assert row is not None
    count, oldest = row
    return count, maybe_instant(oldest)


def find_backlog(tx: Tx, now: datetime) -> Backlog:
    """Return the posts that are due and neither sent nor dropped."""
    row = tx.one(f"SELECT count(*), min(due_at) FROM outbox WHERE {WAITING} AND due_at <= :now", now=ms(now))
    assert row is not None
    posts, oldest = row
    return Backlog(posts, maybe_instant(oldest))


def count_given_up_since(tx: Tx, since: datetime) -> tuple[int, int]:
    """Return how many posts were dropped, and how many occurrences skipped, since an instant."""
    row = tx.one(
        """SELECT (SELECT count(*) FROM outbox WHERE state = 'dropped' AND settled_at >= :since),
                  (SELECT count(*) FROM skipped WHERE skipped_at >= :since)""",
        since=ms(since),
    )
    assert row is not None
    dropped, skipped = row
    return dropped, skipped


def count_repeated_since(tx: Tx, since: datetime) -> int:
    """Return how many posts that arrived since an instant may have arrived twice."""
    row = tx.one(
        "SELECT count(*) FROM outbox WHERE state = 'sent' AND settled_at >= :since AND reason LIKE :reason",
        since=ms(since),
        reason=f"{PERHAPS_TWICE}%",
    )
    assert row is not None
    return int(row[0])


def count_checkins(tx: Tx) -> int:
    """Return how many check-ins have been made, by the counts that are stored with each person."""
    row = tx.one("SELECT coalesce(sum(checkins), 0) FROM people")
    assert row is not None
    return int(row[0])


def count_posts(tx: Tx) -> dict[PostState, int]:
    """Return how many posts are in each state, by the indexes alone: what was sent is never read through."""
    waiting = dict.fromkeys(PostState, 0)
    rows = tx.all(f"SELECT state, count(*) FROM outbox WHERE {WAITING} GROUP BY state")
    waiting |= {PostState(state): count for state, count in rows}
    row = tx.one(
        """SELECT (SELECT count(*) FROM outbox WHERE settled_at > 0),
                  (SELECT count(*) FROM outbox WHERE state = 'dropped' AND settled_at > 0)"""
    )
    assert row is not None
    settled, dropped = row
    return waiting | {PostState.SENT: settled - dropped, PostState.DROPPED: dropped}


def list_areas(tx: Tx) -> list[str]:
    """Return the areas that are in use in any group."""
    return [row[0] for row in tx.all("SELECT DISTINCT name FROM areas WHERE retired_at IS NULL ORDER BY name")]
