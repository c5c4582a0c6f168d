"""`progress`: where somebody stands, in one card."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.audience import choose_audience, share_buttons
from bot.commands.shared.handler import Command
from bot.commands.shared.member_lookup import find_member
from bot.commands.shared.options import EVERYONE, MEMBER
from bot.commands.shared.progress_card import load_own_card
from bot.context import Context
from bot.domain.group import Group
from bot.domain.person import Person
from bot.store import progress as stored_progress
from bot.views import progress as view

SPEC = Spec(
    "progress",
    "this week, streak, weeks kept, areas, focus and horizon",
    (MEMBER, EVERYONE),
    group="Where you stand",
    is_read_only=True,
    examples=("/progress", "/progress @bo"),
    also="stats stat status me today week mine",
)


def run(context: Context, given: Given) -> Answer:
    """Show one's own card, or of another member what all may see."""
    name = given[MEMBER]
    if name is not None:
        group = context.require_own_group()
        person = find_member(context, group, name)
        if person.id != context.person.id:
            return _show_other(context, given, group, person)
    audience = choose_audience(context, given)
    return Reply(load_own_card(context, is_public=audience is Audience.PUBLIC), audience)


def _show_other(context: Context, given: Given, group: Group, person: Person) -> Answer:
    audience = choose_audience(context, given, group)
    is_public = audience is Audience.PUBLIC
    buttons = () if is_public else share_buttons(context, "progress", {"member": given.raw["member"]}, group)
    progress = stored_progress.judge_person(context.tx, person.id, context.now)
    return Reply(view.other(progress, (Actions(buttons),) if buttons else ()), audience)


COMMAND = Command(SPEC, run)
