"""The context of a request: the transaction, the instant, the one who speaks, and the group they speak in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from typing import overload

from msgspec import Struct, field

from bot.adapter.pages import SignInClient
from bot.chat.command import Reading, Spec
from bot.chat.request import Answer, Channel, Request, User
from bot.domain.checkin import Entry
from bot.domain.group import AREAS, Group, Member, seen_until
from bot.domain.names import clean_name
from bot.domain.person import Person, ZoneSource
from bot.errors import NotAllowed, Refused, Typed
from bot.questions.bank import QuestionBank
from bot.store import areas, groups, journal, moves, organisers, people, profiles, time_zones
from bot.store.groups import Membership
from bot.store.tx import Tx

GROUP_OPTION = "group"
"""The hidden option that any command takes from a button: the id of the group that is meant, one of one's own."""

CHANNEL_ONLY = "This works in a group's channel, and there is no group in this one."


class WhichGroup(Exception):
    """Raised for a person of several groups who speaks in none of their channels: they are asked which is meant."""

    def __init__(self, choices: list[Group]) -> None:
        super().__init__("which group?")
        self.choices = choices


class Answered(Exception):
    """Raised by the prefill of a form, where `answer` is shown instead of the form."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered instead")
        self.answer = answer


class MustWrite(Exception):
    """Raised by a command that only reads, where something has to be saved all the same: it is given once more."""


class Saving(Enum):
    """How much may be saved of who speaks: nothing, what is new of somebody known, or anyone, who is then known."""

    NOTHING = "nothing"
    KNOWN = "known"
    ANYONE = "anyone"


class Defaults(Struct, frozen=True):
    """Settings for new groups and people: the goal in minutes a week, the name of a time zone; questions to ask.

    `pages_url` is where pages are served, "" where none are; `sign_in_clients` are by platform what the program is
    known by where people sign in to them with their accounts.
    """

    goal: int
    zone: str
    questions: QuestionBank = field(default_factory=QuestionBank)
    pages_url: str = ""
    sign_in_clients: Mapping[str, SignInClient] = {}


class LazyNames(Sequence[str]):
    """Names that are loaded when they are first asked for, since most requests never ask."""

    def __init__(self, load: Callable[[], tuple[str, ...]]) -> None:
        self._load = load

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return self._load()

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        return self._names[index]


@dataclass
class Context:
    """All that a handler works with. `group` is the one of the channel, `member` the speaker's membership of it.

    `memberships` are all that the speaker had when the request came, also of groups that they have left. `is_renamed`
    says that the platform shows a name that is still to be saved, `may_write` is False on a snapshot, `is_page` says
    that a page is made of the answer, and `has_erased` that a person was erased, of whom the rest is to go before it.
    """

    tx: Tx
    now: datetime
    request: Request
    person: Person
    group: Group | None
    member: Member | None
    memberships: list[Membership]
    specs: Mapping[str, Spec]
    defaults: Defaults
    is_renamed: bool = False
    prepared: object = None
    may_write: bool = True
    is_page: bool = False
    has_erased: bool = False

    @property
    def name(self) -> str:
        """The name by which the place of the request knows the speaker."""
        return clean_name(self.request.user.nickname or self.request.user.name)

    def may_tell_once(self) -> bool:
        """Return True if the answer may tell what is told once, and save that it did.

        A page may not: a browser fetches it also where nobody looks. For anything else on a snapshot, where nothing can
        be saved, it raises `MustWrite`.
        """
        if self.is_page:
            return False
        if not self.may_write:
            raise MustWrite
        return True

    @cached_property
    def today(self) -> date:
        """The speaker's local date."""
        return self.person.today(self.now)

    @property
    def seen_at(self) -> datetime | None:
        """When the speaker checked in, joined a group or was away last; None if they never did."""
        joined = [member.joined_at for _, member in self.own_groups()]
        checked_in = [self.person.last_checkin_at] if self.person.last_checkin_at else []
        seen_at = max(joined + checked_in, default=None)
        return None if seen_at is None else seen_until(seen_at, self.away_until)

    @property
    def away_until(self) -> date | None:
        """The last day of the speaker's newest pause that has begun; None if they have had none."""
        return people.find_away_until(self.tx, [self.person.id], self.today).get(self.person.id)

    @cached_property
    def reading(self) -> Reading:
        """The speaker's local date and areas, as readers of options need them."""
        past_areas = LazyNames(lambda: tuple(journal.list_areas(self.tx, self.person.id)))
        zone_name = self.group.zone_name if self.group is not None else self.person.zone_name
        return Reading(self.today, LazyNames(self.areas), past_areas, self.now, zone_name)

    def areas(self) -> tuple[str, ...]:
        """Return the areas of the group here; elsewhere those of all groups that the speaker is in, or the six."""
        if self.group is not None:
            return areas.list_names(self.tx, self.group.id)
        names = [area for group, _ in self.own_groups() for area in areas.list_names(self.tx, group.id)]
        return tuple(dict.fromkeys(names)) or AREAS

    def renamed_areas(self) -> dict[str, str]:
        """Return the present name by each former one, in the groups whose areas are meant here."""
        meant = [self.group] if self.group is not None else [group for group, _ in self.own_groups()]
        renamed = {old: new for group in meant for old, new in areas.list_renamed(self.tx, group.id).items()}
        in_use = self.areas() if len(meant) > 1 else ()
        return {old: new for old, new in renamed.items() if old not in in_use}

    def with_present_area(self, entry: Entry) -> Entry:
        """Return the entry under the name that its area has now."""
        return replace(entry, area=self.renamed_areas().get(entry.area, entry.area)) if entry.area else entry

    def own_groups(self) -> list[Membership]:
        """Return the groups that the speaker is in now, each with their membership, the oldest first."""
        return groups.list_of_person(self.tx, self.person.id)

    def is_seen(self) -> bool:
        """Return True if any group sees the speaker: they are in it, and not hidden."""
        return any(not member.is_hidden for _, member in self.own_groups())

    def require_group(self) -> Group:
        """Return the group that is meant: the channel's, or the speaker's only one.

        Raises `WhichGroup` where there are several, `Refused` where there is none.
        """
        if self.group is not None:
            return self.group
        own = [group for group, _ in self.own_groups()]
        if len(own) > 1:
            raise WhichGroup(own)
        if not own:
            moved = moves.find(self.tx, self.request.channel)
            if moved is not None:
                raise Refused(f"{moved.group.name} now meets in #{moved.channel_name}. Join it there.")
            raise Refused(CHANNEL_ONLY, "/group start")
        return own[0]

    def require_own_group(self) -> Group:
        """Return the group that is meant, if the speaker is in it. Raises `NotAllowed` where they are not."""
        group = self.require_group()
        member = groups.find_member(self.tx, group.id, self.person.id)
        if member is None or member.has_left:
            raise NotAllowed(f"You are not in {group.name} yet.", "/group join")
        return group

    def require_organised_group(self) -> Group:
        """Return the group that is meant, if the speaker may run it. Raises `NotAllowed` where they may not.

        Whoever organises a group need not be a member of it.
        """
        group = self._find_organised_group() or self.require_group()
        if not self.may_organise(group):
            sentence = f"Only organisers of {group.name} may do this"
            member = groups.find_member(self.tx, group.id, self.person.id)
            if member is None or member.has_left:
                raise NotAllowed(f"{sentence}.")
            raise NotAllowed((f"{sentence}; ", Typed("/group organisers"), " shows who they are."))
        return groups.lock(self.tx, group) if self.may_write else group

    def _find_organised_group(self) -> Group | None:
        """Return the only group that a direct message can mean to somebody who organises it without being in it."""
        if self.group is not None:
            return None
        own = {group.id: group for group, _ in self.own_groups()}
        meant = own | {group.id: group for group in organisers.list_organised(self.tx, self.person.id)}
        if len(meant) > 1:
            raise WhichGroup(list(meant.values()))
        return next(iter(meant.values()), None)

    def may_organise(self, group: Group) -> bool:
        """Return True for an organiser of the group, and for a manager of the server or workspace that it is in."""
        user, channel = self.request.user, self.request.channel
        is_same_team = (group.platform, group.team) == (channel.platform, channel.team)
        is_manager = user.may_organise and is_same_team and user.team in ("", group.team)
        return is_manager or organisers.includes(self.tx, group.id, self.person.id)

    def group_options(self, group: Group) -> dict[str, str]:
        """Return the options by which a button means `group`: none in its own channel."""
        channel = self.request.channel
        is_its_channel = (channel.platform, channel.team, channel.id) == (group.platform, group.team, group.channel)
        return {} if is_its_channel else {GROUP_OPTION: str(group.id)}


