"""`hello`: the answer to somebody who writes to the app directly instead of giving a command."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.views import welcome

SPEC = Spec("hello", "say hi", is_read_only=True, is_button_only=True, is_for_known=True)


def run(_context: Context, _given: Given) -> Answer:
    """Greet."""
    return Reply(welcome.hello())


COMMAND = Command(SPEC, run, stranger=lambda _tx, _request, _defaults: Reply(welcome.hello()))
