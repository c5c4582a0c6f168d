"""The results of a week: whom they name, and how (product rules, "Scheduled posts")."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.domain.leaderboard import Keeper, Total
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.week import Week

NAMED_KEEPERS = 5
"""Of those who kept the week and are named for nothing else, so many are; how many more there are is said."""

NAMED_PARTNERS = 2
"""Pairs of study partners whom results name at most."""


class Reached(NamedTuple):
    """Somebody who reached a milestone in the week."""

    person_id: int
    name: str
    milestone: Milestone


class Quoted(NamedTuple):
    """A note that its writer has offered for the results."""

    person_id: int
    name: str
    words: str


class SharedNote(NamedTuple):
    """A note as the group's page shows it, once its writer has offered it for the results."""

    name: str
    area: str | None
    day: date
    words: str


class Partners(NamedTuple):
    """Two study partners who both want to be named, with the weeks that they have kept together in a row."""

    names: tuple[str, str]
    weeks: int


class Named(NamedTuple):
    """The members whom results name: for milestones, for coming back, and among those who kept the week.

    `others` are the keepers who are not named.
    """

    reached: tuple[Reached, ...]
    back: tuple[Keeper, ...]
    kept: tuple[Keeper, ...]
    others: int

    @property
    def keeper_ids(self) -> set[int]:
        """Those named among who kept the week, by id."""
        return {keeper.person_id for keeper in self.kept}


@dataclass(frozen=True, slots=True)
class WeekResults:
    """The results of a week in a group.

    `is_open` until the week has closed for all; `weeks` says how many kept each of the last ones, this one last;
    `intending` are in the week that follows; `partners` have kept this one together.
    """

    week: Week
    total: Total
    named: Named
    weeks: tuple[int, ...]
    quote: Quoted | None
    intending: int
    is_open: bool
    partners: Sequence[Partners] = ()


def name_partners(pairs: Iterable[tuple[tuple[int, int], int]], keepers: Iterable[Keeper]) -> list[Partners]:
    """Choose the partners whom results name: those who both kept the week, most weeks together first."""
    names = {keeper.person_id: keeper.name for keeper in keepers}
    kept = [(weeks, ids) for ids, weeks in pairs if weeks and all(one in names for one in ids)]
    kept.sort(key=lambda pair: (-pair[0], pair[1]))
    return [Partners((names[ids[0]], names[ids[1]]), weeks) for weeks, ids in kept[:NAMED_PARTNERS]]


def name_members(
    keepers: Sequence[Keeper], reached: Iterable[Reached], back: Iterable[int], last_named: Mapping[int, str]
) -> Named:
    """Choose whom results name. Each is named once for the week; of the keepers those named least recently come first.

    `last_named` has the Monday of the last week in which results named somebody. Of each kind of milestone a person's
    greatest counts.
    """
    greatest: dict[tuple[int, MilestoneKind], Reached] = {}
    for each in sorted(reached, key=lambda each: each.milestone.value):
        greatest[each.person_id, each.milestone.kind] = each
    milestones = sorted(greatest.values(), key=lambda each: (each.milestone.kind, -each.milestone.value))
    back_ids = set(back)
    returned = [keeper for keeper in keepers if keeper.person_id in back_ids]
    in_row = {each.person_id for each in milestones if each.milestone.kind is MilestoneKind.STREAK}
    rest = [keeper for keeper in keepers if keeper.person_id not in back_ids | in_row]
    rest.sort(key=lambda keeper: last_named.get(keeper.person_id, ""))
    return Named(tuple(milestones), tuple(returned), tuple(rest[:NAMED_KEEPERS]), len(rest[NAMED_KEEPERS:]))
