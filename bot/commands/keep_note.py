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
    notes = recalls.list_notes(context.tx, context.person, today)
    note = next((note for note in notes if note.ref == ref), None)
    if note is None or not note.moved_on(today).is_on_ladder:
        raise Refused(GONE, "/journal")
    if note.entered is not None:
        return Reply(view.kept_before())
    kept = keep(note, today)
    is_replacing = any(other.entered == kept.entered and other.is_on_ladder for other in notes)
    recalls.save(context.tx, context.person.id, kept)
    return Reply(view.kept(kept, today, is_replacing=is_replacing))


COMMAND = Command(SPEC, run)
