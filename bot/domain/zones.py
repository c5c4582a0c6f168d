"""Time zones as people name them, and the one that a week closes in (product rules, "Time zone" and "Weeks").

Names come from the tz database that is installed with the program, and only a name found there is ever
loaded: typed text never reaches a file system.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo

from bot.domain.names import quoted
from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain
from bot.domain.week import Week
from bot.errors import Offer, Refused

LONGEST_INPUT = 64
EXAMPLE = "Europe/Berlin"
SPREAD = tuple(
    """
    Pacific/Honolulu America/Los_Angeles America/Denver America/Chicago America/New_York America/Bogota
    America/Argentina/Buenos_Aires America/Sao_Paulo UTC Europe/London Africa/Lagos Europe/Berlin Africa/Cairo
    Africa/Johannesburg Europe/Istanbul Africa/Nairobi Asia/Dubai Asia/Karachi Asia/Kolkata Asia/Dhaka
    Asia/Jakarta Asia/Shanghai Asia/Tokyo Australia/Sydney Pacific/Auckland
    """.split()
)
"""Completion before anything is typed: zones with many people in them, once around the world."""

_UTC = "UTC"
_NOT_PLACES = frozenset(
    """
    CET CST6CDT EET EST EST5EDT Factory GMT GMT+0 GMT-0 GMT0 Greenwich HST MET MST MST7MDT PST8PDT UCT
    Universal WET Zulu
    """.split()
)
_OFFSET = compile_on_use(
    r"(etc/)?(gmt|utc)?[+\u2212-][0-9]{1,2}(:?[0-9]{2})?|(etc/)?gmt0?|etc/(greenwich|zulu|uct|universal)"
)
_PLACE_OF_CLOCK = {
    clock: place
    for place, clocks in {
        "America/Los_Angeles": "pst pdt pt pst8pdt",
        "America/Denver": "mst mdt mt mst7mdt",
        "America/Chicago": "cst cdt ct cst6cdt",
        "America/New_York": "est edt et est5edt",
        "Asia/Hong_Kong": "hkt",
        "Asia/Kolkata": "ist",
        "Asia/Seoul": "kst",
        "Asia/Singapore": "sgt",
        "Asia/Tokyo": "jst",
        "Australia/Sydney": "aest aedt",
        "Europe/Athens": "eet eest",
        "Europe/Berlin": "cet cest met mest",
        "Europe/Lisbon": "wet west",
        "Europe/London": "bst greenwich",
        "Europe/Moscow": "msk",
        "Pacific/Auckland": "nzst nzdt",
        "Pacific/Honolulu": "hst",
    }.items()
    for clock in clocks.split()
}
"""The place that most people mean by the name of a clock: an example, never an answer."""

_SEPARATORS = "_-'’"
_CLOSE_ENOUGH = 0.75
_SUGGESTED = 3


class ZoneChange(NamedTuple):
    """A zone that somebody took at an instant: for days it holds at once.

    Weeks from `closing_from` on (None: all) close by it alone, since none of them had begun; earlier ones that were
    still open close in whichever of the zones ends them later.
    """

    zone: str
    closing_from: Week | None
    taken_at: datetime = datetime.min.replace(tzinfo=UTC)


def closes_at(changes: Sequence[ZoneChange], week: Week) -> datetime:
    """Return the UTC instant at which `week` closes for somebody who took these zones, in the order they were taken.

    A week that is open when its person changes zones closes in whichever of the zones ends it later, so that nobody is
    ever told too late (product rules, "Weeks"). There must be one zone at least.
    """
    closing = _closes_at(changes[0].zone, week)
    for change in changes[1:]:
        own = _closes_at(change.zone, week)
        if change.closing_from is None or change.closing_from <= week:
            closing = own
        elif change.taken_at < closing:
            closing = max(closing, own)
    return closing


def closing_from(changes: Sequence[ZoneChange], current: Week) -> Week:
    """Return the first week that closes by a zone alone that is taken now: none that has begun in any zone before."""
    begun = [change.closing_from for change in changes if change.closing_from is not None]
    return max([current.plus(1), *begun])


@lru_cache(maxsize=4096)
def _closes_at(zone_name: str, week: Week) -> datetime:
    return week.closes_at(ZoneInfo(zone_name))


@dataclass(frozen=True, slots=True)
class _Place:
    """A zone's name and the keys that find it; one that is not current is an older spelling of another."""

    name: str
    full: str
    city: str
    country: str
    is_current: bool

    def rank(self, key: str) -> int | None:
        """Return how well the place answers to `key`, 0 the best; None if not at all."""
        if key in (self.full, self.city, self.country):
            return 0
        if self.full.startswith(key) or self.city.startswith(key):
            return 1
        if self.country.startswith(key):
            return 2
        return 3 if key in self.full or key in self.country else None


