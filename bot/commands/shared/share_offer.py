"""The offer to let the group's results quote a line of one's journal."""

from datetime import date

from bot.chat.card import Button
from bot.context import Context
from bot.domain.checkin import Checkin
from bot.domain.group import Group
from bot.domain.reminder import ReminderKind
from bot.domain.sharing import can_still_be_quoted
from bot.store import schedules
from bot.views import sharing as view


def share_offer(context: Context, checkin: Checkin) -> tuple[Button, ...]:
    """Return the button that offers it, for the answer to a check-in; none where there is nothing to quote."""
    if not checkin.entry.learned or not may_be_quoted(context, checkin.group_id, checkin.entry.day):
        return ()
    return (view.button(checkin.number),)


def may_be_quoted(context: Context, group_id: int | None, day: date) -> bool:
    """Return True if results to come may quote what the speaker wrote on `day` in the channel of the group."""
    group = find_seeing_group(context, group_id)
    if group is None or not can_still_be_quoted(day, context.today):
        return False
    results = schedules.find_of_group(context.tx, ReminderKind.RESULTS, group.id)
    return results is None or results.is_on


def find_seeing_group(context: Context, group_id: int | None) -> Group | None:
    """Return the group of that id, if the speaker is in it and it sees them; else None."""
    groups = (group for group, member in context.own_groups() if group.id == group_id and not member.is_hidden)
    return next(groups, None)
