"""`focus list`: every focus with its weeks, its hours and how it ended, those that were set aside too."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE, PAGE
from bot.commands.shared.paging import is_new_page, page_buttons
from bot.context import Context
from bot.store import focuses
from bot.views import focus as view

ROWS = 10

SPEC = Spec(
    "focus list",
    "everything you've focused on, and how it ended",
    (PAGE, EVERYONE),
    group="Your promise",
    is_read_only=True,
    examples=("/focus list",),
)


def run(context: Context, given: Given) -> Answer:
    """Show a page of them, newest first, to their reader alone, also where an earlier version offered to post them."""
    counts = focuses.count_outcomes(context.tx, context.person.id)
    total = sum(counts.values())
    if not total:
        return Reply(view.none_yet())
    page = min(given[PAGE] or 0, (total - 1) // ROWS)
    rows = focuses.list_newest(context.tx, context.person.id, page * ROWS, ROWS)
    actions = _actions(page, total, is_free=None not in counts)
    card = view.focus_list(rows, counts, context.person, context.now, actions)
    return Reply(card, in_place=is_new_page(context, given))


def _actions(page: int, total: int, *, is_free: bool) -> Actions:
    pages = page_buttons(SPEC, {}, page, has_more=(page + 1) * ROWS < total)
    start_or_finish = view.START if is_free else view.FINISH
    return Actions((*pages, start_or_finish))


COMMAND = Command(SPEC, run)
