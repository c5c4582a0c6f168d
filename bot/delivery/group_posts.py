"""Planning a group's own posts: results (and their edit when the week has closed), last call, digest.

Many groups are due at one instant, so those that are alike are planned together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery
from bot.delivery import results
from bot.delivery.missed import MISSED_REASON, DueSchedule
from bot.domain.group import Group
from bot.domain.notice import Notice, is_too_early
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Moment
from bot.domain.scheduled import GroupSchedule, OpenResultsDue, WeekClosing
from bot.domain.week import Week, first_instant
from bot.store import (
    digests,
    groups,
    leaderboards,
    notices,
    outbox,
    results_members,
    revisions,
    schedules,
)
from bot.store import results as stored_results
from bot.store.outbox import NewPost
from bot.store.tx import Tx
from bot.views import organiser_notices, posts

EDIT_USEFUL_FOR = timedelta(days=7)


class PostContent(NamedTuple):
    """A post's key and card; results of a week that is open are edited after `closes_at`."""

    key: str
    card: Card
    closes_at: datetime | None = None


class PlannedPost(NamedTuple):
    """A due schedule, the group that it belongs to, and the content of its post."""

    due: DueSchedule
    group: Group
    content: PostContent


def plan(tx: Tx, dues: Iterable[DueSchedule], now: datetime) -> None:
    """Plan each post that is due to its group's channel, unless there is nothing to say or it has expired."""
    alike: dict[tuple[ReminderKind, date], list[DueSchedule]] = defaultdict(list)
    for due in dues:
        alike[due.kind, due.occurrence.day].append(due)
    for (kind, day), together in alike.items():
        awake = _awake(tx, [_group_id(due) for due in together])
        contents = _contents(tx, kind, day, list(awake.values()), now)
        planned = [
            PlannedPost(due, group, content)
            for due in together
            if (group := awake.get(_group_id(due))) and (content := contents.get(group.id))
        ]
        _enqueue(tx, planned, Week.of(day).plus(-1))
        if kind is ReminderKind.RESULTS:
            _ask_about_far_members(tx, together, awake, now)
        if kind is ReminderKind.DIGEST:
            current = [_group_id(due) for due in together if not due.is_expired and _group_id(due) in awake]
            digests.save_last(tx, current, now)


def plan_closing(tx: Tx, closings: Sequence[WeekClosing], now: datetime) -> None:
    """Plan the edit of a week's results, once it has closed for all, if they say anything else then."""
    schedules.delete(tx, [closing.id for closing in closings])
    group_ids: dict[Week, list[int]] = defaultdict(list)
    for closing in closings:
        group_ids[closing.week].append(closing.group_id)
    for week, ids in group_ids.items():
        drawn = results.draw(tx, list(_awake(tx, ids).values()), week, now, ())
        results.save(tx, week, drawn)
        for group_id, current in drawn.items():
            revisions.revise(tx, results.key(group_id, week), current.card, now, now + EDIT_USEFUL_FOR, ending="closed")


def plan_open_results(tx: Tx, dues: Sequence[OpenResultsDue], now: datetime) -> None:
    """Plan the edit of results that stand and are still open: somebody is seen no longer, or has another name."""
    schedules.delete(tx, [due.id for due in dues])
    group_ids: dict[Week, list[int]] = defaultdict(list)
    for due in dues:
        group_ids[due.week].append(due.group_id)
    for week, ids in group_ids.items():
        awake = _awake(tx, ids)
        drawn = results.draw(tx, list(awake.values()), week, now, awake)
        results.save(tx, week, drawn)
        for group_id in awake:
            card = drawn[group_id].card if group_id in drawn else posts.nobody_left(week)
            revisions.revise(tx, results.key(group_id, week), card, now, now + EDIT_USEFUL_FOR)


def address(group: Group) -> ChannelAddress:
    """Return the address of the group's channel."""
    return ChannelAddress(group.platform, group.team, group.channel, name=group.name)


def _awake(tx: Tx, group_ids: Iterable[int]) -> dict[int, Group]:
    """Return some groups by id, those that are not asleep."""
    return {group.id: group for group in groups.get_many(tx, group_ids).values() if not group.asleep}


def _group_id(due: DueSchedule) -> int:
    assert isinstance(due.schedule, GroupSchedule)
    return due.schedule.group_id


