"""One schedule that is due: which occurrence it is, whether it is late or useless by now, and moving it on."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.reminder import LATE_AFTER, RULES, Kind
from bot.domain.schedule import Moment, Occurrence, following, latest
from bot.store import groups, people, schedules
from bot.store.schedules import Schedule
from bot.store.sqlite import Tx


@dataclass(frozen=True, slots=True)
class Due:
    """The newest occurrence that is due; older ones that were missed are one with it."""

    tx: Tx
    now: datetime
    schedule: Schedule
    occurrence: Occurrence
    zone: ZoneInfo

    @classmethod
    def of_group(cls, tx: Tx, schedule: Schedule, now: datetime) -> "Due":
        """A group's schedule, in the group's zone."""
        assert schedule.group_id is not None
        return cls._in_zone(tx, schedule, groups.get(tx, schedule.group_id).zone, now)

    @classmethod
    def of_person(cls, tx: Tx, schedule: Schedule, now: datetime) -> "Due":
        """A person's schedule, in their own zone."""
        assert schedule.person_id is not None
        return cls._in_zone(tx, schedule, people.get(tx, schedule.person_id).zone, now)

    @classmethod
    def _in_zone(cls, tx: Tx, schedule: Schedule, zone: ZoneInfo, now: datetime) -> "Due":
        assert schedule.moment is not None
        moment = Moment.of_key(schedule.moment)
        occurrence = latest(moment, zone, now)
        following_one = following(moment, zone, now, occurrence.day)
        schedules.move_on(tx, schedule.id, following_one.due_at, occurrence.day)
        return cls(tx, now, schedule, occurrence, zone)

    @property
    def kind(self) -> Kind:
        """What is due."""
        return self.schedule.kind

    @property
    def is_late(self) -> bool:
        """Whether it goes out well after its time."""
        return self.now - self.occurrence.due_at > LATE_AFTER

    @property
    def expires_at(self) -> datetime:
        """Until when it is of any use."""
        return self.occurrence.due_at + RULES[self.kind].useful_for

    @property
    def is_useless(self) -> bool:
        """Whether its time of use is over."""
        return self.now >= self.expires_at

    def skip(self, key: str, group_id: int | None, reason: str) -> None:
        """Leave it out, visibly."""
        schedules.skip(self.tx, key, group_id, reason, self.occurrence.due_at, self.now)
