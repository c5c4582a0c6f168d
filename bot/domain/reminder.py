"""Which posts there are by the clock, when they come unless somebody says otherwise, and how long each is of use."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from bot.domain.schedule import Moment

MONDAY, THURSDAY, SUNDAY = 0, 3, 6
LATE_AFTER = timedelta(minutes=10)
LAST_CALL_WITHIN = 240
"""A personal last call goes to those who are short by this many minutes or less."""
FRESH_AFTER_MISSED = 2
SNOOZE = timedelta(hours=3)


class How(StrEnum):
    """Where a person wants reminders."""

    DIRECT = "direct"
    CHANNEL = "channel"
    OFF = "off"


class Kind(StrEnum):
    """Every kind of scheduled work; the value is stored and begins each key."""

    RESULTS = "results"
    GROUP_CALL = "groupcall"
    DIGEST = "digest"
    CLOSING = "closing"
    NUDGE = "nudge"
    LAST_CALL = "lastcall"
    FRESH_START = "freshstart"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a kind of post is due unless changed, and for how long after that it is still useful."""

    moment: Moment
    useful_for: timedelta


RULES = {
    Kind.RESULTS: Rule(Moment(MONDAY, time(9)), timedelta(hours=39)),
    Kind.GROUP_CALL: Rule(Moment(SUNDAY, time(15)), timedelta(hours=9)),
    Kind.DIGEST: Rule(Moment(None, time(9)), timedelta(hours=12)),
    Kind.NUDGE: Rule(Moment(THURSDAY, time(18)), timedelta(hours=24)),
    Kind.LAST_CALL: Rule(Moment(SUNDAY, time(15)), timedelta(hours=9)),
    Kind.FRESH_START: Rule(Moment(MONDAY, time(9)), timedelta(hours=39)),
}
GROUP_KINDS = (Kind.RESULTS, Kind.GROUP_CALL, Kind.DIGEST)
PERSON_KINDS = (Kind.NUDGE, Kind.LAST_CALL, Kind.FRESH_START)
OF_THIS_WEEK = (Kind.GROUP_CALL, Kind.NUDGE, Kind.LAST_CALL)
"""What speaks of the week that goes on when it is due."""
