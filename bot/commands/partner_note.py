"""*Share my last note*: let partners read one note, shown to its writer before."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import CHECKIN
from bot.context import Context
from bot.store import partner_notes, partners
from bot.views import partner as view

SPEC = Spec("partner note", "share a note with your study partner", (CHECKIN,), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Show the newest note, or share the one that was shown."""
    together = partners.list_partners(context.tx, context.person.id)
    if not together:
        return Reply(view.nobody())
    names = [partner.name for partner in together]
    note = partner_notes.find_last(context.tx, context.person.id, given[CHECKIN])
    if note is None:
        return Reply(view.no_note())
    if given[CHECKIN] is None:
        return Reply(view.ask_note(names, note.number, note.text))
    partner_notes.share(context.tx, note.checkin_id, [partner.person_id for partner in together], context.now)
    return Reply(view.note_shared(names), in_place=context.request.via is Via.BUTTON)


COMMAND = Command(SPEC, run)
