"""Posts that wait or were given up, and the next one of each group, with the names by which people know them."""

from datetime import datetime
from typing import NamedTuple

from bot.store.outbox import WAITING
from bot.store.rows import instant, ms
from bot.store.tx import Tx


class UnsettledPost(NamedTuple):
    """A post that has not gone out: why, and where it was to go; `group` and `person` are "" where there is none."""

    key: str
    reason: str
    address: str
    group: str
    person: str


class NextPost(NamedTuple):
    """The scheduled post of a group that is due first, and the group's zone."""

    group: str
    platform: str
    zone: str
    kind: str
    due_at: datetime


POST = "o.key, coalesce(o.reason, ''), o.address, coalesce(g.name, ''), coalesce(p.name, '')"
JOINS = "LEFT JOIN groups g ON g.id = o.group_id LEFT JOIN people p ON p.id = o.person_id"


def list_waiting(tx: Tx, now: datetime, limit: int) -> list[UnsettledPost]:
    """Return the posts that have been due for longest and are neither sent nor dropped."""
    rows = tx.all(
        f"""SELECT {POST} FROM outbox o {JOINS} WHERE {WAITING.replace("platform", "o.platform")} AND o.due_at <= :now
            ORDER BY o.due_at, o.key LIMIT :limit""",
        now=ms(now),
        limit=limit,
    )
    return [UnsettledPost(*row) for row in rows]


def list_dropped(tx: Tx, since: datetime, limit: int) -> list[UnsettledPost]:
    """Return the posts that were given up since an instant, newest first."""
    rows = tx.all(
        f"""SELECT {POST} FROM outbox o {JOINS} WHERE o.state = 'dropped' AND o.settled_at >= :since
            ORDER BY o.settled_at DESC, o.key LIMIT :limit""",
        since=ms(since),
        limit=limit,
    )
    return [UnsettledPost(*row) for row in rows]


def list_skipped(tx: Tx, since: datetime, limit: int) -> list[UnsettledPost]:
    """Return the occurrences that were left out since an instant, newest first."""
    rows = tx.all(
        """SELECT o.key, o.reason, '', coalesce(g.name, ''), '' FROM skipped o LEFT JOIN groups g ON g.id = o.group_id
           WHERE o.skipped_at >= :since ORDER BY o.skipped_at DESC, o.key LIMIT :limit""",
        since=ms(since),
        limit=limit,
    )
    return [UnsettledPost(*row) for row in rows]


def list_next(tx: Tx, limit: int) -> list[NextPost]:
    """Return for each group that is awake which of its posts is due first, the soonest first."""
    rows = tx.all(
        """SELECT g.name, g.platform, g.zone, s.kind, s.due_at FROM groups g JOIN schedules s ON s.group_id = g.id
           WHERE g.asleep IS NULL AND s.is_on AND s.person_id IS NULL AND s.due_at = (
               SELECT min(other.due_at) FROM schedules other
               WHERE other.group_id = g.id AND other.is_on AND other.person_id IS NULL)
           ORDER BY s.due_at, g.id, s.kind LIMIT :limit""",
        limit=limit,
    )
    return [NextPost(group, platform, zone, kind, instant(due)) for group, platform, zone, kind, due in rows]
