"""What time it is, as something that can be handed in: the system's clock, or one that stands still until moved."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

FIRST_YEAR, LAST_YEAR = 1971, 2100
"""What a clock may be set to: there are zones for it, and what has fallen due by then is reckoned in a moment."""
RUNS = f"The clock runs from {FIRST_YEAR} to {LAST_YEAR}."


def runs_to(instant: datetime) -> bool:
    """Whether a clock may be set to it."""
    return FIRST_YEAR <= instant.year <= LAST_YEAR


class Clock(Protocol):
    """Anything that knows the instant."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The current instant in UTC."""
        return datetime.now(UTC)


class StillClock:
    """A clock that only moves when told: for the console's `--clock`, the demo and tests."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it stands at, in UTC."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Stand at `instant`; also backwards, as machines' clocks do."""
        self._now = instant.astimezone(UTC)

    def advance(self, span: timedelta) -> None:
        """Stand `span` later."""
        self._now += span
