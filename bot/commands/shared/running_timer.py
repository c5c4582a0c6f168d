"""The speaker's running timer, and what it has measured."""

from datetime import datetime, timedelta

from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.domain.duration import Minutes
from bot.domain.timer import Timer
from bot.errors import Refused
from bot.store import timers

SINCE = hidden_option("since")
"""The timer that a button is about: when it was started, in seconds since 1970."""


def find_timer(context: Context, since: str | None = None) -> Timer:
    """Return the running timer. Raises `Refused` if none runs, or only another one than a button names by `since`."""
    timer = timers.find_running(context.tx, context.person.id)
    if timer is None:
        raise Refused("No timer is running.", "/timer start")
    if since not in (None, seconds_of(timer)):
        raise Refused("That timer is off already; another one is running.", "/timer stop")
    return timer


def seconds_of(timer: Timer) -> str:
    """Return when the timer was started, as `SINCE` names it."""
    return str(int(timer.started_at.timestamp()))


def measure(timer: Timer, now: datetime) -> Minutes:
    """Return how long the timer has run, in whole minutes, rounded half up."""
    return Minutes(max(0, (now - timer.started_at + timedelta(seconds=30)) // timedelta(minutes=1)))
