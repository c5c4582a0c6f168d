"""Whether the clock can be right, and whether the zones are known as they are today."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

from bot.checkup.line import Line, ago, stamp, warning, well, wrong

CLOCK, ZONES = "clock", "zone data"
BEHIND = timedelta(minutes=2)
BEFORE_US = datetime(2026, 1, 1, tzinfo=UTC)
OLD = timedelta(days=548)
SET_IT = "let the system set it: timedatectl set-ntp true"


def look(now: datetime, newest: datetime | None) -> list[Line]:
    """The clock against the newest instant in the database, and the age of the zone data."""
    return [_clock(now, newest), _zones(now)]


def _clock(now: datetime, newest: datetime | None) -> Line:
    if now < BEFORE_US:
        return wrong(CLOCK, f"says {stamp(now)}, which is long past", SET_IT)
    if newest is not None and newest > now + BEHIND:
        words = f"says {stamp(now)}, {ago(newest - now)} before something that the database has seen already"
        return wrong(CLOCK, words, f"{SET_IT}; or the clock was ahead when that was written, and time heals it")
    return well(CLOCK, stamp(now))


def _zones(now: datetime) -> Line:
    version, source = _found()
    made = _made(version)
    if made is not None and now - made > OLD:
        words = f"{version} {source}, {ago(now - made)} old: some zones may have changed since"
        return warning(ZONES, words, "upgrade the program and its packages, or the system's tzdata")
    return well(ZONES, f"{version} {source}")


def _found() -> tuple[str, str]:
    """The version of the zone data that is used: the system's, where it has them, or else the installed package's."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "Europe" / "Berlin").exists():
            return _system_version(folder), f"of the system, in {folder}"
    return metadata.version("tzdata"), "of the package tzdata"


def _system_version(folder: Path) -> str:
    try:
        with (folder / "tzdata.zi").open(encoding="ascii") as file:
            return file.readline().removeprefix("# version").strip() or "unknown"
    except (OSError, UnicodeDecodeError):
        return "a version that is not told"


def _made(version: str) -> datetime | None:
    """About when `2026a` or `2026.1` was made: a year has few, so the middle of the year does."""
    year = version[:4]
    return datetime(int(year), 7, 1, tzinfo=UTC) if year.isdecimal() and len(year) == 4 else None
