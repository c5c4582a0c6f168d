"""*Say why*: why it's worth it to you, in your own words; a fresh start quotes it back."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.setting_up import WHY
from bot.context import Context
from bot.domain.reminder import ReminderRoute
from bot.store import people, reminders
from bot.views import welcome

SPEC = Spec("why", "say why it's worth it to you", (WHY,), title="Why?", is_button_only=True, shows_form=True)


def run(context: Context, given: Given) -> Answer:
    """Save it; an empty one is saved as none."""
    why = given[WHY] or None
    people.set_why(context.tx, context.person.id, why)
    choice = reminders.find_choice(context.tx, context.person.id)
    is_reminded = choice is not None and choice.how is not ReminderRoute.OFF
    return Reply(welcome.why_saved(why, is_reminded=is_reminded))


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return what was said before."""
    return {"why": context.person.why or ""}


COMMAND = Command(SPEC, run, prefill)
