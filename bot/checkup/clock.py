"""The clock, which can be wrong, and the zone data, which can be old."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

from bot.checkup.line import Line, ago, stamp, warning, well, wrong

CLOCK, ZONES = "clock", "zone data"
CLOCK_TOLERANCE = timedelta(minutes=2)
FIRST_RELEASE_AT = datetime(2026, 1, 1, tzinfo=UTC)
ZONE_DATA_MAX_AGE = timedelta(days=548)
SET_CLOCK = "let the system set the clock: timedatectl set-ntp true"


def look(now: datetime, newest: datetime | None) -> list[Line]:
    """Compare the clock with the newest instant in the database, and tell the age of the zone data."""
    return [_clock(now, newest), _zones(now)]


def _clock(now: datetime, newest: datetime | None) -> Line:
    if now < FIRST_RELEASE_AT:
        return wrong(CLOCK, f"says {stamp(now)}, which is far in the past", SET_CLOCK)
    if newest is not None and newest > now + CLOCK_TOLERANCE:
        words = f"says {stamp(now)}, but the database has something from {ago(newest - now)} later"
        return wrong(CLOCK, words, f"{SET_CLOCK}; if the clock was wrong only when that was written, just wait")
    return well(CLOCK, stamp(now))


def _zones(now: datetime) -> Line:
    version, source = _version_and_source()
    released_at = _released_at(version)
    if released_at is not None and now - released_at > ZONE_DATA_MAX_AGE:
        words = f"{version} {source}, {ago(now - released_at)} old; some time zones may have changed since"
        return warning(ZONES, words, "upgrade the program and its packages, or the system's tzdata")
    return well(ZONES, f"{version} {source}")


def _version_and_source() -> tuple[str, str]:
    """Return version and origin of the zone data that is used: the system's where it has any, else the package's."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "Europe" / "Berlin").exists():
            return _system_version(folder), f"from the system, in {folder}"
    return metadata.version("tzdata"), "from the package tzdata"


def _system_version(folder: Path) -> str:
    try:
        with (folder / "tzdata.zi").open(encoding="ascii") as file:
            return file.readline().removeprefix("# version").strip() or "unknown"
    except (OSError, UnicodeDecodeError):
        return "an unknown version"


def _released_at(version: str) -> datetime | None:
    """Return about when `2026a` or `2026.1` was released, the middle of its year; None where no year is told."""
    year = version[:4]
    return datetime(int(year), 7, 1, tzinfo=UTC) if year.isdecimal() and len(year) == 4 else None
