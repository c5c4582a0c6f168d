"""The speaker's long road, from the minutes of all their weeks."""

from bot.context import Context
from bot.domain.horizon import pace, season
from bot.domain.progress import Progress
from bot.domain.week import Week
from bot.store import totals
from bot.views.horizon import Road


def load_road(context: Context, progress: Progress) -> Road | None:
    """Return the road as it lies today; None where there are no hours at all."""
    weeks = totals.sum_by_week(context.tx, context.person, progress.current)
    if not sum(weeks):
        return None
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
