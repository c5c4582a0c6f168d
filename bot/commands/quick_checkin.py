"""One press under a reminder logs for the last day of its week so far, while that is open; a second press asks."""

from datetime import UTC, date, datetime, timedelta

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.add_checkin import add_checkin
from bot.commands.shared.handler import Command
from bot.commands.shared.long_day import ask_long_day
from bot.commands.shared.options import TIME, hidden_option, parse_number
from bot.commands.shared.reminded_week import read_week
from bot.context import Context
from bot.domain.checkin import TWICE_WITHIN, Checkin, Entry, Source
from bot.domain.duration import Minutes
from bot.domain.week import Week
from bot.store import checkins
from bot.store import progress as stored_progress
from bot.views import quick_checkin as view

WEEK = hidden_option("week")
"""The Monday of the week that was reminded of."""

SINCE = hidden_option("since")
"""The instant at which the reminder was due, in seconds since 1970."""

SPEC = Spec(
    "quick checkin", "log an hour or half an hour at once", (TIME, WEEK, SINCE), title="Log time", is_button_only=True
)


def run(context: Context, given: Given) -> Answer:
    """Log it; ask first where its week has closed, or the same was logged since the reminder came."""
    time = given.need(TIME)
    day = _find_day(context, read_week(given[WEEK]) or Week.of(context.today))
    if day is None:
        return Reply(view.ask_for_today(time, context.today))
    entry = Entry(day, time, None, None)
    same = _find_same(context, time, parse_number(given[SINCE] or ""))
    if same is not None:
        return Reply(view.ask_again(entry, same))
    question = _ask_long_day(context, given, entry)
    return Reply(question or add_checkin(context, entry, Source.TYPED))


def _find_day(context: Context, week: Week) -> date | None:
    """Return the week's last day so far; None where it has closed, or has not begun where the speaker lives now."""
    current = Week.of(context.today)
    if week == current:
        return context.today
    if week > current:
        return None
    [record] = stored_progress.load(context.tx, [context.person.id])
    return None if record.is_closed(week, context.now) else week.sunday


def _find_same(context: Context, time: Minutes, since: int | None) -> Checkin | None:
    """Return a check-in of the same time that was made since the reminder came, or a moment ago."""
    moment_ago = context.now - TWICE_WITHIN
    reminded_at = moment_ago if since is None else _instant(since, context.now)
    oldest = context.now - timedelta(days=14)
    made = checkins.list_made_since(context.tx, context.person.id, max(oldest, min(reminded_at, moment_ago)))
    valid = (checkin for checkin in reversed(made) if checkin.undone_at is None)
    return next((checkin for checkin in valid if checkin.entry.minutes == time), None)


def _instant(seconds: int, now: datetime) -> datetime:
    """Return the instant of so many seconds since 1970, which may be forged: `now` at the latest."""
    return datetime.fromtimestamp(min(seconds, int(now.timestamp())), UTC)


def _ask_long_day(context: Context, given: Given, entry: Entry) -> Card | None:
    options = {"time": f"{entry.minutes}m", "day": entry.day.isoformat()}
    return ask_long_day(context, given, entry, options)


COMMAND = Command(SPEC, run)