def _contents(
    tx: Tx, kind: ReminderKind, day: date, due_groups: Sequence[Group], now: datetime
) -> Mapping[int, PostContent]:
    """Return, by the group's id, the content for groups that have something to say and for which `day` is today."""
    match kind:
        case ReminderKind.RESULTS:
            return _results(tx, Week.of(day).plus(-1), due_groups, now)
        case ReminderKind.GROUP_CALL:
            totals = {
                group_id: total
                for alike in stored_results.by_zone(due_groups)
                for group_id, total in leaderboards.find_totals(tx, alike, Week.of(day), now).items()
            }
            _tell_of_rest(tx, due_groups, totals, now)
            return {
                group_id: PostContent(_key(kind, group_id, day), posts.group_call(total, day))
                for group_id, total in totals.items()
                if total.minutes
            }
        case _:
            cards = _digests(tx, due_groups, now)
            return {group_id: PostContent(_key(kind, group_id, day), card) for group_id, card in cards.items()}


def _results(tx: Tx, week: Week, due_groups: Sequence[Group], now: datetime) -> Mapping[int, PostContent]:
    """Return the results of a week; where it is open for some member, with the instant at which it closes."""
    closings = {group_id: at for group_id, at in stored_results.closes_at(tx, due_groups, week).items() if at > now}
    for alike in stored_results.by_zone(due_groups):
        ended_at = first_instant(week.plus(1).monday, alike[0].zone)
        results_members.store(tx, [group.id for group in alike], week, ended_at, now)
    drawn = results.draw(tx, due_groups, week, now, closings)
    results.save(tx, week, drawn)
    _tell_of_rest(tx, due_groups, drawn, now)
    return {
        group_id: PostContent(results.key(group_id, week), current.card, closings.get(group_id))
        for group_id, current in drawn.items()
    }


def _tell_of_rest(tx: Tx, due_groups: Sequence[Group], awake_ids: Collection[int], now: datetime) -> None:
    """Tell the organisers of groups in which all rest, once until anybody checks in again."""
    quiet = [group.id for group in due_groups if group.id not in awake_ids]
    resting = set(groups.list_resting(tx, quiet, now)) if quiet else set()
    notices.forget(tx, awake_ids, Notice.RESTING)
    for group in due_groups:
        if group.id in resting:
            notices.tell_once(tx, group, Notice.RESTING, organiser_notices.resting(group), now)


def _ask_about_far_members(tx: Tx, dues: Sequence[DueSchedule], awake: Mapping[int, Group], now: datetime) -> None:
    """Ask the organisers of groups whose results come while it is still Sunday for a member far away."""
    zones = groups.list_current_zones(tx, awake)
    for due in dues:
        group, moment = awake.get(_group_id(due)), Moment.of_key(due.schedule.moment)
        if group is not None and is_too_early(moment, group.zone_name, zones[group.id], now):
            notices.tell_once(tx, group, Notice.FAR_MEMBER, organiser_notices.far_member(group, moment), now)


def _digests(tx: Tx, due_groups: Sequence[Group], now: datetime) -> dict[int, Card]:
    """Return the digests of groups in which anything was logged since their last one."""
    by_id = {group.id: group for group in due_groups}
    last = digests.find_last(tx, by_id)
    cards = {}
    for group_id, logged in digests.list_logged(tx, by_id, now).items():
        zone, since = by_id[group_id].zone, last[group_id] or now - digests.FIRST_DIGEST_COVERS
        cards[group_id] = posts.digest(logged, since.astimezone(zone).date(), now.astimezone(zone).date())
    return cards


def _key(kind: ReminderKind, group_id: int, day: date) -> str:
    return f"{kind}/{group_id}/{day}"


def _enqueue(tx: Tx, planned: list[PlannedPost], last: Week) -> None:
    """Enqueue what has not expired, skip the rest, and let open results of the `last` week be edited when it closes."""
    useful = [post for post in planned if not post.due.is_expired]
    outbox.enqueue_all(tx, [_new_post(*post) for post in useful])
    closings = {group.id: content.closes_at for _, group, content in useful if content.closes_at}
    if closings:
        schedules.await_closing(tx, last, closings)
    for due, group, content in planned:
        if due.is_expired:
            due.skip(content.key, group.id, MISSED_REASON)


def _new_post(due: DueSchedule, group: Group, content: PostContent) -> NewPost:
    card = posts.late(content.card) if due.is_late else content.card
    return NewPost(Delivery(content.key, address(group), card, due.occurrence.due_at, due.expires_at), group.id)
