"""A human who studies: what is known of them on every platform at once."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.week import Week


@dataclass(frozen=True, slots=True)
class Person:
    """Owner of check-ins, goal, streak and zone. `first_week` is the week of the first check-in (None before it)."""

    id: int
    name: str
    zone_name: str
    is_zone_chosen: bool
    first_week: Week | None
    last_checkin_at: datetime | None
    total_minutes: int
    why: str | None
    freezes_told: int

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which their days are counted now."""
        return ZoneInfo(self.zone_name)

    def today(self, now: datetime) -> date:
        """Their local date."""
        return now.astimezone(self.zone).date()
