"""How many members of a group kept each of the last weeks, for the picture of its results."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.domain.streak import RECENT_WEEKS
from bot.domain.week import DAYS_A_WEEK, EPOCH_MONDAY, WEEK, Week, first_instant
from bot.store.rows import ms
from bot.store.tx import LISTED, Tx, listed

WEEK_MS = DAYS_A_WEEK * 86_400_000
END_OF_FIRST_MS = ms(first_instant(EPOCH_MONDAY + WEEK, ZoneInfo("UTC")))
"""The instant at which the week of number 0 has ended, in UTC."""


STORED = "(SELECT r.person_id FROM results_members r WHERE r.group_id = m.group_id AND r.week = w.monday)"
COUNTS = f"""CASE WHEN EXISTS {STORED} THEN m.person_id IN {STORED}
    ELSE m.joined_at < w.number * {WEEK_MS} + {END_OF_FIRST_MS} END"""
"""True of who counts in a week: as its first results stored it; in one without results, who had joined by its end (in
UTC)."""


def count_kept(tx: Tx, group_ids: Iterable[int], last: Week) -> dict[int, tuple[int, ...]]:
    """Return how many kept each week up to `last`, oldest first, by group: twelve, or those since the first kept one.

    What is stored with the first results of a week decides who counts in it; who has left or hidden since is in no
    count. Groups in which nobody kept any of the weeks are left out (product rules, "Leaderboard").
    """
    rows = tx.all(
        f"""SELECT m.group_id, w.number, count(*) FROM members m JOIN weeks w ON w.person_id = m.person_id
            WHERE m.group_id IN {LISTED} AND m.left_at IS NULL AND NOT m.is_hidden
            AND w.monday >= :first AND w.monday <= :last AND w.counted >= w.goal AND {COUNTS}
            GROUP BY m.group_id, w.number""",
        first=last.plus(1 - RECENT_WEEKS).monday.isoformat(),
        last=last.monday.isoformat(),
        ids=listed(group_ids),
    )
    counts: dict[int, dict[int, int]] = {}
    for group_id, number, count in rows:
        counts.setdefault(group_id, {})[number] = count
    return {
        group_id: tuple(by_week.get(number, 0) for number in range(min(by_week), last.number + 1))
        for group_id, by_week in counts.items()
    }
