"""`group hide` and `group show`: being left out of all that a group sees, and being seen again."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.store import groups, partners, redraws
from bot.views import members as view

HIDE = Spec("group hide", "stay out of everything the group sees", (GROUP,), group="Groups")
SHOW = Spec("group show", "let the group see you again", (GROUP,), group="Groups")


def hide(context: Context, _given: Given) -> Answer:
    """Leave the speaker out."""
    return _set(context, is_hidden=True)


def show(context: Context, _given: Given) -> Answer:
    """Let the speaker be seen."""
    return _set(context, is_hidden=False)


def _set(context: Context, *, is_hidden: bool) -> Answer:
    group = context.require_own_group()
    groups.hide(context.tx, group.id, context.person.id, hidden=is_hidden)
    if is_hidden:
        partners.hide(context.tx, group.id, context.person.id)
    redraws.arm(context.tx, [group], context.now)
    if not is_hidden:
        return Reply(view.shown(group))
    names = [one.name for one in partners.list_partners(context.tx, context.person.id) if one.pair.group_id == group.id]
    return Reply(view.hidden(group, names))


HIDE_COMMAND = Command(HIDE, hide)
SHOW_COMMAND = Command(SHOW, show)
