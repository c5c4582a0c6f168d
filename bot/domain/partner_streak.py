"""The streak of two: weeks that both partners kept, derived from what became of the week for each (product rules).

It touches nobody's own streak. In a three, each two have their own.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from bot.domain.pause import Pause, paused_days
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import Week


class Share(Enum):
    """What became of a week for one of two: EXCUSED if they were away, saved by a freeze, or in practice."""

    KEPT = "kept"
    OPEN = "open"
    EXCUSED = "excused"
    MISSED = "missed"


class StudyWeeks(NamedTuple):
    """What decides the weeks of one of two: minutes that count and goals by week, pauses, and saved weeks.

    `first_week` is that of the person's first check-in (None before it), `closed_week` the last that has closed.
    """

    counted: Mapping[Week, tuple[int, int]] = {}
    pauses: tuple[Pause, ...] = ()
    saved: frozenset[Week] = frozenset()
    first_week: Week | None = None
    closed_week: Week | None = None

    def is_closed(self, week: Week) -> bool:
        """Return True once the week has closed for the person."""
        return self.closed_week is not None and week <= self.closed_week

    def share(self, week: Week) -> Share:
        """Return what became of the week; the order is that of the rule for a person's own weeks."""
        minutes, goal = self.counted.get(week, (0, 1))
        if minutes >= goal:
            return Share.KEPT
        if self.first_week is None or week < self.first_week:
            return Share.EXCUSED
        if not self.is_closed(week):
            return Share.OPEN
        is_away = paused_days(self.pauses, week) >= PAUSED_DAYS
        return Share.EXCUSED if is_away or week in self.saved or week == self.first_week else Share.MISSED


class PairTally(NamedTuple):
    """The counts of two after a week: weeks kept together in a row, the most ever, and the last week decided."""

    streak: int = 0
    best: int = 0
    decided: Week | None = None

    def after(self, shares: tuple[Share, Share], *, is_closed: bool) -> "PairTally":
        """Return the counts after a week: both kept it, or it has closed for both and nothing excuses it."""
        if shares == (Share.KEPT, Share.KEPT):
            return self._replace(streak=self.streak + 1, best=max(self.best, self.streak + 1))
        return self._replace(streak=0) if is_closed and Share.EXCUSED not in shares else self


class PairStreak(NamedTuple):
    """The streak of two as it stands, and the tally after the weeks that can change no more."""

    now: PairTally
    settled: PairTally


def pair_streak(one: StudyWeeks, other: StudyWeeks, weeks: Iterable[Week], before: PairTally) -> PairStreak:
    """Return the streak of two after `weeks`, in order, the first of which follows those of the tally `before`.

    A week settles once it has closed for both, and all before it have. Until it is decided the streak stands.
    """
    tally = settled = before
    is_settling = True
    for week in weeks:
        is_closed = one.is_closed(week) and other.is_closed(week)
        tally = tally.after((one.share(week), other.share(week)), is_closed=is_closed)
        is_settling = is_settling and is_closed
        if is_settling:
            settled = tally._replace(decided=week)
    return PairStreak(tally, settled)
