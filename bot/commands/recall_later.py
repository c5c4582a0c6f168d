"""*Not now*: a note that came back may wait; two in a row keep such questions away for four weeks."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.recalling import is_recall_on
from bot.context import Context
from bot.domain.recall import QUIET, becomes_quiet
from bot.store import recalls
from bot.views import recall as view

SPEC = Spec("recall later", "let a question about an old note wait", (), is_button_only=True)


def run(context: Context, _given: Given) -> Answer:
    """Save it, and be quiet after the second in a row."""
    tx, person_id, today = context.tx, context.person.id, context.today
    if not is_recall_on(context):
        return Reply(view.switched(is_on=False))
    refused_on = recalls.find_state(tx, person_id).refused_on
    if not becomes_quiet(refused_on, today):
        recalls.save_refusal(tx, person_id, today)
        return Reply(view.later())
    recalls.save_refusal(tx, person_id, None)
    recalls.look_again(tx, person_id, today + QUIET)
    return Reply(view.quiet())


COMMAND = Command(SPEC, run)
