"""`focus list`: every focus with its weeks, its hours and how it ended, those that were set aside too."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.options import EVERYONE, PAGE
from bot.commands.paging import is_turned, turning
from bot.commands.showing import audience, may_show
from bot.commands.turn import Command, Turn
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


def run(turn: Turn, given: Given) -> Answer:
    """Newest first, a page at a time."""
    counts = focuses.outcomes(turn.tx, turn.person.id)
    total = sum(counts.values())
    if not total:
        return Reply(view.none_yet())
    page = min(given[PAGE] or 0, (total - 1) // ROWS)
    shown = focuses.newest(turn.tx, turn.person.id, page * ROWS, ROWS)
    shown_to = audience(turn, given)
    is_public = shown_to is Audience.PUBLIC
    actions = () if is_public else _actions(turn, page, total, is_free=None not in counts)
    card = view.every(shown, counts, turn.person, turn.now, actions, is_public=is_public)
    return Reply(card, shown_to, in_place=is_turned(turn, given))


def _actions(turn: Turn, page: int, total: int, *, is_free: bool) -> tuple[Actions, ...]:
    turned = turning(SPEC, {}, page, has_more=(page + 1) * ROWS < total)
    next_one = view.START if is_free else view.FINISH
    share = [words.show_everyone("focus list", {})] if may_show(turn) else []
    return (Actions((*turned, next_one, *share)),)


COMMAND = Command(SPEC, run)
