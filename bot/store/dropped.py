"""Posts that were given up, with the reason: what the operator and a group's organisers are shown."""

from datetime import datetime

from bot.store.rows import instant
from bot.store.sqlite import Tx


def newest(tx: Tx, limit: int = 10) -> list[tuple[str, str, datetime]]:
    """Key, reason and instant of the newest dropped posts."""
    rows = tx.all(
        """SELECT key, reason, settled_at FROM outbox WHERE state = 'dropped'
           ORDER BY settled_at DESC, key LIMIT :limit""",
        limit=limit,
    )
    return [(row[0], row[1], instant(row[2])) for row in rows]


def newest_of_group(tx: Tx, group_id: int, limit: int = 5) -> list[tuple[str, str, datetime]]:
    """Key, reason and due instant of the newest posts to a group's channel that were dropped."""
    rows = tx.all(
        """SELECT key, reason, due_at FROM outbox
           WHERE group_id = :id AND state = 'dropped' AND person_id IS NULL
           ORDER BY settled_at DESC, key LIMIT :limit""",
        id=group_id,
        limit=limit,
    )
    return [(row[0], row[1], instant(row[2])) for row in rows]