def context_for(
    tx: Tx, request: Request, specs: Mapping[str, Spec], defaults: Defaults, now: datetime, saving: Saving
) -> Context | None:
    """Return the context of a request; None for someone unknown, unless they may be made known."""
    user, channel = request.user, request.channel
    if saving is not Saving.NOTHING:
        people.lock_speaker(tx, user)
    speaker = people.find_speaker(tx, user, channel.team)
    if speaker is None:
        if saving is not Saving.ANYONE:
            return None
        person = _add_person(tx, user, channel, defaults, now)
    else:
        is_saved = saving is not Saving.NOTHING
        person = profiles.save_profile(tx, speaker, user, channel, now) if is_saved else speaker.person
    memberships = groups.list_memberships(tx, person.id)
    channel_group = _find_channel_group(tx, channel, memberships)
    group = _find_chosen_group(tx, request, person, memberships) or channel_group
    member = next((member for _, member in memberships if group and member.group_id == group.id), None)
    is_renamed = speaker is not None and saving is Saving.NOTHING and profiles.has_new_name(speaker, user, channel)
    may_write = saving is not Saving.NOTHING
    return Context(
        tx, now, request, person, group, member, memberships, specs, defaults, is_renamed, may_write=may_write
    )


def _find_channel_group(tx: Tx, channel: Channel, memberships: list[Membership]) -> Group | None:
    """Return the channel's group; only for one that the speaker has never been in, the database is asked again."""
    key = (channel.platform, channel.team, channel.id)
    known = (group for group, _ in memberships if (group.platform, group.team, group.channel) == key)
    return next(known, None) or groups.find(tx, channel)


def _add_person(tx: Tx, user: User, channel: Channel, defaults: Defaults, now: datetime) -> Person:
    group = groups.find(tx, channel)
    platform_zone = time_zones.read_profile_zone(user.zone)
    zone = platform_zone or (group.zone_name if group else defaults.zone)
    source = ZoneSource.PLATFORM if platform_zone else ZoneSource.GROUP
    person = people.add(tx, user, clean_name(user.name), zone, source, now)
    profiles.save_nickname(tx, person.id, user, channel, now)
    return person


def _find_chosen_group(tx: Tx, request: Request, speaker: Person | None, memberships: list[Membership]) -> Group | None:
    """Return the group that a button named, if it did. Raises `NotAllowed` if the speaker is not in it, nor runs it."""
    group_id = request.options.get(GROUP_OPTION, "")
    if not group_id:
        return None
    group = next((group for group, member in memberships if not member.has_left and str(group.id) == group_id), None)
    if group is not None:
        return group
    organised = organisers.list_organised(tx, speaker.id) if speaker is not None else []
    group = next((group for group in organised if str(group.id) == group_id), None)
    if group is None:
        raise NotAllowed("That group is not one of yours.")
    return group
