"""Planning a group's own posts: results (and their edit when the week has closed), last call, digest.

Many groups are due at one instant, so those that are alike are planned together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery
from bot.delivery import results
from bot.delivery.missed import MISSED, DueSchedule
from bot.domain.group import Group
from bot.domain.reminder import ReminderKind
from bot.domain.scheduled import GroupSchedule, WeekClosing
from bot.domain.week import Week
from bot.store import groups, leaderboards, outbox, schedules
from bot.store.outbox import NewPost
from bot.store.sqlite import Tx
from bot.views import posts

EDIT_USEFUL_FOR = timedelta(days=7)


class Content(NamedTuple):
    """What a post is to say, and under which key; results of a week that is open are edited after `closes_at`."""

    key: str
    card: Card
    closes_at: datetime | None = None


def plan(tx: Tx, dues: Iterable[DueSchedule], now: datetime) -> None:
    """Owe each post that is due to its group's channel, unless there is nothing to say or it is too late to."""
    alike: dict[tuple[ReminderKind, date], list[DueSchedule]] = defaultdict(list)
    for due in dues:
        alike[due.kind, due.occurrence.day].append(due)
    for (kind, day), together in alike.items():
        found = _awake(tx, [_group_id(due) for due in together])
        contents = _contents(tx, kind, day, list(found.values()), now)
        planned = [
            _Planned(due, group, content)
            for due in together
            if (group := found.get(_group_id(due))) and (content := contents.get(group.id))
        ]
        _owe(tx, planned, Week.of(day).plus(-1))


def plan_closing(tx: Tx, closed: Sequence[WeekClosing], now: datetime) -> None:
    """A week has closed for all: edit its results in place, once, with the freezes spent."""
    schedules.remove(tx, [closing.id for closing in closed])
    alike: dict[Week, list[WeekClosing]] = defaultdict(list)
    for closing in closed:
        alike[closing.week].append(closing)
    for week, together in alike.items():
        found = _awake(tx, [closing.group_id for closing in together])
        cards = results.cards(tx, list(found.values()), week, now, {})
        outbox.enqueue_all(
            tx,
            [
                _edit(found[group_id], results.key(group_id, week), card, now)
                for group_id, card in cards.items()
                if card != outbox.card_of(tx, results.key(group_id, week))
            ],
        )


def address(group: Group) -> Address:
    """The group's channel."""
    return ChannelAddress(group.platform, group.team, group.channel, name=group.name)


def _awake(tx: Tx, group_ids: Iterable[int]) -> dict[int, Group]:
    """Return some groups by id, those that are not asleep."""
    return {group.id: group for group in groups.those(tx, group_ids).values() if not group.asleep}


def _group_id(due: DueSchedule) -> int:
    assert isinstance(due.schedule, GroupSchedule)
    return due.schedule.group_id


def _contents(tx: Tx, kind: ReminderKind, day: date, of: Sequence[Group], now: datetime) -> dict[int, Content]:
    """What is to be said to each of the groups for which this is due on their local `day`; some have nothing to say."""
    week = Week.of(day)
    match kind:
        case ReminderKind.RESULTS:
            last = week.plus(-1)
            closes_at = {each: at for each, at in results.closes_for_all(tx, of, last).items() if at > now}
            cards = results.cards(tx, of, last, now, closes_at)
            return {each: Content(results.key(each, last), card, closes_at.get(each)) for each, card in cards.items()}
        case ReminderKind.GROUP_CALL:
            totals = [
                total for alike in results.in_zones(of) for total in leaderboards.totals(tx, alike, week, now).items()
            ]
            return {each: Content(_key(kind, each, day), posts.group_call(total, day)) for each, total in totals}
        case _:
            yesterday = day - timedelta(days=1)
            studied = {group.id: leaderboards.day(tx, group.id, yesterday, now) for group in of}
            return {
                each: Content(_key(kind, each, day), posts.digest(yesterday, found))
                for each, found in studied.items()
                if found
            }


def _key(kind: ReminderKind, group_id: int, day: date) -> str:
    return f"{kind}/{group_id}/{day}"


class _Planned(NamedTuple):
    """What is due, to whom, and what it says."""

    due: DueSchedule
    group: Group
    content: Content


def _owe(tx: Tx, planned: list[_Planned], last: Week) -> None:
    """Owe what is still of use, and let the results of the `last` week be edited when it closes."""
    useful = [each for each in planned if not each.due.is_useless]
    outbox.enqueue_all(tx, [_owing(*each) for each in useful])
    closes_at = {group.id: content.closes_at for _, group, content in useful if content.closes_at}
    if closes_at:
        schedules.await_closing(tx, last, closes_at)
    for due, group, content in planned:
        if due.is_useless:
            due.skip(content.key, group.id, MISSED)


def _owing(due: DueSchedule, group: Group, content: Content) -> NewPost:
    said = posts.late(content.card) if due.is_late else content.card
    return NewPost(Delivery(content.key, address(group), said, due.occurrence.due_at, due.expires_at), group.id)


def _edit(group: Group, key: str, card: Card, now: datetime) -> NewPost:
    return NewPost(Delivery(f"{key}/closed", address(group), card, now, now + EDIT_USEFUL_FOR), group.id, edits=key)
