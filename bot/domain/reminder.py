"""The kinds of post that come by the clock, with their default moments (product rules, "Scheduled posts")."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from bot.domain.schedule import Moment

MONDAY, THURSDAY, SUNDAY = 0, 3, 6
LATE_AFTER = timedelta(minutes=10)
"""A post that goes out later than this after its moment says so."""
LAST_CALL_WITHIN_MINUTES = 240
"""A personal last call goes to those who are short by this many minutes or less."""
FRESH_START_AFTER_WEEKS = 2
"""Missed weeks in a row after which a fresh start is offered."""
SNOOZE = timedelta(hours=3)
"""The wait before a reminder comes again that somebody asked to have later."""


class ReminderRoute(StrEnum):
    """The way that a person's reminders take."""

    DIRECT = "direct"
    CHANNEL = "channel"
    OFF = "off"


class ReminderKind(StrEnum):
    """Every kind of scheduled work; the value is stored and begins each key."""

    RESULTS = "results"
    GROUP_CALL = "groupcall"
    DIGEST = "digest"
    CLOSING = "closing"
    WEEKLY_CARD = "card"
    OPEN_RESULTS = "openresults"
    NUDGE = "nudge"
    LAST_CALL = "lastcall"
    FRESH_START = "freshstart"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True)
class ReminderChoice:
    """A person's choice of reminders: the route, the identity for direct ones, and the group whose channel is used.

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
    """The moment at which a kind of post is due unless changed, and the time for which it is still useful then."""

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
"""Kinds that speak of the week in which they are due."""
