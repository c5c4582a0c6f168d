"""One schedule that is due: which occurrence it is, whether it is late or useless by now, and moving it on."""

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
from bot.store.sqlite import Tx

MISSED = "the bot was not running while it was of use"


class DueSchedule(NamedTuple):
    """The newest occurrence that is due, of use until `expires_at`; older ones that were missed are one with it."""

    tx: Tx
    now: datetime
    schedule: RecurringSchedule
    occurrence: Occurrence
    expires_at: datetime

    @classmethod
    def all(cls, tx: Tx, found: Iterable[RecurringSchedule], now: datetime) -> list["DueSchedule"]:
        """Schedules that are due, each in its owner's zone; they are moved on."""
        dues, moves = [], []
        for schedule in found:
            occurrence, next_at, expires_at = _around(schedule.kind, schedule.moment, schedule.zone_name, now)
            dues.append(cls(tx, now, schedule, occurrence, expires_at))
            moves.append((schedule.id, next_at, occurrence.day))
        schedules.move_on(tx, moves)
        return dues

    @property
    def kind(self) -> ReminderKind:
        """What is due."""
        return self.schedule.kind

    @property
    def is_late(self) -> bool:
        """Whether it goes out well after its time."""
        return self.now - self.occurrence.due_at > LATE_AFTER

    @property
    def zone(self) -> ZoneInfo:
        """Its owner's zone."""
        return ZoneInfo(self.schedule.zone_name)

    @property
    def is_useless(self) -> bool:
        """Whether its time of use is over."""
        return self.now >= self.expires_at

    def skip(self, key: str, group_id: int | None, reason: str) -> None:
        """Leave it out, visibly."""
        outbox.skip(self.tx, key, group_id, reason, self.occurrence.due_at, self.now)


@lru_cache(maxsize=1024)
def _around(
    kind: ReminderKind, moment_key: str, zone_name: str, now: datetime
) -> tuple[Occurrence, datetime, datetime]:
    """The newest occurrence, when the one after it is due, and until when this one is of use: the same for all who are
    due together."""
    moment, zone = Moment.of_key(moment_key), ZoneInfo(zone_name)
    occurrence = latest_occurrence(moment, zone, now)
    return occurrence, next_occurrence(moment, zone, now, occurrence.day).due_at, expires_at(kind, occurrence, zone)


def expires_at(kind: ReminderKind, occurrence: Occurrence, zone: ZoneInfo) -> datetime:
    """Until when a post is of use; what asks for this week's study is of none any more when the week is over."""
    useful_until = occurrence.due_at + RULES[kind].useful_for
    if kind not in KINDS_OF_THIS_WEEK:
        return useful_until
    return min(useful_until, first_instant(Week.of(occurrence.day).plus(1).monday, zone))
