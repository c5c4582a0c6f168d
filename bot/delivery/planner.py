"""From the clock to the outbox: closes weeks, turns what is due into posts owed, and moves each schedule on.

All of it happens in one transaction, so a crash either leaves the schedule due or the post owed under its key.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.delivery import group_posts, personal_posts
from bot.delivery.due import Due
from bot.domain.reminder import GROUP_KINDS, Kind
from bot.store import conversation, outbox, schedules, standing
from bot.store.schedules import Schedule
from bot.store.sqlite import Tx

BATCH = 200
CLOSING_BATCH = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """What one call did; `is_all` says that nothing more was due."""

    closed: int
    handled: int

    @property
    def is_all(self) -> bool:
        """Whether nothing was left for another call."""
        return self.closed < CLOSING_BATCH and self.handled < BATCH


def plan_due(tx: Tx, now: datetime) -> Planned:
    """Close the weeks that have ended their grace, then plan at most `BATCH` schedules that are due at `now`."""
    closed = standing.close_due(tx, now, CLOSING_BATCH)
    if closed == CLOSING_BATCH:
        return Planned(closed, 0)
    due = schedules.due(tx, now, BATCH)
    channel_calls = personal_posts.ChannelCalls(tx, now)
    for schedule in due:
        _plan(tx, schedule, now, channel_calls)
    channel_calls.owe()
    return Planned(closed, len(due))


def next_instant(tx: Tx) -> datetime | None:
    """The earliest instant at which planning has something to do."""
    found = [instant for instant in (schedules.next_due(tx), standing.next_closing(tx)) if instant is not None]
    return min(found, default=None)


def prune(tx: Tx, now: datetime) -> None:
    """Forget what nobody can need any more: old answers, drafts and settled posts."""
    conversation.prune(tx, now)
    outbox.prune(tx, now)


def _plan(tx: Tx, schedule: Schedule, now: datetime, channel_calls: personal_posts.ChannelCalls) -> None:
    if schedule.kind is Kind.CLOSING:
        group_posts.plan_closing(tx, schedule, now)
    elif schedule.kind is Kind.SNOOZE:
        personal_posts.plan_snoozed(tx, schedule, now, channel_calls)
    elif schedule.kind in GROUP_KINDS:
        group_posts.plan(Due.of(tx, schedule, now))
    else:
        personal_posts.plan(Due.of(tx, schedule, now), channel_calls)
