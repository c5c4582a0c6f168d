"""Who is offered a fresh start: after two short weeks, once for each run (product rules, "Scheduled posts")."""

from typing import NamedTuple

from bot.domain.progress import Progress
from bot.domain.reminder import FRESH_START_AFTER_WEEKS, LAST_CALL_WITHIN_MINUTES
from bot.domain.streak import Judged, WeekState

REACH = " reach"
"""What follows the name of a run for which only a last week within reach was told."""


class ShortRun(NamedTuple):
    """The weeks that ended last and were short, without any that was kept between them; away weeks are passed over.

    A week that has just ended and is open is one of them unless it is kept. `kept` are the weeks kept before, by which
    the run is known again.
    """

    weeks: int
    kept: int
    open_week: Judged | None

    @property
    def name(self) -> str:
        """The name of the run: all of it comes after the same number of kept weeks."""
        return str(self.kept)

    @property
    def is_long(self) -> bool:
        """True if a fresh start can be offered."""
        return self.weeks >= FRESH_START_AFTER_WEEKS

    @property
    def within_reach(self) -> Judged | None:
        """The week that ended last, while it is open and little is missing: that is told instead of a fresh start."""
        week = self.open_week
        if week is None or week.facts.goal - week.facts.counted > LAST_CALL_WITHIN_MINUTES:
            return None
        return week


def find_short_run(progress: Progress) -> ShortRun:
    """Return the run of short weeks that ends with the week before the current one."""
    tally = progress.record.checkpoint.tally
    short, kept = tally.short_run, tally.kept
    for judged in progress.weeks:
        if judged.week >= progress.current:
            break
        if judged.state is WeekState.KEPT:
            short, kept = 0, kept + 1
        elif not (judged.is_away or judged.facts.is_first):
            short += 1
    last = progress.last_open
    is_short = last is not None and not (last.is_away or last.facts.is_first)
    return ShortRun(short, kept, last if is_short else None)


def find_new_occasion(run: ShortRun, told: str | None) -> str | None:
    """Return how the run is to be remembered if it is told now; None where it need not be told.

    `told` is what was remembered last. A last week within reach is told once, and then a fresh start once.
    """
    if not run.is_long or told == run.name:
        return None
    if run.within_reach is None:
        return run.name
    return None if told == run.name + REACH else run.name + REACH
