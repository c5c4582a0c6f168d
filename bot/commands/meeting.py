"""From a request to a turn: who speaks, in which group, and whether this program has met them before."""

from datetime import datetime

from bot.chat.command import Spec
from bot.chat.request import Request, User
from bot.commands import zoning
from bot.commands.turn import Defaults, Turn
from bot.domain.group import Group
from bot.domain.names import clean_name
from bot.domain.person import Person, ZoneSource
from bot.errors import NotAllowed
from bot.store import groups, people
from bot.store.sqlite import Tx

GROUP = "group"
"""The hidden option that any command takes from a button: which of one's own groups is meant."""


def turn_for(
    tx: Tx, request: Request, specs: dict[str, Spec], defaults: Defaults, now: datetime, *, may_add: bool
) -> Turn | None:
    """The turn of a request; None for someone who is not known yet where nobody may be added."""
    group = groups.find(tx, request.channel)
    person = people.find(tx, request.user)
    if person is None:
        if not may_add:
            return None
        person = _meet(tx, request.user, group, defaults, now)
    elif may_add:
        person = refreshed(tx, person, request.user, now)
    group = _chosen_group(tx, request, person) or group
    member = groups.member(tx, group.id, person.id) if group else None
    return Turn(tx, now, request, person, group, member, specs, defaults)


def _meet(tx: Tx, user: User, group: Group | None, defaults: Defaults, now: datetime) -> Person:
    told = zoning.known_zone(user.zone)
    zone = told or (group.zone_name if group else defaults.zone)
    source = ZoneSource.PLATFORM if told else ZoneSource.GROUP
    return people.add(tx, user, clean_name(user.name), zone, source, now)


def refreshed(tx: Tx, person: Person, user: User, now: datetime) -> Person:
    """The person as the platform knows them now: their name, and their zone unless they have said one themselves."""
    name = clean_name(user.name)
    if name != person.name:
        people.rename(tx, person.id, name)
        person = people.get(tx, person.id)
    return zoning.follow_platform(tx, person, user.zone, now)


def _chosen_group(tx: Tx, request: Request, person: Person) -> Group | None:
    chosen = request.options.get(GROUP, "")
    if not chosen:
        return None
    own = [group for group, _ in groups.of_person(tx, person.id) if str(group.id) == chosen[:20]]
    if not own:
        raise NotAllowed("That group is not one of yours.")
    return own[0]
