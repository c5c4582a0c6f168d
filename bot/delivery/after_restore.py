"""After a copy was restored: what fell due since it was made may have been posted, and is not posted again.

The copy cannot know. So all that was due before now counts as past: waiting posts are dropped and occurrences skipped,
each with a reason that the operator and the group's organisers see. Edits stay: done twice, they change nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.delivery.missed import DueSchedule
from bot.domain.scheduled import (
    AskedReminder,
    GroupSchedule,
    PartnersDue,
    PersonSchedule,
    SnoozedReminder,
    WeekClosing,
    WeeklyCardDue,
)
from bot.store import feeds, heartbeat, leases, outbox, schedules, sessions, sign_in_links
from bot.store.tx import Tx

RESTORED_REASON = "a copy of the database was restored, and it may have been posted since the copy was made"
ALL_ROWS = 10_000_000
STILL_DONE = (WeekClosing, PartnersDue)
"""What posts nothing by itself, and is done all the same: a week closes, partners are matched."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many posts were dropped and how many occurrences were skipped."""

    posts: int
    occurrences: int


def leave_out_past(tx: Tx, now: datetime) -> LeftOut:
    """Let a restored database, which nobody serves yet, begin at `now`: leave out all that was due before."""
    leases.clear(tx)
    for of_pages in (sign_in_links, sessions, feeds):
        of_pages.clear(tx)  # what was ended since the copy was made would open somebody's page again
    heartbeat.delete(tx)
    posts = outbox.drop_due(tx, RESTORED_REASON, now)
    return LeftOut(posts, _skip_occurrences(tx, now))


def _skip_occurrences(tx: Tx, now: datetime) -> int:
    """Skip what is due, those of groups visibly. Return how many occurrences it was; `STILL_DONE` stays."""
    due = [schedule for schedule in schedules.list_due(tx, now, ALL_ROWS) if not isinstance(schedule, STILL_DONE)]
    schedules.delete(tx, [schedule.id for schedule in due if isinstance(schedule, WeeklyCardDue | AskedReminder)])
    schedules.finish(tx, [schedule.id for schedule in due if isinstance(schedule, SnoozedReminder)])
    recurring = [schedule for schedule in due if isinstance(schedule, GroupSchedule | PersonSchedule)]
    for skipped in DueSchedule.take(tx, recurring, now):
        if isinstance(skipped.schedule, GroupSchedule):
            group_id = skipped.schedule.group_id
            skipped.skip(f"{skipped.kind}/{group_id}/{skipped.occurrence.day}", group_id, RESTORED_REASON)
    return len(due)
