"""Moving a person to another time zone: days follow at once, open weeks close no earlier, reminders again from now."""

from datetime import datetime

from bot.domain.person import Person, ZoneSource
from bot.domain.week import Week
from bot.domain.zones import closing_from, read_zone
from bot.errors import Refused
from bot.store import people, progress, schedules
from bot.store.tx import Tx


def move(tx: Tx, person: Person, zone_name: str, source: ZoneSource, now: datetime) -> Person:
    """Take a zone over, and return the person; `source` is saved even where the zone stays the same."""
    if (zone_name, source) == (person.zone_name, person.zone_source):
        return person
    is_new = zone_name != person.zone_name
    if not is_new:
        people.set_zone_source(tx, person.id, source)
        return people.get(tx, person.id)
    people.set_zone(tx, person.id, zone_name, _closing_from(tx, person, now), source=source, now=now)
    moved = people.get(tx, person.id)
    schedules.rearm_person(tx, moved, now)
    progress.refresh(tx, moved.id, now)
    return moved


def _closing_from(tx: Tx, person: Person, now: datetime) -> Week | None:
    """Return the first week that closes by the new zone alone; None where no week counts yet."""
    if person.first_week is None:
        return None
    return closing_from(people.list_zones(tx, person.id), Week.of(person.today(now)))


def follow_platform(tx: Tx, person: Person, profile_zone: str | None, now: datetime) -> Person:
    """Take over the zone of the person's profile, unless they have said one themselves, and return them."""
    if person.zone_source is ZoneSource.OWN:
        return person
    if (profile_zone, ZoneSource.PLATFORM) == (person.zone_name, person.zone_source):
        return person
    zone_name = read_profile_zone(profile_zone)
    if zone_name is None:
        return person
    return move(tx, person, zone_name, ZoneSource.PLATFORM, now)


def read_profile_zone(profile_zone: str | None) -> str | None:
    """Return the zone of a profile; None if there is none, or it is no zone that we know."""
    try:
        return read_zone(profile_zone).key if profile_zone else None
    except Refused:
        return None
