"""`streak`: why it is what it is, week by week."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.audience import audience, may_show
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE, PAGE
from bot.commands.shared.paging import is_turned, turning
from bot.context import Context
from bot.domain.streak import Judged, Tally
from bot.store import progress as stored_progress
from bot.views import streak as view
from bot.views import words

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
    """The newest twelve weeks, older ones behind a button."""
    weeks = stored_progress.history(context.tx, context.person.id, context.now)
    shown_to = audience(context, given)
    is_public = shown_to is Audience.PUBLIC
    page = 0 if is_public else min(given[PAGE] or 0, max(0, len(weeks) - 1) // ROWS)
    end = len(weeks) - page * ROWS
    tally = weeks[-1].tally if weeks else Tally()
    found = view.StreakDetails(context.person.name, context.today, weeks, weeks[max(0, end - ROWS) : end], tally)
    actions = () if is_public else _actions(context, page, weeks)
    return Reply(view.streak(found, actions, is_public=is_public), shown_to, is_turned(context, given))


def _actions(context: Context, page: int, weeks: list[Judged]) -> tuple[Actions, ...]:
    turned = turning(SPEC, {}, page, has_more=(page + 1) * ROWS < len(weeks))
    share = (words.show_everyone("streak", {}),) if may_show(context) else ()
    return (Actions((*turned, *share)),) if turned or share else ()


COMMAND = Command(SPEC, run)
