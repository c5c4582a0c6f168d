"""The kinds of post that come by the clock, with their default moments (product rules, "Scheduled posts")."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.group import is_resting
from bot.domain.schedule import Moment
from bot.domain.week import DAYS_A_WEEK, Week, to_instant

MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
LATE_AFTER = timedelta(minutes=10)
"""A post that goes out later than this after its moment says so."""
LAST_CALL_WITHIN_MINUTES = 240
"""A personal last call goes to those who are short by this many minutes or less."""
FRESH_START_AFTER_WEEKS = 2
"""Short weeks in a row after which a fresh start is offered."""
RESTING_GRACE = timedelta(weeks=1)
"""For so long after they have begun to rest, a fresh start still comes to people."""
SNOOZE = timedelta(hours=3)
"""The wait before a reminder comes again that somebody asked to have later."""
ASKED_AT = time(19)
"""The time on Sunday for which *Remind me* asks."""
ASKED_AFTER = timedelta(hours=2)
"""The wait after which it comes where that time is past."""
PARTNERS_AT = Moment(MONDAY, time(9))
"""The time at which partners are matched, in their group's zone."""
QUIET_FROM, QUIET_UNTIL = time(22), time(8)
"""At night nobody is reminded who pressed *Remind me*."""


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
    PARTNERS = "partners"
    NUDGE = "nudge"
    LAST_CALL = "lastcall"
    FRESH_START = "freshstart"
    SNOOZE = "snooze"
    ASKED = "remindme"


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
    """The moment at which a kind of post is due unless changed, and the time for which it is still useful then.

    `weekdays` are those to which it can be moved.
    """

    moment: Moment
    useful_for: timedelta
    weekdays: frozenset[int] = frozenset(range(DAYS_A_WEEK))


END_OF_WEEK = frozenset({FRIDAY, SATURDAY, SUNDAY})
"""The days that can be chosen for a personal last call."""
RULES = {
    ReminderKind.RESULTS: Rule(Moment(MONDAY, time(9)), timedelta(hours=39)),
    ReminderKind.GROUP_CALL: Rule(Moment(SUNDAY, time(15)), timedelta(hours=9)),
    ReminderKind.DIGEST: Rule(Moment(None, time(9)), timedelta(hours=12)),
    ReminderKind.NUDGE: Rule(Moment(THURSDAY, time(18)), timedelta(hours=24)),
    ReminderKind.LAST_CALL: Rule(Moment(SUNDAY, time(15)), timedelta(hours=9), END_OF_WEEK),
    ReminderKind.FRESH_START: Rule(Moment(MONDAY, time(9)), timedelta(hours=39)),
}
GROUP_KINDS = (ReminderKind.RESULTS, ReminderKind.GROUP_CALL, ReminderKind.DIGEST)
PERSON_KINDS = (ReminderKind.NUDGE, ReminderKind.LAST_CALL, ReminderKind.FRESH_START)
KINDS_OF_THIS_WEEK = (ReminderKind.GROUP_CALL, ReminderKind.NUDGE, ReminderKind.LAST_CALL)
"""Kinds that speak of the week in which they are due."""


def kind_of_key(key: str) -> ReminderKind | None:
    """Return the kind of scheduled post whose key this is (`lastcall/7/31/2026-11-22`); None for any other post."""
    beginning = key.partition("/")[0]
    return next((kind for kind in RULES if kind == beginning), None)


def may_be_reminded(kind: ReminderKind, seen_at: datetime, at: datetime) -> bool:
    """Return True unless somebody rests at the instant `at` who joined or checked in last at `seen_at`.

    A fresh start comes in the first week of resting, too.
    """
    return not is_resting(None, seen_at, at - RESTING_GRACE if kind is ReminderKind.FRESH_START else at)


def asked_reminder_at(week: Week, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when somebody is reminded of `week` who asks for it now: on its Sunday evening, or a little later.

    It is 19:00 of their Sunday, or in two hours if that is past, and never from 22:00 to 8:00 (voice, "Remind me").
    """
    evening = to_instant(datetime.combine(week.sunday, ASKED_AT), zone)
    at = evening if now < evening else now + ASKED_AFTER
    local = at.astimezone(zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return to_instant(datetime.combine(day, QUIET_UNTIL), zone)
