"""A human who studies: what is known of them on every platform at once."""

from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.week import Week


class ZoneSource(StrEnum):
    """Who said which zone a person lives in: what they said themselves is never replaced by what others know."""

    GROUP = "group"
    PLATFORM = "platform"
    OWN = "own"


class Person(NamedTuple):
    """Owner of check-ins, goal, streak and zone. `first_week` is the week of the first check-in (None before it)."""

    id: int
    name: str
    zone_name: str
    zone_source: ZoneSource
    first_week: Week | None
    last_checkin_at: datetime | None
    total_minutes: int
    why: str | None
    freezes_told: int

    @property
    def is_zone_chosen(self) -> bool:
        """Whether the zone is really theirs, and not just the one of their group."""
        return self.zone_source is not ZoneSource.GROUP

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which their days are counted now."""
        return ZoneInfo(self.zone_name)

    def today(self, now: datetime) -> date:
        """Their local date."""
        return _date(now, self.zone_name)


@lru_cache(maxsize=64)
def _date(now: datetime, zone_name: str) -> date:
    """Thousands are judged at one instant, in a few zones."""
    return now.astimezone(ZoneInfo(zone_name)).date()
