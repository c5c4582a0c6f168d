"""People who are accountable to each other in one channel, and those who rest among them (product rules, "Words")."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.duration import Minutes

AREAS = ("Mathematics", "Statistics", "Machine Learning", "Software Engineering", "DevOps", "Cloud Systems")
MOST_AREAS = 25
AREA_LIMIT = 80
GROUP_NAME_LIMIT = 80
WHY_LIMIT = 500
PLAN_LIMIT = 300
LARGE_CHANNEL_PEOPLE = 50
"""Who starts a group among more people is asked first, and one card a week is all that they see (product rules)."""

RESTING_AFTER = timedelta(weeks=4)


class Lines(StrEnum):
    """The setting of what the channel sees of a check-in."""

    EACH = "each"
    CARD = "card"
    DIGEST = "digest"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Group:
    """One channel's group; `asleep` says why nothing is posted to it (None: awake)."""

    id: int
    platform: str
    team: str
    channel: str
    name: str
    zone_name: str
    goal: Minutes
    lines: Lines
    asleep: str | None

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its scheduled posts."""
        return ZoneInfo(self.zone_name)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a group, by the `name` that its server or workspace has for them.

    One who has left stays known, so that a check-in does not pull them in again; one who was removed has left, and
    stays out until an organiser lets them in.
    """

    group_id: int
    person_id: int
    name: str
    joined_at: datetime
    has_left: bool
    is_hidden: bool
    is_removed: bool = False


def is_resting(
    last_checkin_at: datetime | None, joined_at: datetime, now: datetime, away_until: date | None = None
) -> bool:
    """Return True after four weeks without a check-in, counted from joining where that was later.

    A pause puts them off: `away_until` is the last day of the newest that has begun (product rules, "Words").
    """
    last = joined_at if last_checkin_at is None else max(last_checkin_at, joined_at)
    return now - last >= RESTING_AFTER and (away_until is None or away_until < rests_since(now))


def seen_until(seen_at: datetime, away_until: date | None) -> datetime:
    """Return the instant from which four weeks of rest are counted, for one who was away until the end of a day."""
    if away_until is None:
        return seen_at
    return max(seen_at, datetime.combine(away_until + timedelta(days=1), time(), UTC))


def rests_since(now: datetime) -> date:
    """Return the day since which somebody who rests at `now` was neither there nor away."""
    return (now - RESTING_AFTER).date()
