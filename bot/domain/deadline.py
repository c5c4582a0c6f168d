"""The end of a week's grace as its person reads it: an instant, in the zone in which their days are counted."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.week import first_instant


class Deadline(NamedTuple):
    """The instant before which time must be logged to count, and the zone in which it is read.

    Whatever tells until when a week may be logged, tells this of that very week (product rules, "Weeks").
    """

    at: datetime
    zone: ZoneInfo

    @property
    def last_day(self) -> date:
        """The local day of the last moment before it."""
        return (self.at - timedelta(microseconds=1)).astimezone(self.zone).date()

    @property
    def is_end_of_day(self) -> bool:
        """True if it is the end of its last day; else it falls within that day."""
        return first_instant(self.last_day + timedelta(days=1), self.zone) == self.at

    def days_left(self, now: datetime) -> int:
        """Return how many days lie between the local day of `now` and the last one, 0 on that day."""
        return (self.last_day - now.astimezone(self.zone).date()).days
