"""*Keep for recall*: choose the note that comes back, in the place of the one that would be chosen for its week."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.recalling import GONE, NOTE, need_ref
from bot.context import Context
from bot.domain.recall import keep
from bot.errors import Refused
from bot.store import recalls
from bot.views import recall as view

SPEC = Spec("keep note", "let a note come back to be explained", (NOTE,), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Put the note on the ladder."""
    ref, today = need_ref(given[NOTE]), context.today
    own = recalls.find_notes(context.tx, context.person, [ref])
    if not own:
        raise Refused(GONE, "/journal")
    [note] = own
    if note.entered is not None and note.moved_on(today).is_on_ladder:
        return Reply(view.kept_before())
    kept, others = keep(note, today), recalls.list_notes(context.tx, context.person, today)
    is_replacing = any(other.entered == kept.entered and other.is_on_ladder for other in others)
    recalls.save_anew(context.tx, context.person.id, kept)
    return Reply(view.kept(kept, today, is_replacing=is_replacing))


COMMAND = Command(SPEC, run)
