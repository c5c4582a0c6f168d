"""The results of a week, of many groups at once: a hundred fall due at one instant, so all is read for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.group import Group
from bot.domain.leaderboard import Keeper
from bot.domain.results import WeekResults, name_members, name_partners
from bot.domain.week import Week, first_instant
from bot.store import groups, kept_counts, leaderboards, partners, results_members, sharing
from bot.store import progress as stored_progress
from bot.store.tx import Tx


def closes_at(tx: Tx, of_groups: Sequence[Group], week: Week) -> dict[int, datetime]:
    """Return, by the group's id, when a week has closed for every member of each group, in UTC."""
    zones = leaderboards.list_zones(tx, [group.id for group in of_groups])
    return {
        group.id: max(week.closes_at(ZoneInfo(zone)) for zone in zones.get(group.id, [group.zone_name]))
        for group in of_groups
    }


def load(
    tx: Tx, of_groups: Sequence[Group], week: Week, now: datetime, still_open: Collection[int]
) -> dict[int, WeekResults]:
    """Return the results of a week as they are now, by the group's id; none of a group in which all rest.

    `still_open` are the ids of the groups in which the week has not closed for all.
    """
    by_group: dict[int, WeekResults] = {}
    for alike in by_zone(of_groups):
        by_group.update(_load(tx, alike, week, now, still_open))
    return by_group


def by_zone(of_groups: Iterable[Group]) -> Iterable[list[Group]]:
    """Return the groups of one zone together: a week begins and ends for all of them at once."""
    alike: dict[str, list[Group]] = defaultdict(list)
    for group in of_groups:
        alike[group.zone_name].append(group)
    return alike.values()


def _load(
    tx: Tx, of_zone: Sequence[Group], week: Week, now: datetime, still_open: Collection[int]
) -> dict[int, WeekResults]:
    ids, zone = [group.id for group in of_zone], of_zone[0].zone
    begins, ends = first_instant(week.monday, zone), first_instant(week.plus(1).monday, zone)
    results = leaderboards.find_results(tx, of_zone, week, now)
    comebacks = _comebacks(tx, [keepers for _, keepers in results.values()], week, now)
    milestones = leaderboards.list_milestones(tx, ids, week, begins, ends, now)
    last_named = results_members.find_last_named(tx, ids, week)
    kept_counts_of = kept_counts.count_kept(tx, ids, week)
    intending = groups.count_intentions_by_group(tx, ids, week.plus(1).monday)
    quotes = sharing.find_lines(tx, ids, week, now)
    pairs = partners.find_named(tx, ids, week)
    return {
        group_id: WeekResults(
            week=week,
            total=total,
            named=name_members(keepers, milestones.get(group_id, []), comebacks, last_named.get(group_id, {})),
            weeks=kept_counts_of.get(group_id, ()),
            quote=quotes.get(group_id),
            intending=intending.get(group_id, 0),
            is_open=group_id in still_open,
            partners=name_partners([(pair.ids, weeks) for pair, weeks in pairs.get(group_id, ())], keepers),
        )
        for group_id, (total, keepers) in results.items()
    }


def _comebacks(tx: Tx, keepers_by_group: Iterable[list[Keeper]], week: Week, now: datetime) -> frozenset[int]:
    """Return who came back, by id: the week is the first that they kept after two missed ones, once in twelve."""
    begun = {keeper.person_id for keepers in keepers_by_group for keeper in keepers if keeper.streak == 1}
    checkpoints = stored_progress.load_checkpoints(tx, begun)
    # A checkpoint stands after the last closed week. Where that is this week or the one before, it tells; else, as
    # after down time, all weeks are judged anew.
    closed = {person for person, (last, tally) in checkpoints.items() if last == week and tally.is_comeback_told}
    is_open = {person for person, (last, tally) in checkpoints.items() if last == week.plus(-1) and tally.may_come_back}
    others = [person for person, (last, _) in checkpoints.items() if last not in (None, week, week.plus(-1))]
    return frozenset(closed | is_open | {person for person in others if _came_back(tx, person, week, now)})


def _came_back(tx: Tx, person_id: int, week: Week, now: datetime) -> bool:
    """Judge all weeks of a person. Return True if `week` was a comeback that results tell."""
    history = stored_progress.judge_history(tx, person_id, now)
    return any(judged.week == week and judged.tally.is_comeback_told for judged in history)
