"""Clocks, as something that can be handed in: the system's, or one that stands still until it is moved."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

FIRST_YEAR, LAST_YEAR = 1971, 2100
"""The years to which a clock may be set: zones are known for them, and what is due by then is planned in a moment."""

RUNS = f"The clock only knows the years {FIRST_YEAR} to {LAST_YEAR}."

Sleep = Callable[[float], Awaitable[None]]
"""A wait of so many seconds, as something that can be handed in: `asyncio.sleep`, or one that a test ends."""


def runs_to(instant: datetime) -> bool:
    """Return True if a clock may be set to this instant."""
    return FIRST_YEAR <= instant.year <= LAST_YEAR


class Clock(Protocol):
    """Anything that knows the instant."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the current instant in UTC."""
        return datetime.now(UTC)


class StillClock:
    """A clock that only moves when told: for the console's `--clock`, the demo and tests."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant it stands at, in UTC."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Stand at `instant`; also backwards, as machines' clocks do."""
        self._now = instant.astimezone(UTC)

    def advance(self, span: timedelta) -> None:
        """Stand `span` later, or earlier where it is negative."""
        self._now += span
