"""How much was studied on one day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayTotal:
    """Minutes of one local day: logged here, and imported."""

    minutes: int
    imported: int

    @property
    def total(self) -> int:
        """All of it, as hours count it."""
        return self.minutes + self.imported
