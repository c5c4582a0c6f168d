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

MAX_COMEBACKS = posts.MAX_NAMES


def key(group_id: int, week: Week) -> str:
    """Return the key of a group's results: `results/7/2026-W34`."""
    return f"{ReminderKind.RESULTS}/{group_id}/{week.monday:%G-W%V}"


def closes_at(tx: Tx, of_groups: Sequence[Group], week: Week) -> dict[int, datetime]:
    """Return, by the group's id, when a week closes for the last member of each group, in UTC."""
    zones = leaderboards.list_zones(tx, [group.id for group in of_groups])
    return {
        group.id: max(week.closes_at(ZoneInfo(zone)) for zone in zones.get(group.id, [group.zone_name]))
        for group in of_groups
    }


def cards(
    tx: Tx, of_groups: Sequence[Group], week: Week, now: datetime, closings: Mapping[int, datetime]
) -> dict[int, Card]:
    """Return the results of a week as they are now, by the group's id; none of a group in which all rest.

    `closings` says when the week closes, for each group in which it has not closed for all.
    """
    by_group: dict[int, Card] = {}
    for alike in by_zone(of_groups):
        by_group.update(_cards(tx, alike, week, now, closings))
    return by_group


def by_zone(of_groups: Iterable[Group]) -> Iterable[list[Group]]:
    """Return the groups of one zone together: a week begins and ends for all of them at once."""
    alike: dict[str, list[Group]] = defaultdict(list)
    for group in of_groups:
        alike[group.zone_name].append(group)
    return alike.values()


def _cards(
    tx: Tx, of_zone: Sequence[Group], week: Week, now: datetime, closings: Mapping[int, datetime]
) -> dict[int, Card]:
    ids, zone = [group.id for group in of_zone], of_zone[0].zone
    begins, ends = first_instant(week.monday, zone), first_instant(week.plus(1).monday, zone)
    results = leaderboards.find_results(tx, of_zone, week, now)
    comebacks = _comebacks(tx, [keepers for _, keepers in results.values()], week, now)
    milestones = leaderboards.list_milestones(tx, ids, begins, ends, now)
    freezes = leaderboards.count_freezes(tx, [group_id for group_id in ids if group_id not in closings], week, now)
    intending = groups.count_intentions_by_group(tx, ids, week.plus(1).monday)
    lines = sharing.find_lines(tx, ids, week, now)
    return {
        group.id: posts.results(
            posts.Results(
                group=group.name,
                zone=group.zone_name,
                week=week,
                total=results[group.id][0],
                keepers=results[group.id][1],
                comebacks=comebacks,
                milestones=milestones.get(group.id, []),
                closes_at=closings.get(group.id),
                freezes=freezes.get(group.id, 0),
                intending=intending.get(group.id, 0),
                line=lines.get(group.id),
            )
        )
        for group in of_zone
        if group.id in results
    }


def _comebacks(tx: Tx, keepers_by_group: Iterable[list[Keeper]], week: Week, now: datetime) -> frozenset[int]:
    """Return who came back, by id: those who are named, began a streak with this week, and missed one before it."""
    named = [keeper for keepers in keepers_by_group for keeper in keepers[:MAX_COMEBACKS]]
    begun = {keeper.person_id for keeper in named if keeper.streak == 1}
    checkpoints = stored_progress.load_checkpoints(tx, begun)
    # A checkpoint stands after the last closed week. Where that is this week or the one before, it tells; else, as
    # after down time, all weeks are judged anew.
    closed = {person for person, (last, tally) in checkpoints.items() if last == week and tally.came_back}
    is_open = {person for person, (last, tally) in checkpoints.items() if last == week.plus(-1) and tally.missed_run}
    others = [person for person, (last, _) in checkpoints.items() if last not in (None, week, week.plus(-1))]
    return frozenset(closed | is_open | {person for person in others if _came_back(tx, person, week, now)})


def _came_back(tx: Tx, person_id: int, week: Week, now: datetime) -> bool:
    """Judge all weeks of a person. Return True if `week` was a comeback."""
    history = stored_progress.judge_history(tx, people.get(tx, person_id).id, now)
    return any(judged.week == week and judged.is_comeback for judged in history)
