"""Clocks, as something that can be handed in: the system's, or one that stands still until it is moved.

Beside them the steady clock, which nobody sets: it tells how much time has passed, and not what time it is.
"""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

log = logging.getLogger(__name__)
FIRST_YEAR, LAST_YEAR = 1971, 2100
"""The years to which a clock may be set: zones are known for them, and what is due by then is planned in a moment."""

RUNS = f"The clock only knows the years {FIRST_YEAR} to {LAST_YEAR}."

Sleep = Callable[[float], Awaitable[None]]
"""A wait of so many seconds, as something that can be handed in: `asyncio.sleep`, or one that a test ends."""

JUMP = timedelta(minutes=1)
"""A clock that goes ahead of the steady one by more than this at once was set."""

BELIEVED_AFTER_SECONDS = 30.0
"""So much steady time a jump ahead has to last before it is believed."""

COUNTS = ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC")
"""Counts that go on while the machine sleeps: Linux', else macOS'. Python's `monotonic` stands still there."""

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
        numbers = (getattr(time, name, None) for name in COUNTS)
        self._count = next((number for number in numbers if number is not None), None)

    def seconds(self) -> float:
        """Return the seconds since the machine's start."""
        return time.monotonic() if self._count is None else time.clock_gettime(self._count)


class GuardedClock:
    """The system's clock for what runs long: a jump ahead is believed only when it has lasted for half a minute.

    A time server may be wrong for some seconds. What is skipped or given up because of them never comes; what waits for
    half a minute does. At the start the clock is believed as it is, and a clock that goes back at once.
    """

    def __init__(self, clock: Clock | None = None, steady: Steady | None = None) -> None:
        self._clock = clock or SystemClock()
        self._steady = steady or SteadyClock()
        wall_time, seconds = self._read()
        self._began = wall_time - timedelta(seconds=seconds)
        self._ahead: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """Return the current instant in UTC, by the last time that was believed where the clock has just jumped."""
        wall_time, seconds = self._read()
        passed = timedelta(seconds=seconds)
        began = wall_time - passed
        if began - self._began > JUMP and not self._has_lasted(began, seconds):
            return self._began + passed
        self._began, self._ahead = began, None
        return wall_time

    def _has_lasted(self, began: datetime, seconds: float) -> bool:
        """Return True if the clock is ahead by the same for long enough."""
        if self._ahead is None or abs(began - self._ahead[0]) > JUMP:
            self._ahead = began, seconds
            log.warning("the clock is ahead; it is believed if that lasts", extra={"by": str(began - self._began)})
        return seconds - self._ahead[1] >= BELIEVED_AFTER_SECONDS

    def _read(self) -> tuple[datetime, float]:
        """Return the instant by the wall clock, and the seconds by the steady one."""
        return self._clock.now(), self._steady.seconds()


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
