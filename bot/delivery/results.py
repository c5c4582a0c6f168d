"""The results of a week, of many groups at once: a hundred fall due at one instant, so all is read for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.card import Card
from bot.domain.group import Group
from bot.domain.leaderboard import Keeper
from bot.domain.reminder import ReminderKind
from bot.domain.week import Week, first_instant
from bot.store import groups, leaderboards, people, sharing
from bot.store import progress as stored_progress
from bot.store.sqlite import Tx
from bot.views import posts

MOST_COMEBACKS = posts.MAX_NAMES


def key(group_id: int, week: Week) -> str:
    """`results/7/2026-W34`."""
    return f"{ReminderKind.RESULTS}/{group_id}/{week.monday:%G-W%V}"


def closes_for_all(tx: Tx, of: Sequence[Group], week: Week) -> dict[int, datetime]:
    """When a week closes for the last member of each group, by the group's id, in UTC."""
    zones = leaderboards.zones(tx, [group.id for group in of])
    return {
        group.id: max(week.closes_at(ZoneInfo(zone)) for zone in zones.get(group.id, [group.zone_name])) for group in of
    }


def cards(tx: Tx, of: Sequence[Group], week: Week, now: datetime, closes_at: Mapping[int, datetime]) -> dict[int, Card]:
    """What the results of a week say now, by the group's id; none of a group in which all rest.

    A group is not in `closes_at` if the week has closed for all of it.
    """
    found: dict[int, Card] = {}
    for alike in in_zones(of):
        found.update(_cards(tx, alike, week, now, closes_at))
    return found


def in_zones(of: Iterable[Group]) -> Iterable[list[Group]]:
    """The groups, those of one zone together: a week begins and ends for all of them at once."""
    alike: dict[str, list[Group]] = defaultdict(list)
    for group in of:
        alike[group.zone_name].append(group)
    return alike.values()


def _cards(
    tx: Tx, of: Sequence[Group], week: Week, now: datetime, closes_at: Mapping[int, datetime]
) -> dict[int, Card]:
    ids, zone = [group.id for group in of], of[0].zone
    begins, ends = first_instant(week.monday, zone), first_instant(week.plus(1).monday, zone)
    found = leaderboards.results(tx, of, week, now)
    comebacks = _comebacks(tx, [keepers for _, keepers in found.values()], week, now)
    milestones = leaderboards.milestones(tx, ids, begins, ends, now)
    freezes = leaderboards.freezes(tx, [each for each in ids if each not in closes_at], week, now)
    intending = groups.intending(tx, ids, week.plus(1).monday)
    lines = sharing.lines(tx, ids, week, now)
    return {
        group.id: posts.results(
            posts.Results(
                group=group.name,
                zone=group.zone_name,
                week=week,
                total=found[group.id][0],
                keepers=found[group.id][1],
                comebacks=comebacks,
                milestones=milestones.get(group.id, []),
                closes_at=closes_at.get(group.id),
                freezes=freezes.get(group.id, 0),
                intending=intending.get(group.id, 0),
                line=lines.get(group.id),
            )
        )
        for group in of
        if group.id in found
    }


def _comebacks(tx: Tx, keepers: Iterable[list[Keeper]], week: Week, now: datetime) -> frozenset[int]:
    """Of those who are named and began a streak with this week, who had missed one before it."""
    begun = {keeper.person_id for of in keepers for keeper in of[:MOST_COMEBACKS] if keeper.streak == 1}
    closed = stored_progress.checkpoints(tx, begun)
    found = {who for who, (last, tally) in closed.items() if last == week and tally.came_back}
    found |= {who for who, (last, tally) in closed.items() if last == week.plus(-1) and tally.missed_run}
    others = [who for who, (last, _) in closed.items() if last not in (None, week, week.plus(-1))]
    return frozenset(found | {who for who in others if _came_back(tx, who, week, now)})


def _came_back(tx: Tx, person_id: int, week: Week, now: datetime) -> bool:
    """Judged from the start, for weeks that have long closed, as after down time."""
    history = stored_progress.history(tx, people.get(tx, person_id).id, now)
    return any(judged.week == week and judged.is_comeback for judged in history)
