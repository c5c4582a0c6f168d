"""A human who studies, one on all platforms together."""

from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.week import Week


class ZoneSource(StrEnum):
    """The origin of a person's zone: one that they gave themselves is never replaced by what others know."""

    GROUP = "group"
    PLATFORM = "platform"
    OWN = "own"


class Person(NamedTuple):
    """The owner of check-ins, goal, streak and zone. `first_week` is the week of the first check-in (None before it).

    `name` is the newest one of their accounts; a group shows that of its own place (`Member.name`).
    `total_minutes` are all that were logged or imported; `freezes_told` counts the spent freezes that they know of.
    From `recall_on` on (None: now) a note of theirs may have to be recalled.
    """

    id: int
    name: str
    zone_name: str
    zone_source: ZoneSource
    first_week: Week | None
    last_checkin_at: datetime | None
    total_minutes: int
    why: str | None
    freezes_told: int
    recall_on: date | None = None

    @property
    def is_zone_chosen(self) -> bool:
        """True if the zone is really theirs, and not just that of their group."""
        return self.zone_source is not ZoneSource.GROUP

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which their days are counted now."""
        return ZoneInfo(self.zone_name)

    def today(self, now: datetime) -> date:
        """Return the date where they live."""
        return _date(now, self.zone_name)


@lru_cache(maxsize=64)
def _date(now: datetime, zone_name: str) -> date:
    """Return the local date, from a cache: thousands are judged at one instant, in a few zones."""
    return now.astimezone(ZoneInfo(zone_name)).date()
