"""Who may see an answer: private unless *Show everyone* was pressed, and never public for a hidden member."""

from bot.chat.card import Actions
from bot.chat.command import Given
from bot.chat.request import Audience
from bot.commands.options import EVERYONE
from bot.commands.turn import Turn
from bot.domain.group import Group
from bot.store import groups
from bot.views import words


def audience(turn: Turn, given: Given, of: Group | None = None) -> Audience:
    """Public where that was asked for and may be; `of` is the group whose data the answer holds."""
    return Audience.PUBLIC if given[EVERYONE] and may_show(turn, of) else Audience.PRIVATE


def may_show(turn: Turn, of: Group | None = None) -> bool:
    """Whether all who read this channel may see an answer of the speaker's: a group's data in its own channel alone."""
    if turn.request.channel.is_direct or (of is not None and turn.here(of)):
        return False
    here = groups.find(turn.tx, turn.request.channel)
    if here is None:
        return not any(member.is_hidden for _, member in turn.own_groups())
    member = groups.member(turn.tx, here.id, turn.person.id)
    return member is None or not member.is_hidden


def show_everyone(turn: Turn, command: str, options: dict[str, str], of: Group | None = None) -> tuple[Actions, ...]:
    """The button that shows the same answer to all, where that may be."""
    return (Actions((words.show_everyone(command, options),)),) if may_show(turn, of) else ()
