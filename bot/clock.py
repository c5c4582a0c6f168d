"""Clocks, as something that can be handed in: the system's, or one that stands still until it is moved.

Beside them the steady clock, which nobody sets: it tells how much time has passed, and not what time it is.
"""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

FIRST_YEAR, LAST_YEAR = 1971, 2100
"""The years to which a clock may be set: zones are known for them, and what is due by then is planned in a moment."""

RUNS = f"The clock only knows the years {FIRST_YEAR} to {LAST_YEAR}."

Sleep = Callable[[float], Awaitable[None]]
"""A wait of so many seconds, as something that can be handed in: `asyncio.sleep`, or one that a test ends."""

BOOT_FILES = (Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/time"))
"""What names the stretch of steady time: the start of the machine, and a container's own count where it has one."""


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


class Steady(Protocol):
    """Anything that knows how much time has passed, whatever the wall clock is set to."""

    boot: str
    """The name of the stretch in which `seconds` can be compared, also by other processes; "" where nothing tells."""

    def seconds(self) -> float:
        """Return the seconds since some instant of the stretch."""
        ...


class SteadyClock:
    """The machine's own count since its start, its sleep included where the system counts that."""

    def __init__(self) -> None:
        self.boot = _name_boot()

    def seconds(self) -> float:
        """Return the seconds since the machine's start."""
        boottime = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boottime is None else time.clock_gettime(boottime)


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


def _name_boot() -> str:
    """Return the name of the machine's start and of the container's count; "" where the system tells neither."""
    boot_id, time_space = BOOT_FILES
    try:
        space = str(time_space.readlink()) if time_space.is_symlink() else ""
        return f"{boot_id.read_text(encoding='ascii').strip()} {space}".strip()
    except OSError:
        return ""
