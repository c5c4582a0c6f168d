"""*More* under a reminder: to be away, to move reminders or to stop them."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option
from bot.commands.shared.reminded_week import read_week
from bot.context import Context
from bot.domain.reminder import PERSON_KINDS, ReminderKind
from bot.domain.week import Week
from bot.views import reminders as view
from bot.views.personal_posts import later_button

WHAT, WEEK = hidden_option("what"), hidden_option("week")

SPEC = Spec("reminder more", "see what else can be done about a reminder", (WHAT, WEEK), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Show it, privately."""
    kind = next((kind for kind in PERSON_KINDS if kind.value == given[WHAT]), ReminderKind.NUDGE)
    week = read_week(given[WEEK]) or Week.of(context.today)
    return Reply(view.more(kind, later_button(kind, week)))


COMMAND = Command(SPEC, run)
