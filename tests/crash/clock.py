"""The town's clock: it goes on as the machine's does, but from the same Saturday whenever the tests run.

A file in the town's folder holds by how much the two differ, so that every process reads the same hour. On that
Saturday both weeks that were studied have closed for everybody.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

STARTS = datetime(2026, 1, 17, 12, tzinfo=UTC)


class TownClock:
    """A machine's clock that is wrong by some seconds, which may be changed at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "clock.shift"

    @classmethod
    def begun(cls, folder: Path) -> "TownClock":
        """One that stands at the town's first instant now."""
        clock = cls(folder)
        clock._set(STARTS - datetime.now(UTC))
        return clock

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift()

    def set_back(self, span: timedelta) -> None:
        self._set(self._shift() - span)

    def set_ahead(self, span: timedelta) -> None:
        self._set(self._shift() + span)

    def _shift(self) -> timedelta:
        return timedelta(seconds=float(self._file.read_text()))

    def _set(self, shift: timedelta) -> None:
        """Whole at any instant: the program reads it meanwhile."""
        written = self._file.with_suffix(".next")
        written.write_text(str(shift.total_seconds()))
        written.replace(self._file)
