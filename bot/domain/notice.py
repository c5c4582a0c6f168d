"""Notices to a group's organisers: each is given once, privately (product rules, "Time zone" and voice's "quiet")."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.schedule import Moment

FAR_HOURS = 8
"""A member whose clock differs by more from that of the group lives far from it."""
LATER_RESULTS = Moment(0, time(18))
"""The moment of results that is proposed to a group with members far away."""


class Notice(StrEnum):
    """A thing that organisers are asked or told once; the value is stored."""

    MANY_LINES = "lines"
    FAR_MEMBER = "zone"
    RESTING = "resting"


def is_too_early(results: Moment, zone_name: str, member_zones: Iterable[str], now: datetime) -> bool:
    """Return True if results at that moment come early for a member whose clock is far from that of the group."""
    return results < LATER_RESULTS and any(_hours_apart(zone_name, zone, now) > FAR_HOURS for zone in member_zones)


def _hours_apart(zone_name: str, other_name: str, now: datetime) -> float:
    here, there = (now.astimezone(ZoneInfo(name)).utcoffset() or timedelta() for name in (zone_name, other_name))
    return abs(here - there) / timedelta(hours=1)
