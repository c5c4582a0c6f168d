"""Which posts there are by the clock, when they come unless somebody says otherwise, and how long each is of use."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from bot.domain.schedule import Moment

MONDAY, THURSDAY, SUNDAY = 0, 3, 6
LATE_AFTER = timedelta(minutes=10)
LAST_CALL_WITHIN_MINUTES = 240
"""A personal last call goes to those who are short by this many minutes or less."""
FRESH_START_AFTER_WEEKS = 2
SNOOZE = timedelta(hours=3)


class ReminderRoute(StrEnum):
    """Where a person wants reminders."""

    DIRECT = "direct"
    CHANNEL = "channel"
    OFF = "off"


class ReminderKind(StrEnum):
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
class ReminderChoice:
    """Where a person wants reminders: to which identity directly, and in which group's channel.

    `fresh_run` names the run of missed weeks for which they got their fresh start last.
    """

    how: ReminderRoute
    group_id: int | None
    platform: str
    team: str
    user: str
    fresh_run: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """When a kind of post is due unless changed, and for how long after that it is still useful."""

    moment: Moment
    useful_for: timedelta


RULES = {
    ReminderKind.RESULTS: Rule(Moment(MONDAY, time(9)), timedelta(hours=39)),
    ReminderKind.GROUP_CALL: Rule(Moment(SUNDAY, time(15)), timedelta(hours=9)),
    ReminderKind.DIGEST: Rule(Moment(None, time(9)), timedelta(hours=12)),
    ReminderKind.NUDGE: Rule(Moment(THURSDAY, time(18)), timedelta(hours=24)),
    ReminderKind.LAST_CALL: Rule(Moment(SUNDAY, time(15)), timedelta(hours=9)),
    ReminderKind.FRESH_START: Rule(Moment(MONDAY, time(9)), timedelta(hours=39)),
}
GROUP_KINDS = (ReminderKind.RESULTS, ReminderKind.GROUP_CALL, ReminderKind.DIGEST)
PERSON_KINDS = (ReminderKind.NUDGE, ReminderKind.LAST_CALL, ReminderKind.FRESH_START)
KINDS_OF_THIS_WEEK = (ReminderKind.GROUP_CALL, ReminderKind.NUDGE, ReminderKind.LAST_CALL)
"""What speaks of the week that goes on when it is due."""
