"""`group hide` and `group show`: being left out of all that a group sees, and being seen again."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.group_options import GROUP
from bot.commands.turn import Command, Turn
from bot.store import groups
from bot.views import members as view

HIDE = Spec("group hide", "be left out of all that the group sees", (GROUP,), group="Groups")
SHOW = Spec("group show", "be seen by the group again", (GROUP,), group="Groups")


def _hide(turn: Turn, _given: Given) -> Answer:
    return _set(turn, hidden=True)


def _show(turn: Turn, _given: Given) -> Answer:
    return _set(turn, hidden=False)


def _set(turn: Turn, *, hidden: bool) -> Answer:
    group = turn.own_group()
    groups.hide(turn.tx, group.id, turn.person.id, hidden=hidden)
    return Reply(view.hidden(group) if hidden else view.shown(group))


HIDE_COMMAND = Command(HIDE, _hide)
SHOW_COMMAND = Command(SHOW, _show)
