"""From the clock to the outbox: closes weeks, turns what is due into posts owed, and moves each schedule on.

All of it happens in one transaction, so a crash either leaves the schedule due or the post owed under its key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.delivery import group_posts, personal_posts
from bot.delivery.missed import DueSchedule
from bot.domain.reminder import GROUP_KINDS, ReminderKind
from bot.store import answers, closing, drafts, outbox, schedules
from bot.store.schedules import Schedule
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
    for plan, together in groupby(due, key=_how):
        plan(tx, list(together), now)
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


Plan = Callable[[Tx, list[Schedule], datetime], None]


def _how(schedule: Schedule) -> Plan:
    """What plans a schedule; those that follow each other are planned together."""
    if schedule.kind is ReminderKind.CLOSING:
        return group_posts.plan_closing
    if schedule.kind is ReminderKind.SNOOZE:
        return personal_posts.plan_snoozed
    return _plan_groups if schedule.kind in GROUP_KINDS else _plan_people


def _plan_groups(tx: Tx, due: list[Schedule], now: datetime) -> None:
    group_posts.plan(tx, DueSchedule.all(tx, due, now), now)


def _plan_people(tx: Tx, due: list[Schedule], now: datetime) -> None:
    personal_posts.plan(tx, DueSchedule.all(tx, due, now), now)
