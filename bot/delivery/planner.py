"""From the clock to the outbox: closes weeks, turns what is due into posts owed, and moves each schedule on.

All of it happens in one transaction, so a crash either leaves the schedule due or the post owed under its key.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.delivery import group_posts, personal_posts
from bot.delivery.missed import DueSchedule
from bot.domain.scheduled import GroupSchedule, PersonSchedule, Schedule, SnoozedReminder, WeekClosing
from bot.store import answers, closing, drafts, outbox, schedules
from bot.store.sqlite import Tx

BATCH = 500
CLOSING_BATCH = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """What one call did; `is_all` says that nothing is due any more, not even what it has made due itself."""

    closed: int
    handled: int
    is_all: bool


def plan_due(tx: Tx, now: datetime) -> Planned:
    """Close the weeks that have ended their grace, then plan at most `BATCH` schedules that are due at `now`."""
    closed = closing.close_due(tx, now, CLOSING_BATCH)
    due = schedules.due(tx, now, BATCH) if closed < CLOSING_BATCH else []
    for kind, together in groupby(due, key=type):
        _plan(tx, kind, list(together), now)
    next_at = next_instant(tx)
    return Planned(closed, len(due), is_all=next_at is None or next_at > now)


def next_instant(tx: Tx) -> datetime | None:
    """The earliest instant at which planning has something to do."""
    found = [instant for instant in (schedules.next_due(tx), closing.next_closing(tx)) if instant is not None]
    return min(found, default=None)


def prune(tx: Tx, now: datetime) -> None:
    """Forget what nobody can need any more: old answers, drafts and settled posts."""
    answers.prune(tx, now)
    drafts.prune(tx, now)
    outbox.prune(tx, now)


def _plan(tx: Tx, kind: type[Schedule], due: list[Schedule], now: datetime) -> None:
    """Plan schedules of one type, which follow each other, together."""
    if kind is WeekClosing:
        group_posts.plan_closing(tx, [each for each in due if isinstance(each, WeekClosing)], now)
    elif kind is SnoozedReminder:
        personal_posts.plan_snoozed(tx, [each for each in due if isinstance(each, SnoozedReminder)], now)
    elif kind is GroupSchedule:
        group_posts.plan(tx, DueSchedule.all(tx, [each for each in due if isinstance(each, GroupSchedule)], now), now)
    else:
        people = [each for each in due if isinstance(each, PersonSchedule)]
        personal_posts.plan(tx, DueSchedule.all(tx, people, now), now)
