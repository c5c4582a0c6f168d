"""`progress`: where somebody stands, in one card."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.audience import choose_audience
from bot.commands.shared.handler import Command, about
from bot.commands.shared.member_lookup import FoundMember, find_member
from bot.commands.shared.options import EVERYONE, MEMBER
from bot.commands.shared.progress_card import load_own_card
from bot.context import Context
from bot.domain.group import Group
from bot.store import leaderboards
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
        with about(MEMBER):
            found = find_member(context, group, name)
        if found.person.id != context.person.id:
            return _show_other(context, group, found)
    audience = choose_audience(context, given)
    return Reply(load_own_card(context, is_public=audience is Audience.PUBLIC), audience)


def _show_other(context: Context, group: Group, found: FoundMember) -> Answer:
    """Show another member to the one who asks alone: it is never posted where others read it."""
    progress = stored_progress.judge_person(context.tx, found.person.id, context.now)
    is_away = found.person.id in leaderboards.find_away(context.tx, [group], progress.current)
    return Reply(view.other(found.name, progress, is_away=is_away))


COMMAND = Command(SPEC, run)
