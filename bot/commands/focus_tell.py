"""*Tell the group*: a finished focus posted to the group's channel, once."""

from datetime import timedelta

from bot.chat.command import Given, Spec
from bot.chat.delivery import ChannelAddress, Delivery
from bot.chat.request import Answer, Reply
from bot.commands.shared.focus_options import FOCUS, find_focus
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.domain.focus import FocusOutcome
from bot.errors import NotAllowed, Refused
from bot.store import groups, outbox
from bot.views import focus as view
from bot.views import words

POST_EXPIRES = timedelta(hours=12)

SPEC = Spec("tell", "tell the group of a finished focus", (FOCUS, GROUP), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Post it, unless the group has had it before."""
    focus = find_focus(context, given)
    if focus is None or focus.outcome is not FocusOutcome.FINISHED:
        raise Refused("Finish the focus first, then tell the group.", "/focus finish")
    group = context.require_own_group()
    member = groups.find_member(context.tx, group.id, context.person.id)
    if member is None or member.is_hidden:
        raise NotAllowed(f"You're hidden in {group.name}, so nothing of you is posted there.", "/group show")
    if group.asleep:
        raise Refused(f"I can't post to {group.name} at the moment.", "/group settings")
    to = ChannelAddress(group.platform, group.team, group.channel, name=group.name)
    card = view.announcement(member.name, focus, context.person, context.now)
    key = f"focus/{group.id}/{focus.id}"
    is_new = outbox.enqueue(
        context.tx, Delivery(key, to, card, context.now, context.now + POST_EXPIRES), group_id=group.id
    )
    return Reply(words.done(f"{group.name} will read it." if is_new else f"{group.name} has read it already."))


COMMAND = Command(SPEC, run)
