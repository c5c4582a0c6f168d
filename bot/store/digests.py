"""What was logged since a group's last digest, for many groups at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.digest import Logged
from bot.store.rows import instant, maybe_instant, ms
from bot.store.tx import LISTED, Tx, listed

FIRST_DIGEST_COVERS = timedelta(days=1)
"""The time before the first digest of a group of which nobody knows when its last one came."""

SINCE = "coalesce(g.digested_at, :first)"
LOGGED = f"""SELECT m.group_id, m.person_id, m.name, c.day, c.minutes, c.created_at, p.zone
    FROM groups g JOIN members m ON m.group_id = g.id JOIN people p ON p.id = m.person_id
    JOIN checkins c ON c.person_id = p.id
    WHERE g.id IN {LISTED} AND m.left_at IS NULL AND NOT m.is_hidden AND p.last_checkin_at >= {SINCE}
        AND c.number > coalesce((SELECT b.number FROM checkins b WHERE b.person_id = p.id AND b.created_at < {SINCE}
                                 ORDER BY b.number DESC LIMIT 1), 0)
        AND c.created_at < :now AND c.undone_at IS NULL AND c.source <> 'import'
    ORDER BY m.sort_key, m.person_id, c.number"""


def list_logged(tx: Tx, group_ids: Iterable[int], now: datetime) -> dict[int, list[Logged]]:
    """Return by group what members whom others see have logged since the last digest, by name; imports are left out."""
    rows = tx.all(LOGGED, ids=listed(group_ids), now=ms(now), first=ms(now - FIRST_DIGEST_COVERS))
    by_group: dict[int, list[Logged]] = defaultdict(list)
    for group_id, person_id, name, day, minutes, made_at, zone in rows:
        logged_on = instant(made_at).astimezone(ZoneInfo(zone)).date()
        by_group[group_id].append(Logged(person_id, name, date.fromisoformat(day), minutes, logged_on))
    return by_group


def find_last(tx: Tx, group_ids: Iterable[int]) -> dict[int, datetime | None]:
    """Return by group up to when what was logged has stood in a digest; None where there was none."""
    rows = tx.all(f"SELECT id, digested_at FROM groups WHERE id IN {LISTED}", ids=listed(group_ids))
    return {group_id: maybe_instant(digested_at) for group_id, digested_at in rows}


def save_last(tx: Tx, group_ids: Iterable[int], now: datetime) -> None:
    """Save that what was logged before `now` has stood in a digest, or in the channel otherwise."""
    tx.many(
        "UPDATE groups SET digested_at = :now WHERE id = :id",
        [{"id": group_id, "now": ms(now)} for group_id in group_ids],
    )
