"""The time that was studied on one day."""

from typing import NamedTuple


class DayTotal(NamedTuple):
    """Minutes of one local day: logged here, and imported."""

    minutes: int
    imported: int

    @property
    def total(self) -> int:
        """Minutes of both kinds, which all count as hours."""
        return self.minutes + self.imported
