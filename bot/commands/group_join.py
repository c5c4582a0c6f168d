"""`group join`: become a member; reminders, zone and one's own why are offered, and all of them are optional."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.commands.shared.membership import join_group
from bot.commands.shared.setting_up import is_set_up
from bot.context import Context
from bot.errors import NotAllowed, Typed
from bot.store import groups
from bot.store import progress as stored_progress
from bot.views import welcome

SPEC = Spec("group join", "join the group here", (GROUP,), group="Groups")


def run(context: Context, _given: Given) -> Answer:
    """Join the group that is meant."""
    group = context.require_group()
    earlier = groups.find_member(context.tx, group.id, context.person.id)
    if earlier is not None and not earlier.has_left:
        return Reply(welcome.joined_already(group))
    if earlier is not None and earlier.is_removed:
        raise NotAllowed(
            (
                f"An organiser took you out of {group.name}. Ask one of them to let you in again: ",
                Typed("/group organisers"),
                ".",
            )
        )
    others = len(context.own_groups())
    join_group(context, group)
    progress = stored_progress.judge_person(context.tx, context.person.id, context.now)
    joined = welcome.Joined(
        group,
        progress.goal,
        progress.minutes,
        has_checked_in=progress.person.first_week is not None,
        others=others,
        is_back=earlier is not None,
        is_set_up=is_set_up(context),
    )
    return Reply(welcome.joined(joined))


COMMAND = Command(SPEC, run)
