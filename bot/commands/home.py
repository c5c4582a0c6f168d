"""`home`: the page that a platform keeps for one person: where they stand, what is set, and buttons for both."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.progress_card import load_own_card
from bot.context import Context
from bot.domain.goal import goal_in
from bot.domain.reminder import ReminderRoute
from bot.domain.week import Week
from bot.store import people, reminders
from bot.views import home as view

SPEC = Spec("home", "your week and your settings", is_read_only=True, is_button_only=True, is_for_known=True)


def run(context: Context, _given: Given) -> Answer:
    """Show the card of `progress` with more below."""
    goals = people.list_goals(context.tx, context.person.id)
    week = Week.of(context.today)
    reminder = reminders.find_choice(context.tx, context.person.id)
    settings = view.HomeSettings(
        goal_in(goals, week),
        goal_in(goals, week.plus(1)),
        context.person.zone_name,
        reminder.how if reminder else ReminderRoute.OFF,
    )
    return Reply(view.home(load_own_card(context, is_public=False), settings))


COMMAND = Command(SPEC, run)
