"""Letting the group's results quote a line of one's journal, and taking that back."""

from datetime import date

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.options import CHECKIN, hidden
from bot.commands.rewriting import owned
from bot.commands.turn import Command, Turn
from bot.domain.checkin import Checkin
from bot.domain.group import Group
from bot.domain.sharing import can_still_be_quoted
from bot.errors import Refused
from bot.store import sharing
from bot.views import sharing as view

KEEP = hidden("keep")

SPEC = Spec("share", "let the group's results quote what you learned", (CHECKIN, KEEP), is_button_only=True)


def run(turn: Turn, given: Given) -> Answer:
    """Mark the line, or take that back."""
    checkin = owned(turn, given[CHECKIN] or 0)
    if given[KEEP]:
        sharing.mark(turn.tx, checkin.id, shared=False)
        return Reply(view.kept(checkin.number), in_place=turn.request.via is Via.BUTTON)
    group = _group(turn, checkin)
    sharing.mark(turn.tx, checkin.id, shared=True)
    return Reply(view.shared(group.name, checkin.number, checkin.entry.learned or ""))


def share_offer(turn: Turn, checkin: Checkin) -> tuple[Actions, ...]:
    """The button for the answer to a check-in, where something was learned in it that may be quoted."""
    if not checkin.entry.learned or not may_be_quoted(turn, checkin.group_id, checkin.entry.day):
        return ()
    return (Actions((view.button(checkin.number),)),)


def may_be_quoted(turn: Turn, group_id: int | None, day: date) -> bool:
    """Whether results that are still to come may quote what the speaker wrote in that group's channel on that day."""
    return _own(turn, group_id) is not None and can_still_be_quoted(day, turn.today)


def _group(turn: Turn, checkin: Checkin) -> Group:
    """The group whose results may quote it, or the reason why none may."""
    if checkin.undone_at is not None or not checkin.entry.learned:
        raise Refused(f"There is nothing learned in check-in #{checkin.number} to share.", "/journal")
    group = _own(turn, checkin.group_id)
    if group is None:
        raise Refused("Only what you wrote in the channel of a group that sees you can be shared there.", "/journal")
    if not can_still_be_quoted(checkin.entry.day, turn.today):
        raise Refused("That is from an earlier week, and results only quote the week before them.", "/journal")
    return group


def _own(turn: Turn, group_id: int | None) -> Group | None:
    found = (group for group, member in turn.own_groups() if group.id == group_id and not member.is_hidden)
    return next(found, None)


COMMAND = Command(SPEC, run)
