"""The members whom the results of a week count: stored when these are first posted, they decide until the last edit.

Who rests later thereby stays in the count, and who comes back is not added; whom others may no longer see is left out.
It is remembered whom results have named and quoted, so that each has a turn.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from bot.domain.group import RESTING_AFTER, rests_since
from bot.domain.week import Week
from bot.store.rows import Params, monday, ms
from bot.store.tx import LISTED, Tx, listed

ACTIVE = """(m.joined_at > :resting OR p.last_checkin_at > :resting OR EXISTS (SELECT 1 FROM pauses WHERE
    pauses.person_id = p.id AND pauses.until_day >= :resting_day AND pauses.from_day <= :today))"""
"""Members who do not rest, by `resting_at`: they have joined, checked in or been away in the last four weeks."""

SEEN = f"m.left_at IS NULL AND NOT m.is_hidden AND {ACTIVE}"
"""Members that others see: neither hidden nor resting."""

STORED = "(SELECT r.person_id FROM results_members r WHERE r.group_id = m.group_id AND r.week = :last)"
OF_RESULTS = f"""m.left_at IS NULL AND NOT m.is_hidden AND CASE WHEN EXISTS {STORED} THEN p.id IN {STORED}
    ELSE {ACTIVE} END"""
"""The same for the week of `:last`, once its results are posted by who is stored with them."""

STORED_WEEKS = 53
"""For so many weeks it is remembered whom results have named."""

LastWeeks = dict[int, dict[int, str]]
"""By group and person the Monday of the newest week of a kind."""


def resting_at(now: datetime) -> Params:
    """Return the parameters of `ACTIVE`."""
    return {
        "resting": ms(now - RESTING_AFTER),
        "resting_day": rests_since(now).isoformat(),
        "today": now.date().isoformat(),
    }


def store(tx: Tx, group_ids: Iterable[int], week: Week, ended_at: datetime, now: datetime) -> None:
    """Save who counts in the first results of a week, in groups of one zone in which it ended at `ended_at`."""
    tx.run(
        f"""INSERT INTO results_members (group_id, week, person_id)
            SELECT m.group_id, :week, m.person_id FROM members m JOIN people p ON p.id = m.person_id
            WHERE m.group_id IN {LISTED} AND {SEEN} AND m.joined_at < :ended ON CONFLICT DO NOTHING""",
        ids=listed(group_ids),
        week=monday(week),
        **resting_at(now),
        ended=ms(ended_at),
    )


def save_named(tx: Tx, group_id: int, week: Week, named: Iterable[int], quoted: int | None) -> None:
    """Save whom the results of a week name among those who kept it, and whom they quote."""
    tx.run(
        f"""UPDATE results_members
            SET is_named = person_id IN {LISTED}, is_quoted = coalesce(person_id = :quoted, FALSE)
            WHERE group_id = :group AND week = :week""",
        ids=listed(named),
        quoted=quoted,
        group=group_id,
        week=monday(week),
    )


def find_last_named(tx: Tx, group_ids: Iterable[int], before: Week) -> LastWeeks:
    """Return when results named members last, before the week."""
    return _find_last(tx, group_ids, before, "is_named")


def find_last_quoted(tx: Tx, group_ids: Iterable[int], before: Week) -> LastWeeks:
    """Return when results quoted members last, before the week."""
    return _find_last(tx, group_ids, before, "is_quoted")


def prune(tx: Tx, now: datetime) -> None:
    """Delete what is older than anybody could tell."""
    oldest = Week.of(now.date()).plus(-STORED_WEEKS)
    tx.run("DELETE FROM results_members WHERE week < :week", week=monday(oldest))


def _find_last(tx: Tx, group_ids: Iterable[int], before: Week, condition: str) -> LastWeeks:
    rows = tx.all(
        f"""SELECT group_id, person_id, max(week) FROM results_members
            WHERE group_id IN {LISTED} AND week < :week AND {condition} GROUP BY group_id, person_id""",
        ids=listed(group_ids),
        week=monday(before),
    )
    last: LastWeeks = defaultdict(dict)
    for group_id, person_id, week in rows:
        last[group_id][person_id] = week
    return last
