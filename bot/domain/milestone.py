"""The marks on the road that are greeted once and never taken back (product rules, "What the channel sees")."""

from dataclasses import dataclass
from enum import StrEnum

STREAK_MARKS = (4, 8, 12, 26, 52, 104)
HOUR_MARKS = (100, 250, 500, 1040, 2600)


class MilestoneKind(StrEnum):
    """The measure of a milestone."""

    STREAK = "streak"
    HOURS = "hours"


@dataclass(frozen=True, order=True, slots=True)
class Milestone:
    """One mark: so many weeks of streak, or so many hours in all."""

    kind: MilestoneKind
    value: int

    def __str__(self) -> str:
        """Return the words of the greeting: “12 weeks of streak”, “1,040 hours”."""
        return f"{self.value} weeks of streak" if self.kind is MilestoneKind.STREAK else f"{self.value:,} hours"


def reached(streak: int, total_minutes: int) -> list[Milestone]:
    """Return every mark that this streak (in weeks) and these minutes have reached, smallest first."""
    streaks = [Milestone(MilestoneKind.STREAK, mark) for mark in STREAK_MARKS if streak >= mark]
    hours = [Milestone(MilestoneKind.HOURS, mark) for mark in HOUR_MARKS if total_minutes >= mark * 60]
    return streaks + hours
