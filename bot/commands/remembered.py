"""*Yes*, *Partly*, *Not any more*: the answer to a note that came back, which decides when it comes again."""

from msgspec.structs import replace

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import choice_option
from bot.commands.shared.recalling import GONE, NOTE, find_note, is_recall_on, need_ref
from bot.context import Context
from bot.domain.recall import RecallMark
from bot.errors import Refused
from bot.store import recalls
from bot.views import recall as view

ANSWER = replace(choice_option("answer", "how much is there", *(mark.value for mark in RecallMark)), is_hidden=True)

SPEC = Spec("remembered", "say how much of a note is still there", (NOTE, ANSWER), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Save the answer; it ends a run of *Not now*."""
    note, today = find_note(context, need_ref(given[NOTE])), context.today
    if note is None:
        raise Refused(GONE, "/journal")
    mark = RecallMark(given[ANSWER] or RecallMark.YES)
    answered = note.answered(mark, today)
    recalls.save(context.tx, context.person.id, answered)
    if recalls.find_state(context.tx, context.person.id).refused_on is not None:
        recalls.save_refusal(context.tx, context.person.id, None)
    card = view.answered(mark, answered, today, is_on=is_recall_on(context))
    return Reply(card, in_place=context.request.via is Via.BUTTON)


COMMAND = Command(SPEC, run)
