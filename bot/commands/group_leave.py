"""`group leave`: cease to be a member; what one has logged stays one's own."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.commands.shared.membership import leave_group
from bot.context import Context
from bot.store import organisers
from bot.views import members as view

SPEC = Spec("group leave", "leave the group", (GROUP,), group="Groups")


def run(context: Context, _given: Given) -> Answer:
    """Leave the group that is meant. The last organiser may go, too: those who manage the server can still run it."""
    group = context.require_own_group()
    is_organiser = organisers.includes(context.tx, group.id, context.person.id)
    had_reminders = leave_group(context.tx, group, context.person, context.now)
    has_no_organiser = is_organiser and not organisers.list_of_group(context.tx, group.id)
    return Reply(view.left(group, had_reminders=had_reminders, is_without_organiser=has_no_organiser))


COMMAND = Command(SPEC, run)
