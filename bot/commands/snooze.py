"""*Later*: a reminder again three hours later, once for each occasion."""

from msgspec.structs import replace

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import choice_option, hidden_option
from bot.context import Context
from bot.domain.reminder import PERSON_KINDS, SNOOZE, ReminderKind, ReminderRoute
from bot.domain.week import Week, first_instant
from bot.errors import Refused
from bot.store import reminders, schedules
from bot.views import reminders as view

WHAT = replace(choice_option("what", "which reminder", *(kind.value for kind in PERSON_KINDS)), is_hidden=True)

WEEK = hidden_option("week")
"""The Monday of the week that the reminder was for; the newest is meant where an older version left it out."""

SPEC = Spec("snooze", "be reminded again in three hours", (WHAT, WEEK), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Schedule it once more; when it is due, it is left out if it makes no sense any more."""
    reminder = reminders.find_choice(context.tx, context.person.id)
    if reminder is None or reminder.how is ReminderRoute.OFF:
        raise Refused("You have no reminders, so none can come later.", "/reminders direct")
    kind = ReminderKind(given[WHAT] or ReminderKind.NUDGE)
    week = Week.of(context.today)
    schedule = schedules.find_of_person(context.tx, kind, context.person.id)
    if schedule is None or not schedule.is_on:
        raise Refused("This reminder is off, so it can't come later.", "/reminders")
    this_monday = week.monday.isoformat()
    done_monday = Week.of(schedule.done_day).monday.isoformat() if schedule.done_day else ""
    monday = given[WEEK] or done_monday
    if monday < this_monday:
        raise Refused("This was for a week that is over.", "/checkin 45m")
    if monday > this_monday:
        raise Refused("This is for a week that hasn't begun where you are now.", "/checkin 45m")
    if done_monday != this_monday:
        raise Refused("Yours hasn't come yet, and will at its own time.", "/reminders")
    due_at = context.now + SNOOZE
    if due_at >= first_instant(week.plus(1).monday, context.person.zone):
        raise Refused("In three hours this week is over, so this was the last reminder for it.", "/checkin 45m")
    is_new = schedules.snooze(context.tx, context.person.id, kind, week, due_at)
    return Reply(view.snoozed(due_at, context.person, context.now) if is_new else view.snoozed_before())


COMMAND = Command(SPEC, run)
