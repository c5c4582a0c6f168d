"""Running sums over a person's weeks: what counted until a week, and the shares of the goal, from the first week on.

A board of a year or of all time is then the difference of two rows for each member, however many weeks lie between.
Shares are whole millionths, capped at a whole goal, so that sums are exact and never drift.

In a large database of an earlier version they are made in slices while the program serves (`fill_slice`); until then
boards add up the weeks themselves.
"""

from bot.store import unfinished
from bot.store.tx import Tx

WHOLE_SHARE = 1_000_000
SHARE = f"CASE WHEN counted >= goal THEN {WHOLE_SHARE} ELSE counted * {WHOLE_SHARE} / goal END"
"""A week's share of its goal, in millionths."""

BEFORE = (
    "coalesce((SELECT {column} FROM weeks WHERE person_id = :id AND monday < :since ORDER BY monday DESC LIMIT 1), 0)"
)
RENEW = f"""UPDATE weeks SET counted_sum = renewed.counted, share_sum = renewed.share
    FROM (SELECT monday, {BEFORE.format(column="counted_sum")} + sum(counted) OVER (ORDER BY monday) AS counted,
              {BEFORE.format(column="share_sum")} + sum({SHARE}) OVER (ORDER BY monday) AS share
          FROM weeks WHERE person_id = :id AND monday >= :since) AS renewed
    WHERE weeks.person_id = :id AND weeks.monday = renewed.monday"""

UNSUMMED = "weeks_to_sum"
"""The table of people whose sums are still to be made; it is there only as long as there are any."""

PEOPLE_PER_SLICE = 20


def renew(tx: Tx, person_id: int, since: str) -> None:
    """Add up a person's weeks anew from the Monday `since` on, after what counts in them or their goal has changed."""
    tx.run(RENEW, id=person_id, since=since)


def are_missing(tx: Tx) -> bool:
    """Return whether some sums of an earlier version's weeks are still to be made."""
    return unfinished.exists(tx, UNSUMMED)


def fill_slice(tx: Tx) -> bool:
    """Make the sums of `PEOPLE_PER_SLICE` people. Return whether there are more."""
    return unfinished.do_slice(tx, UNSUMMED, PEOPLE_PER_SLICE, lambda person_id: renew(tx, person_id, ""))
