"""From a request to a turn: who speaks, in which group, and whether this program has met them before."""

from datetime import datetime

from bot.chat.command import Spec
from bot.chat.request import Channel, Request, User
from bot.commands import zoning
from bot.commands.turn import Defaults, Turn
from bot.domain.group import Group
from bot.domain.names import clean_name
from bot.domain.person import Person, ZoneSource
from bot.errors import NotAllowed
from bot.store import groups, people
from bot.store.groups import Place
from bot.store.sqlite import Tx

GROUP = "group"
"""The hidden option that any command takes from a button: which of one's own groups is meant."""


def turn_for(
    tx: Tx, request: Request, specs: dict[str, Spec], defaults: Defaults, now: datetime, *, may_add: bool
) -> Turn | None:
    """The turn of a request; None for someone who is not known yet where nobody may be added."""
    person = people.find(tx, request.user)
    places = groups.places(tx, person.id) if person else []
    here = _group_here(tx, request.channel, places)
    if person is None:
        if not may_add:
            return None
        person = _meet(tx, request.user, here, defaults, now)
    elif may_add:
        person = refreshed(tx, person, request.user, now)
    group = _chosen_group(request, places) or here
    member = next((member for place, member in places if group and place.id == group.id), None)
    return Turn(tx, now, request, person, group, member, places, specs, defaults)


def _group_here(tx: Tx, channel: Channel, places: list[Place]) -> Group | None:
    """The group of the channel, which is seldom one that the speaker has never been in."""
    key = (channel.platform, channel.team, channel.id)
    own = (group for group, _ in places if (group.platform, group.team, group.channel) == key)
    return next(own, None) or groups.find(tx, channel)


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


def _chosen_group(request: Request, places: list[Place]) -> Group | None:
    chosen = request.options.get(GROUP, "")
    if not chosen:
        return None
    own = [group for group, member in places if not member.has_left and str(group.id) == chosen[:20]]
    if not own:
        raise NotAllowed("That group is not one of yours.")
    return own[0]