def zone_names() -> tuple[str, ...]:
    """Return the names of all zones that a person may take, sorted: places and UTC, no bare offsets."""
    return _names()


def read_zone(text: str) -> ZoneInfo:
    """Return the zone that `text` names: an IANA name or the city in it, whatever its case, spaces and accents.

    Raises Refused, with the nearest names, if there is none or more than one, and for offsets and
    abbreviations ("GMT+2", "CET"), because they do not say when a place changes its clocks.
    """
    if len(text) > LONGEST_INPUT:
        raise Refused(f"No time zone has a name of {len(text):,} characters.", EXAMPLE)
    key = _squeeze(plain(text))
    if not key:
        raise Refused("Name a large city near you.", EXAMPLE)
    name = _current_cities().get(key) or _full_names().get(key)
    if name is None:
        raise _refusal(text, key)
    return ZoneInfo(name)


def suggest_zones(text: str, limit: int = 25) -> tuple[str, ...]:
    """Complete `text` to up to `limit` names: by the start of city, name or country, then by any part.

    Names in use come before older spellings; an empty text gives a spread around the world.
    """
    key = _squeeze(text[:LONGEST_INPUT])
    if not key:
        return SPREAD[:limit]
    ranked = [(rank, not place.is_current, place.name) for place in _places() if (rank := place.rank(key)) is not None]
    names = [name for _, _, name in sorted(ranked)]
    if key in _PLACE_OF_CLOCK:
        names.insert(0, _PLACE_OF_CLOCK[key])
    return tuple(dict.fromkeys(names))[:limit]


def _refusal(text: str, key: str) -> Refused:
    if _OFFSET.fullmatch("".join(text.lower().split())) or key in _PLACE_OF_CLOCK:
        sentence = f"I read {quoted(text)} as an offset, but I need a place, which says when its clocks change."
        return Refused(sentence, _PLACE_OF_CLOCK.get(key, EXAMPLE))
    nearest = suggest_zones(text.partition(",")[0], _SUGGESTED) or _similar(key)
    if not nearest:
        return Refused(f"I don't know a time zone {quoted(text)}. Name the largest city in your region.", EXAMPLE)
    offers = [Offer(name.rpartition("/")[2].replace("_", " "), name) for name in nearest]
    return Refused(f"I don't know a time zone {quoted(text)}. Did you mean {_either(nearest)}?", nearest[0], offers)


def _either(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _similar(key: str) -> tuple[str, ...]:
    known = _full_names() if "/" in key else _current_cities()
    return tuple(known[match] for match in get_close_matches(key, known, _SUGGESTED, _CLOSE_ENOUGH))


def _squeeze(text: str) -> str:
    """Fold a text to compare it: letters without case and accents, digits, slashes; "São Paulo" as "sao_paulo"."""
    letters = normalize("NFKD", text.casefold())
    return "".join(char for char in letters if not (char.isspace() or char in _SEPARATORS or combining(char)))


@cache
def _full_names() -> dict[str, str]:
    return {place.full: place.name for place in _places()} | {"etc/utc": _UTC}


@cache
def _current_cities() -> dict[str, str]:
    """Return the names by city, without older spellings: "samoa" would be American Samoa, and "north" Darwin."""
    return {place.city: place.name for place in _places() if place.is_current}


@cache
def _places() -> tuple[_Place, ...]:
    countries = {code: name.partition(" (")[0] for code, name, *_ in _rows("iso3166.tab")}
    country_of = {name: countries[code] for code, _, name, *_ in _rows("zone.tab")} | {_UTC: ""}
    return tuple(
        _Place(
            name=name,
            full=_squeeze(name),
            city=_squeeze(name.rpartition("/")[2]),
            country=_squeeze(country_of.get(name, "")),
            is_current=name in country_of,
        )
        for name in zone_names()
    )


@cache
def _names() -> tuple[str, ...]:
    names = (files("tzdata") / "zones").read_text("utf-8").split()
    return tuple(sorted(name for name in names if name not in _NOT_PLACES and not name.startswith("Etc/")))


def _rows(table: str) -> Iterator[list[str]]:
    lines = (files("tzdata") / "zoneinfo" / table).read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))
