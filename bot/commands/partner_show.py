"""`partner show`: who studies with you, how both are doing, and what can be done."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.partner_details import show_partners
from bot.context import Context

SPEC = Spec(
    "partner show",
    "your study partner, and your streak of two",
    group="Study partners",
    is_read_only=True,
    examples=("/partner show",),
    also="buddy mate pair",
)


def run(context: Context, _given: Given) -> Answer:
    """Show the partners; without any an invitation that waits, else how one finds somebody."""
    return Reply(show_partners(context))


COMMAND = Command(SPEC, run)
