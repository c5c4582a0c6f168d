"""What an import comes to."""

from dataclasses import dataclass, field

from bot.domain.timesheet.choice import Brought
from bot.domain.timesheet.sheet import Bad


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import came to: what was kept, how many were here already, and what a full day had no room for."""

    kept: list[Brought] = field(default_factory=list)
    known: int = 0
    bad: list[Bad] = field(default_factory=list)

    def plus(self, more: "ImportOutcome") -> "ImportOutcome":
        """What both parts of one import came to."""
        return ImportOutcome([*self.kept, *more.kept], self.known + more.known, [*self.bad, *more.bad])
