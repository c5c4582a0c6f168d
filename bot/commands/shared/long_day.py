"""A day of more than fourteen hours is asked about once before it counts (product rules, "Check-in")."""

from bot.chat.card import Card
from bot.chat.command import Given
from bot.commands.shared.handler import about
from bot.commands.shared.options import TIME, hidden_option
from bot.context import Context
from bot.domain.checkin import DAY_ASKED_OVER, Entry, check_total
from bot.store import totals
from bot.views import checkin as view

LONG = hidden_option("long")
"""Given by the button that says that the long day is meant."""


def ask_long_day(
    context: Context, given: Given, entry: Entry, options: dict[str, str], command: str = "checkin", replaced: int = 0
) -> Card | None:
    """Return the question; None where the day stays within fourteen hours, or was above them already.

    `replaced` are minutes of that day in whose place the entry comes. Raises `Refused` for more than the day has.
    """
    before = totals.sum_day(context.tx, context.person.id, entry.day)
    after = before - replaced + entry.minutes
    with about(TIME):
        check_total(before - replaced, entry.minutes, entry.day, context.today)
    if given[LONG] or before > DAY_ASKED_OVER or after <= DAY_ASKED_OVER:
        return None
    return view.ask_long_day(entry, after, command, options, context.today)
