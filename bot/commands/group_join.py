"""`group join`: become a member; reminders, zone and one's own why are offered, and all of them are optional."""

from bot.chat.command import Given, Option, OptionKind, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.commands.shared.membership import join_group
from bot.commands.shared.setting_up import is_set_up
from bot.context import Context
from bot.domain.group import Group
from bot.errors import NotAllowed, Refused, Typed
from bot.store import groups
from bot.store import progress as stored_progress
from bot.views import welcome

CHANNEL = Option(
    "channel", OptionKind.CHANNEL, "the channel of the group", lambda text, _: text, is_hidden=True, is_in_form=False
)
"""Given by the buttons of a page that names the groups which anybody may join."""

SPEC = Spec("group join", "join the group here", (CHANNEL, GROUP), group="Groups")


def run(context: Context, given: Given) -> Answer:
    """Join the group that is meant."""
    group = _find_open_group(context, given) or context.require_group()
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


def _find_open_group(context: Context, given: Given) -> Group | None:
    """Return the group of a channel that a button names; None where it names none.

    Raises `NotAllowed` where not everybody may read that channel, as the platform says at this moment.
    """
    words = given[CHANNEL]
    if words is None:
        return None
    named = context.request.channels.get(words)
    if named is None or not named.is_public or not context.request.user.may_start:
        raise NotAllowed(("That channel isn't open to everyone. In it, type ", Typed("/group join"), "."))
    group = groups.find(context.tx, named.channel)
    if group is None or group.asleep:
        raise Refused(f"There's no group in #{named.channel.name} any more.", "/guide")
    return group


COMMAND = Command(SPEC, run)
