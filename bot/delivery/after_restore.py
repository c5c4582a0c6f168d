"""After a copy was restored: what fell due since it was made may have been posted, and is not posted again.

The copy cannot know. So all that was due before now counts as past: posts owed are dropped and occurrences skipped,
each with a reason that the operator and the group's organisers see. Edits stay: done twice, they change nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.delivery.missed import DueSchedule
from bot.domain.scheduled import GroupSchedule, PersonSchedule, SnoozedReminder, WeekClosing
from bot.store import heartbeat, leases, outbox, schedules
from bot.store.sqlite import Tx

REASON = "a copy of the database was restored, and it may have been posted since the copy was made"
ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class Past:
    """How many posts were dropped and how many occurrences were left out."""

    posts: int
    occurrences: int


def leave_past(tx: Tx, now: datetime) -> Past:
    """Let a restored database begin at `now`; nobody serves it yet."""
    leases.clear(tx)
    heartbeat.forget(tx)
    posts = outbox.drop_due(tx, REASON, now)
    return Past(posts, _leave_schedules(tx, now))


def _leave_schedules(tx: Tx, now: datetime) -> int:
    due = [schedule for schedule in schedules.due(tx, now, ALL) if not isinstance(schedule, WeekClosing)]
    schedules.finish(tx, [schedule.id for schedule in due if isinstance(schedule, SnoozedReminder)])
    recurring = [schedule for schedule in due if isinstance(schedule, GroupSchedule | PersonSchedule)]
    for each in DueSchedule.all(tx, recurring, now):
        if isinstance(each.schedule, GroupSchedule):
            group_id = each.schedule.group_id
            each.skip(f"{each.kind}/{group_id}/{each.occurrence.day}", group_id, REASON)
    return len(due)
