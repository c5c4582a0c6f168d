"""*It's fine*: last week may stay short, and its reminder has done its work."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.views import words

SPEC = Spec("fine", "let last week be", (hidden_option("week"),), is_button_only=True)


def run(context: Context, _given: Given) -> Answer:
    """Say so, in the place of the question."""
    card = words.done("All right. This week is new, and it's yours.")
    return Reply(card, in_place=context.request.via is Via.BUTTON)


COMMAND = Command(SPEC, run)
