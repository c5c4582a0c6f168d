"""`streak`: why it is what it is, week by week."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.audience import choose_audience, share_buttons
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE, PAGE
from bot.commands.shared.paging import is_new_page, page_buttons
from bot.commands.shared.partner_extra import list_partners_now
from bot.context import Context
from bot.domain.streak import Judged
from bot.store import progress as stored_progress
from bot.views import streak as view

ROWS = 12

SPEC = Spec(
    "streak",
    "why your streak is what it is, week by week",
    (PAGE, EVERYONE),
    group="Where you stand",
    is_read_only=True,
    examples=("/streak",),
    also="freeze freezes",
)


def run(context: Context, given: Given) -> Answer:
    """Explain the newest twelve weeks, older ones behind a button."""
    progress = stored_progress.judge_from_start(context.tx, context.person.id, context.now)
    weeks = progress.weeks
    page = min(given[PAGE] or 0, max(0, len(weeks) - 1) // ROWS)
    end = len(weeks) - page * ROWS
    audience = choose_audience(context, given)
    together = list_partners_now(context, progress) if audience is Audience.PRIVATE else []
    details = view.StreakDetails(context.name, context.now, progress, weeks[max(0, end - ROWS) : end], together)
    if audience is Audience.PUBLIC:
        return Reply(view.shown_streak(details), audience)
    return Reply(view.streak(details, _actions(context, page, weeks)), audience, is_new_page(context, given))


def _actions(context: Context, page: int, weeks: list[Judged]) -> tuple[Actions, ...]:
    pages = page_buttons(SPEC, {}, page, has_more=(page + 1) * ROWS < len(weeks))
    buttons = (*pages, *share_buttons(context, "streak", {}))
    return (Actions(buttons),) if buttons else ()


COMMAND = Command(SPEC, run)
