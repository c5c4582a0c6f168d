"""The speaker's time by area, under the names that areas have now."""

from bot.context import Context
from bot.domain.coverage import AreaTime, NeglectedArea, find_neglected, gather_times
from bot.domain.week import Week
from bot.store import totals


def load_coverage(context: Context) -> tuple[list[AreaTime], NeglectedArea | None]:
    """Return the speaker's time by area, most first, and the area in use here that is neglected, if any is."""
    in_use = context.reading.areas
    times = gather_times(totals.sum_by_area(context.tx, context.person.id), context.renamed_areas(), in_use)
    return times, find_neglected(times, in_use, context.person.first_week, Week.of(context.today))
