"""*Offer for the results*: let a group's results quote a note of one's journal, or take that back."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.change_checkin import find_own_checkin
from bot.commands.shared.handler import Command
from bot.commands.shared.options import CHECKIN, hidden_option
from bot.commands.shared.share_offer import find_seeing_group
from bot.context import Context
from bot.domain.checkin import Checkin
from bot.domain.group import Group
from bot.domain.sharing import can_still_be_quoted
from bot.errors import Refused
from bot.store import sharing
from bot.views import sharing as view

KEEP = hidden_option("keep")

SPEC = Spec("share", "let the group's results quote what you learned", (CHECKIN, KEEP), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Mark the line, or take that back."""
    number = given[CHECKIN]
    if number is None:
        raise Refused("Pick a note in your journal first.", "/journal")
    checkin = find_own_checkin(context, number)
    if given[KEEP]:
        sharing.mark(context.tx, checkin.id, shared=False)
        return Reply(view.unshared(), in_place=context.request.via is Via.BUTTON)
    group = _find_group(context, checkin)
    sharing.mark(context.tx, checkin.id, shared=True)
    return Reply(view.shared(group.name, checkin.number, checkin.entry.learned or ""))


def _find_group(context: Context, checkin: Checkin) -> Group:
    """Return the group whose results may quote it. Raises `Refused` with the reason why none may."""
    if checkin.undone_at is not None or not checkin.entry.learned:
        raise Refused(f"Check-in #{checkin.number} has no note to offer.", "/journal")
    if checkin.is_note_off:
        raise Refused("An organiser took this note off, so the results won't quote it.", "/journal")
    group = find_seeing_group(context, checkin.group_id)
    if group is None:
        raise Refused(
            "Results quote only notes written in the group's channel, and none of hidden members.", "/journal"
        )
    if not can_still_be_quoted(checkin.entry.day, context.today):
        raise Refused("That note is too old: results quote the week that has just ended.", "/journal")
    return group


COMMAND = Command(SPEC, run)
