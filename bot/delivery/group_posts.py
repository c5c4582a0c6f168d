"""Planning a group's own posts: results (and their edit when the week has closed), last call, digest."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery
from bot.delivery.due import MISSED, Due
from bot.domain.group import Group
from bot.domain.milestone import Milestone
from bot.domain.reminder import Kind
from bot.domain.standings import Standing
from bot.domain.week import Week, first_instant
from bot.store import boards, closing, groups, outbox, people, schedules, sharing, standing
from bot.store.outbox import Owing
from bot.store.schedules import Schedule
from bot.store.sqlite import Tx
from bot.views import posts

EDIT_USEFUL_FOR = timedelta(days=7)
MOST_COMEBACKS = posts.MOST_NAMES


class Content(NamedTuple):
    """What a post is to say, under which key; None where there is nothing to say. `closes_at` is that of results."""

    key: str
    card: Card | None
    closes_at: datetime | None = None


def plan(tx: Tx, dues: Sequence[Due]) -> None:
    """Owe each post that is due to its group's channel, unless there is nothing to say or it is too late to."""
    found = _awake(tx, [due.schedule for due in dues])
    outbox.owe_all(
        tx, [post for due in dues if (group := found.get(due.schedule.group_id)) and (post := _due(due, group))]
    )


def plan_closing(tx: Tx, closed: Sequence[Schedule], now: datetime) -> None:
    """A week has closed for all: edit its results in place, once, with the freezes spent."""
    schedules.remove(tx, [schedule.id for schedule in closed])
    found = _awake(tx, closed)
    weeks = [(found.get(schedule.group_id), Week.of(date.fromisoformat(schedule.payload))) for schedule in closed]
    outbox.owe_all(tx, [edit for group, week in weeks if group and (edit := _edit(tx, group, week, now))])


def address(group: Group) -> Address:
    """The group's channel."""
    return Address(group.platform, group.team, channel=group.channel, name=group.name)


def results_key(group_id: int, week: Week) -> str:
    """`results/7/2026-W34`."""
    return f"{Kind.RESULTS}/{group_id}/{week.monday:%G-W%V}"


def results_card(tx: Tx, group: Group, week: Week, now: datetime, closes_at: datetime | None) -> Card | None:
    """What the results of a week say now; None where all rest."""
    total, keepers = boards.results(tx, group, week, now)
    if not total.members:
        return None
    found = posts.Results(
        group=group.name,
        zone=group.zone_name,
        week=week,
        total=total,
        keepers=keepers,
        comebacks=_comebacks(tx, keepers, week, now),
        milestones=_milestones(tx, group, week, now),
        closes_at=closes_at,
        freezes=boards.freezes(tx, group.id, week, now) if closes_at is None else 0,
        intending=groups.intentions(tx, group.id, week.plus(1).monday),
        line=sharing.line(tx, group.id, week, now),
    )
    return posts.results(found)


def _awake(tx: Tx, found: Iterable[Schedule]) -> dict[int | None, Group]:
    """The groups of some schedules by id, those that are not asleep."""
    ids = {schedule.group_id for schedule in found if schedule.group_id is not None}
    return {group.id: group for group in groups.those(tx, ids).values() if not group.asleep}


def _due(due: Due, group: Group) -> Owing | None:
    key, card, closes_at = _content(due, group)
    if card is None:
        return None
    if due.is_useless:
        due.skip(key, group.id, MISSED)
        return None
    if closes_at is not None:
        _await_closing(due, group, closes_at)
    said = posts.late(card) if due.is_late else card
    return Owing(Delivery(key, address(group), said, due.occurrence.due_at, due.expires_at), group.id)


def _edit(tx: Tx, group: Group, week: Week, now: datetime) -> Owing | None:
    key = results_key(group.id, week)
    card = results_card(tx, group, week, now, closes_at=None)
    if card is None or card == outbox.card_of(tx, key):
        return None
    return Owing(Delivery(f"{key}/closed", address(group), card, now, now + EDIT_USEFUL_FOR), group.id, edits=key)


def _content(due: Due, group: Group) -> Content:
    tx, now, day = due.tx, due.now, due.occurrence.day
    week = Week.of(day)
    if due.kind is Kind.RESULTS:
        last = week.plus(-1)
        closes_at = _closes_for_all(tx, group, last)
        return Content(results_key(group.id, last), results_card(tx, group, last, now, closes_at), closes_at)
    key = f"{due.kind}/{group.id}/{day}"
    if due.kind is Kind.GROUP_CALL:
        total = boards.total(tx, group, week, now)
        return Content(key, posts.group_call(total, day) if total.members else None)
    yesterday = day - timedelta(days=1)
    studied = boards.day(tx, group.id, yesterday, now)
    return Content(key, posts.digest(yesterday, studied) if studied else None)


def _await_closing(due: Due, group: Group, closes_at: datetime) -> None:
    week = Week.of(due.occurrence.day).plus(-1)
    schedules.put(
        due.tx,
        Kind.CLOSING,
        group_id=group.id,
        moment=None,
        payload=week.monday.isoformat(),
        due_at=max(closes_at, due.now),
    )


def _closes_for_all(tx: Tx, group: Group, week: Week) -> datetime:
    zones = boards.zones(tx, group.id) or [group.zone_name]
    return max(week.closes_at(ZoneInfo(zone)) for zone in zones)


def _comebacks(tx: Tx, keepers: list[Standing], week: Week, now: datetime) -> frozenset[int]:
    """Of those who began a streak with this week, who had missed one before it."""
    begun = [keeper.person_id for keeper in keepers[:MOST_COMEBACKS] if keeper.streak == 1]
    if not begun:
        return frozenset()
    closed = closing.checkpoints(tx, begun)
    found = {who for who, (last, tally) in closed.items() if last == week and tally.came_back}
    found |= {who for who, (last, tally) in closed.items() if last == week.plus(-1) and tally.missed_run}
    others = [who for who, (last, _) in closed.items() if last not in (None, week, week.plus(-1))]
    return frozenset(found | {who for who in others if _came_back(tx, who, week, now)})


def _came_back(tx: Tx, person_id: int, week: Week, now: datetime) -> bool:
    """Judged from the start, for weeks that have long closed, as after down time."""
    history = standing.history(tx, people.get(tx, person_id), now)
    return any(judged.week == week and judged.is_comeback for judged in history)


def _milestones(tx: Tx, group: Group, week: Week, now: datetime) -> list[tuple[str, Milestone]]:
    since = first_instant(week.monday, group.zone)
    until = first_instant(week.plus(1).monday, group.zone)
    return boards.milestones(tx, group.id, since, until, now)
