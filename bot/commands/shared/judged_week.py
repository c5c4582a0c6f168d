"""The state of any week of the speaker, also of one that closed long ago."""

from bot.context import Context
from bot.domain.progress import Progress
from bot.domain.streak import Judged
from bot.domain.week import Week
from bot.store import progress as stored_progress


def find_judged_week(context: Context, progress: Progress, week: Week) -> Judged | None:
    """Return the state of the week; None before the person's first, and for one that has not begun."""
    person = progress.person
    if person.first_week is None or week < person.first_week:
        return None
    return progress.judged(week) or next(
        (judged for judged in stored_progress.judge_history(context.tx, person.id, context.now) if judged.week == week),
        None,
    )
