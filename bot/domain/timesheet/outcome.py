"""The outcome of an import."""

from dataclasses import dataclass, field

from bot.domain.timesheet.choice import ImportedEntry
from bot.domain.timesheet.sheet import BadRow


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """Entries that are added, how many were stored already, and rows for which a full day had no room."""

    added: list[ImportedEntry] = field(default_factory=list)
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)

    def plus(self, more: "ImportOutcome") -> "ImportOutcome":
        """Return the outcome of two parts of one import together."""
        return ImportOutcome([*self.added, *more.added], self.known + more.known, [*self.bad, *more.bad])
