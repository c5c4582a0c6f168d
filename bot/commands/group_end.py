"""`group end`: asks once; then the group's posts stop, and its people keep all that is theirs."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.commands.shared.membership import end_group
from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.store import groups
from bot.views import group as view

SURE = hidden_option("sure")
"""The id of the group that the organiser was asked about."""

SPEC = Spec("group end", "end the group (organisers)", (SURE, GROUP), group="Groups")


def run(context: Context, given: Given) -> Answer:
    """Ask, or end it, which its channel is told."""
    group = context.require_organised_group()
    here = context.group_options(group)
    if given[SURE] != str(group.id):
        return Reply(view.ask_end(group, groups.count_members(context.tx, group.id), here))
    end_group(context.tx, group, context.now)
    return Reply(view.ended(group), Audience.PRIVATE if here else Audience.PUBLIC)


COMMAND = Command(SPEC, run)
