"""What a handler works with: the transaction, the instant, who speaks, and the group they speak in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, overload

from bot.chat.command import Given, Option, Reading, Spec
from bot.chat.request import Answer, Request
from bot.domain.checkin import Entry
from bot.domain.group import AREAS, Group, Member
from bot.domain.person import Person
from bot.errors import NotAllowed, Refused
from bot.store import areas, groups, organisers
from bot.store.groups import Place
from bot.store.sqlite import Tx

CHANNEL_ONLY = "This works in a group's channel, and there is no group in this one."


class WhichGroup(Exception):
    """The person is in several groups and speaks in none of their channels: the dispatcher asks which is meant."""

    def __init__(self, choices: list[Group]) -> None:
        super().__init__("which group?")
        self.choices = choices


class Answered(Exception):
    """Raised where a form was about to be shown: this is answered instead."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered instead")
        self.answer = answer


class OnDemand(Sequence[str]):
    """Words that are looked up when they are first asked for, since most requests never ask."""

    def __init__(self, find: Callable[[], tuple[str, ...]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> tuple[str, ...]:
        return self._find()

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return self._found[at]


@dataclass
class Turn:
    """One request being worked on. `group` is the one of the channel, `member` the speaker's place in it.

    `places` are all groups that the speaker was in when the turn began, also those that they have left.
    """

    tx: Tx
    now: datetime
    request: Request
    person: Person
    group: Group | None
    member: Member | None
    places: list[Place]
    specs: dict[str, Spec]
    defaults: "Defaults"

    @cached_property
    def today(self) -> date:
        """The speaker's local date."""
        return self.person.today(self.now)

    @cached_property
    def reading(self) -> Reading:
        """What the readers of options may know."""
        return Reading(self.today, OnDemand(self.areas))

    @property
    def is_member(self) -> bool:
        """Whether the speaker is in the channel's group now."""
        return self.member is not None and not self.member.has_left

    def areas(self) -> tuple[str, ...]:
        """The areas of the group here; elsewhere those of all groups the speaker is in, or the six."""
        if self.group is not None:
            return areas.names(self.tx, self.group.id)
        found = [area for group, _ in self.own_groups() for area in areas.names(self.tx, group.id)]
        return tuple(dict.fromkeys(found)) or AREAS

    def renamed_areas(self) -> dict[str, str]:
        """What areas that were renamed are called now, in the groups whose areas are meant here."""
        meant = [self.group] if self.group is not None else [group for group, _ in self.own_groups()]
        found = {old: new for group in meant for old, new in areas.renamed(self.tx, group.id).items()}
        in_use = self.areas() if len(meant) > 1 else ()
        return {old: new for old, new in found.items() if old not in in_use}

    def named_today(self, entry: Entry) -> Entry:
        """An entry as it is shown: under the name that its area has now."""
        return replace(entry, area=self.renamed_areas().get(entry.area, entry.area)) if entry.area else entry

    def own_groups(self) -> list[Place]:
        """The groups that the speaker is in now."""
        return groups.of_person(self.tx, self.person.id)

    def the_group(self) -> Group:
        """The group that is meant: the channel's, or the speaker's only one.

        Raises `WhichGroup` where there are several, `Refused` where there is none.
        """
        if self.group is not None:
            return self.group
        own = [group for group, _ in self.own_groups()]
        if len(own) > 1:
            raise WhichGroup(own)
        if not own:
            raise Refused(CHANNEL_ONLY, "/group start")
        return own[0]

    def own_group(self) -> Group:
        """The group that is meant, if the speaker is in it; `NotAllowed` where they are not."""
        group = self.the_group()
        member = groups.member(self.tx, group.id, self.person.id)
        if member is None or member.has_left:
            raise NotAllowed(f"You are not in {group.name} yet.", "/group join")
        return group

    def organised_group(self) -> Group:
        """The group that is meant, if the speaker may run it; `NotAllowed` where they may not."""
        group = self.the_group()
        if not self.may_organise(group):
            raise NotAllowed(f"Only organisers of {group.name} may do this; /group organisers shows who they are.")
        return group

    def may_organise(self, group: Group) -> bool:
        """Whether the speaker is an organiser of the group, or manages the very server or workspace that it is in."""
        user, channel = self.request.user, self.request.channel
        is_of_here = (group.platform, group.team) == (channel.platform, channel.team) and user.team in ("", group.team)
        return (user.may_organise and is_of_here) or organisers.includes(self.tx, group.id, self.person.id)

    def here(self, group: Group) -> dict[str, str]:
        """What a button carries so that it means `group`: nothing in its own channel."""
        channel = self.request.channel
        is_its_channel = (channel.platform, channel.team, channel.id) == (group.platform, group.team, group.channel)
        return {} if is_its_channel else {"group": str(group.id)}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What new groups and people begin with, from the configuration."""

    goal: int
    zone: str


Handler = Callable[[Turn, Given], Answer]
Prefill = Callable[[Turn, dict[str, str]], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Command:
    """A spec with what it does. `prefill` says what stands in its form at first."""

    spec: Spec
    run: Handler
    prefill: Prefill | None = None


@contextmanager
def about(option: Option[Any]) -> Iterator[None]:
    """Let a refusal raised inside say which option it is about, so that a form shows it under the field."""
    try:
        yield
    except Refused as refused:
        refused.about = refused.about or option.name
        raise
