"""Occurrences that were not posted, with the reason: what was left out is never silent."""

from datetime import datetime

from bot.store.rows import instant, ms
from bot.store.sqlite import Tx


def add(tx: Tx, key: str, group_id: int | None, reason: str, due_at: datetime, now: datetime) -> None:
    """Keep why an occurrence was not posted, for `check` and the group's settings card."""
    tx.run(
        """INSERT INTO skipped (key, group_id, reason, due_at, skipped_at) VALUES (:key, :group, :reason, :due, :now)
           ON CONFLICT (key) DO NOTHING""",
        key=key,
        group=group_id,
        reason=reason,
        due=ms(due_at),
        now=ms(now),
    )


def newest(tx: Tx, group_id: int | None = None, limit: int = 5) -> list[tuple[str, str, datetime]]:
    """Key, reason and instant of those skipped last, of one group or of all."""
    rows = tx.all(
        """SELECT key, reason, due_at FROM skipped WHERE :group IS NULL OR group_id = :group
           ORDER BY skipped_at DESC, key LIMIT :limit""",
        group=group_id,
        limit=limit,
    )
    return [(row[0], row[1], instant(row[2])) for row in rows]
