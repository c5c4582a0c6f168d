"""The audience of an answer: private unless *Post it here* was pressed, and never public for a hidden member."""

from bot.chat.card import Button
from bot.chat.command import Given
from bot.chat.request import Audience
from bot.commands.shared.options import EVERYONE
from bot.context import Context
from bot.domain.group import Group
from bot.store import groups
from bot.views import words


def choose_audience(context: Context, given: Given, group: Group | None = None) -> Audience:
    """Return public where that was asked for and may be; `group` is the one whose data the answer holds, if any."""
    return Audience.PUBLIC if given[EVERYONE] and _may_share(context, group) else Audience.PRIVATE


def share_buttons(
    context: Context, command: str, options: dict[str, str], group: Group | None = None
) -> tuple[Button, ...]:
    """Return the button that shows the same answer to everyone; none where they may not see it."""
    return (words.show_everyone(command, options),) if _may_share(context, group) else ()


def _may_share(context: Context, group: Group | None) -> bool:
    """Return True if all who read this channel may see the answer: a group's data in its own channel alone."""
    if context.request.channel.is_direct or (group is not None and context.group_options(group)):
        return False
    here = groups.find(context.tx, context.request.channel)
    if here is None:
        return not any(member.is_hidden for _, member in context.own_groups())
    member = groups.find_member(context.tx, here.id, context.person.id)
    return member is None or not member.is_hidden
