"""Who may see an answer: private unless *Show everyone* was pressed, and never public for a hidden member."""

from bot.chat.card import Actions
from bot.chat.command import Given
from bot.chat.request import Audience
from bot.commands.shared.options import EVERYONE
from bot.context import Context
from bot.domain.group import Group
from bot.store import groups
from bot.views import words


def audience(context: Context, given: Given, of: Group | None = None) -> Audience:
    """Public where that was asked for and may be; `of` is the group whose data the answer holds."""
    return Audience.PUBLIC if given[EVERYONE] and may_show(context, of) else Audience.PRIVATE


def may_show(context: Context, of: Group | None = None) -> bool:
    """Whether all who read this channel may see an answer of the speaker's: a group's data in its own channel alone."""
    if context.request.channel.is_direct or (of is not None and context.here(of)):
        return False
    here = groups.find(context.tx, context.request.channel)
    if here is None:
        return not any(member.is_hidden for _, member in context.own_groups())
    member = groups.member(context.tx, here.id, context.person.id)
    return member is None or not member.is_hidden


def show_everyone(
    context: Context, command: str, options: dict[str, str], of: Group | None = None
) -> tuple[Actions, ...]:
    """The button that shows the same answer to all, where that may be."""
    return (Actions((words.show_everyone(command, options),)),) if may_show(context, of) else ()
