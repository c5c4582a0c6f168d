"""One schedule that is due: its newest occurrence, whether that is late or was missed by now, and moving it on."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.reminder import KINDS_OF_THIS_WEEK, LATE_AFTER, RULES, ReminderKind
from bot.domain.schedule import Moment, Occurrence, latest_occurrence, next_occurrence
from bot.domain.scheduled import RecurringSchedule
from bot.domain.week import Week, first_instant
from bot.store import outbox, schedules
from bot.store.tx import Tx

MISSED_REASON = "the bot wasn't running when it would have helped"


class DueSchedule(NamedTuple):
    """The newest occurrence that is due, of use until `expires_at`; older ones that were missed are one with it."""

    tx: Tx
    now: datetime
    schedule: RecurringSchedule
    occurrence: Occurrence
    expires_at: datetime

    @classmethod
    def take(cls, tx: Tx, recurring: Iterable[RecurringSchedule], now: datetime) -> list["DueSchedule"]:
        """Return schedules with what is due of each, by its owner's zone, and move them on to what comes next."""
        dues, moves = [], []
        for schedule in recurring:
            occurrence, next_at, expires_at = _due_and_next(schedule.kind, schedule.moment, schedule.zone_name, now)
            dues.append(cls(tx, now, schedule, occurrence, expires_at))
            moves.append((schedule.id, next_at, occurrence.day))
        schedules.move_on(tx, moves)
        return dues

    @property
    def kind(self) -> ReminderKind:
        """The kind of post that is due."""
        return self.schedule.kind

    @property
    def zone(self) -> ZoneInfo:
        """The owner's zone."""
        return ZoneInfo(self.schedule.zone_name)

    @property
    def is_late(self) -> bool:
        """True if it goes out well after its time."""
        return self.now - self.occurrence.due_at > LATE_AFTER

    @property
    def is_expired(self) -> bool:
        """True if its time of use is over."""
        return self.now >= self.expires_at

    def skip(self, key: str, group_id: int | None, reason: str) -> None:
        """Leave it out, visibly."""
        outbox.skip(self.tx, key, group_id, reason, self.occurrence.due_at, self.now)


@lru_cache(maxsize=1024)
def _due_and_next(
    kind: ReminderKind, moment_key: str, zone_name: str, now: datetime
) -> tuple[Occurrence, datetime, datetime]:
    """Return the newest occurrence, when the one after it is due, and when this one expires.

    It is cached for all who are due together: they share rule, zone and instant.
    """
    moment, zone = Moment.of_key(moment_key), ZoneInfo(zone_name)
    occurrence = latest_occurrence(moment, zone, now)
    next_at = next_occurrence(moment, zone, now, occurrence.day).due_at
    return occurrence, next_at, expires_at(kind, occurrence, zone)


def expires_at(kind: ReminderKind, occurrence: Occurrence, zone: ZoneInfo) -> datetime:
    """Return until when a post is of use; one that asks for this week's study expires with the week at the latest."""
    useful_until = occurrence.due_at + RULES[kind].useful_for
    if kind not in KINDS_OF_THIS_WEEK:
        return useful_until
    return min(useful_until, first_instant(Week.of(occurrence.day).plus(1).monday, zone))
