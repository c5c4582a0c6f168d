"""Cities around the world by the time of day there: a zone is easier to pick than to spell."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

MOST_CLOCKS = 24
"""As many as a list to pick from takes on every platform, with one line more for anywhere else."""


class Cities(NamedTuple):
    """Large cities that share their clock, and the zone that says when it changes."""

    zone: str
    names: str


CLOCKS = (
    Cities("America/Los_Angeles", "Los Angeles, Vancouver"),
    Cities("America/Denver", "Denver, Calgary"),
    Cities("America/Chicago", "Chicago, Houston"),
    Cities("America/Mexico_City", "Mexico City"),
    Cities("America/New_York", "New York, Toronto"),
    Cities("America/Bogota", "Bogotá, Lima"),
    Cities("America/Santiago", "Santiago"),
    Cities("America/Sao_Paulo", "São Paulo, Buenos Aires"),
    Cities("Europe/London", "London, Dublin, Lisbon"),
    Cities("Africa/Lagos", "Lagos, Algiers, Kinshasa"),
    Cities("Europe/Berlin", "Berlin, Paris, Madrid, Rome"),
    Cities("Africa/Cairo", "Cairo"),
    Cities("Africa/Johannesburg", "Johannesburg, Harare"),
    Cities("Europe/Athens", "Athens, Helsinki, Kyiv"),
    Cities("Europe/Istanbul", "Istanbul, Moscow, Nairobi"),
    Cities("Asia/Dubai", "Dubai, Tbilisi"),
    Cities("Asia/Karachi", "Karachi, Tashkent"),
    Cities("Asia/Kolkata", "Delhi, Mumbai, Bengaluru"),
    Cities("Asia/Dhaka", "Dhaka"),
    Cities("Asia/Jakarta", "Jakarta, Bangkok, Hanoi"),
    Cities("Asia/Shanghai", "Beijing, Singapore, Manila"),
    Cities("Asia/Tokyo", "Tokyo, Seoul"),
    Cities("Australia/Sydney", "Sydney, Melbourne"),
)
"""The clocks that most people live by; one place is left for the zone of a group that is none of these."""


def cities_at(now: datetime, zone_name: str = "") -> list[tuple[str, Cities]]:
    """Return the time of day (`14:20`) and the cities, from west to east; `zone_name` is among them in any case."""
    clocks = list(CLOCKS)
    if zone_name and all(cities.zone != zone_name for cities in clocks):
        clocks.append(Cities(zone_name, zone_name.rpartition("/")[2].replace("_", " ")))
    local = sorted(((now.astimezone(ZoneInfo(cities.zone)), cities) for cities in clocks), key=_offset)
    return [(f"{clock:%H:%M}", cities) for clock, cities in local]


def _offset(shown: tuple[datetime, Cities]) -> float:
    offset = shown[0].utcoffset()
    assert offset is not None
    return offset.total_seconds()
