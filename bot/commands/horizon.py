"""`horizon`: hours so far on the road of two to five years, and when it may lead where."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE
from bot.context import Context
from bot.domain.horizon import pace, season
from bot.domain.progress import Progress
from bot.domain.week import Week
from bot.store import progress as stored_progress
from bot.store import totals
from bot.views import horizon as view
from bot.views.horizon import Road

SPEC = Spec(
    "horizon",
    "your hours on the road of two to five years, your pace, and your season",
    (EVERYONE,),
    group="The long road",
    is_read_only=True,
    examples=("/horizon",),
    also="season seasons road",
)


def run(context: Context, _given: Given) -> Answer:
    """Show the road as it lies today, to its reader alone, also where an earlier version offered to post it."""
    progress = stored_progress.judge_person(context.tx, context.person.id, context.now)
    weeks = totals.sum_by_week(context.tx, context.person, progress.current)
    if not sum(weeks):
        return Reply(view.nothing_yet(progress.goal))
    return Reply(view.horizon(_road(context, progress, weeks)))


def _road(context: Context, progress: Progress, weeks: list[int]) -> Road:
    first = context.person.first_week
    ended = max(0, first.weeks_to(progress.current)) if first is not None else 0
    whole_weeks = ([0] * ended + weeks[:-1])[-ended:] if ended else []
    return Road(
        context.today,
        weeks,
        progress.goal,
        ended,
        pace(whole_weeks),
        season(first, max(first, Week.of(context.today))) if first is not None else None,
        progress.tally,
    )


COMMAND = Command(SPEC, run)
