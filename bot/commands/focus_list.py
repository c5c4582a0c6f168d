"""`focus list`: every focus with its weeks, its hours and how it ended, those that were set aside too."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.audience import audience, may_show
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE, PAGE
from bot.commands.shared.paging import is_turned, turning
from bot.context import Context
from bot.store import focuses
from bot.views import focus as view
from bot.views import words

ROWS = 10

SPEC = Spec(
    "focus list",
    "all that you have focused on, and how it ended",
    (PAGE, EVERYONE),
    group="Your promise",
    is_read_only=True,
    examples=("/focus list",),
)


def run(context: Context, given: Given) -> Answer:
    """Newest first, a page at a time."""
    counts = focuses.outcomes(context.tx, context.person.id)
    total = sum(counts.values())
    if not total:
        return Reply(view.none_yet())
    page = min(given[PAGE] or 0, (total - 1) // ROWS)
    shown = focuses.newest(context.tx, context.person.id, page * ROWS, ROWS)
    shown_to = audience(context, given)
    is_public = shown_to is Audience.PUBLIC
    actions = () if is_public else _actions(context, page, total, is_free=None not in counts)
    card = view.focus_list(shown, counts, context.person, context.now, actions, is_public=is_public)
    return Reply(card, shown_to, in_place=is_turned(context, given))


def _actions(context: Context, page: int, total: int, *, is_free: bool) -> tuple[Actions, ...]:
    turned = turning(SPEC, {}, page, has_more=(page + 1) * ROWS < total)
    next_one = view.START if is_free else view.FINISH
    share = [words.show_everyone("focus list", {})] if may_show(context) else []
    return (Actions((*turned, next_one, *share)),)


COMMAND = Command(SPEC, run)
