"""The weeks in which check-ins of an earlier version count, saved in slices while the program serves.

A check-in says in which week it counts. One that an earlier version made does not: it counts in the week of its day
unless it is late, undone, imported or older than the person's weeks. What is not saved yet is told by that rule
(`checkins`), so that nobody notices.
"""

from bot.store import unfinished
from bot.store.tx import Tx

TO_FILL = "checkins_to_fill"
PEOPLE_PER_SLICE = 5
FILL = """UPDATE checkins
    SET counted_week = (SELECT max(monday) FROM weeks WHERE weeks.person_id = :id AND weeks.monday <= checkins.day)
    WHERE person_id = :id AND counted_week IS NULL AND undone_at IS NULL AND NOT is_late AND source <> 'import'
      AND day >= (SELECT first_week FROM people WHERE people.id = :id)"""
"""A week in which something is logged has a row of its own, so the newest one until a day is that day's week."""


def fill_slice(tx: Tx) -> bool:
    """Save the weeks of `PEOPLE_PER_SLICE` people. Return whether there are more."""
    return unfinished.do_slice(tx, TO_FILL, PEOPLE_PER_SLICE, lambda person_id: tx.run(FILL, id=person_id))
