"""Planning a group's own posts: results (and their edit when the week has closed), last call, digest."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
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
from bot.store.schedules import Schedule
from bot.store.sqlite import Tx
from bot.views import posts

EDIT_USEFUL_FOR = timedelta(days=7)
MOST_COMEBACKS = posts.MOST_NAMES


def plan(dues: Iterable[Due]) -> None:
    """Owe each post that is due to its group's channel, unless there is nothing to say or it is too late to."""
    for due in dues:
        assert due.schedule.group_id is not None
        group = groups.get(due.tx, due.schedule.group_id)
        if not group.asleep:
            _plan(due, group)


def plan_closing(tx: Tx, closed: Iterable[Schedule], now: datetime) -> None:
    """A week has closed for all: edit its results in place, once, with the freezes spent."""
    for schedule in closed:
        assert schedule.group_id is not None
        schedules.remove(tx, schedule.id)
        _edit_results(tx, groups.get(tx, schedule.group_id), Week.of(date.fromisoformat(schedule.payload)), now)


def address(group: Group) -> Address:
    """The group's channel."""
    return Address(group.platform, group.team, channel=group.channel, name=group.name)


def results_key(group_id: int, week: Week) -> str:
    """`results/7/2026-W34`."""
    return f"{Kind.RESULTS}/{group_id}/{week.monday:%G-W%V}"


def results_card(tx: Tx, group: Group, week: Week, now: datetime, closes_at: datetime | None) -> Card | None:
    """What the results of a week say now; None where all rest."""
    total = boards.total(tx, group.id, week, now)
    if not total.members:
        return None
    keepers = boards.keepers(tx, group.id, week, now)
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


def _plan(due: Due, group: Group) -> None:
    key, card = _content(due, group)
    if card is None:
        return
    if due.is_useless:
        due.skip(key, group.id, MISSED)
        return
    said = posts.late(card) if due.is_late else card
    delivery = Delivery(key, address(group), said, due.occurrence.due_at, due.expires_at)
    if outbox.owe(due.tx, delivery, group_id=group.id) and due.kind is Kind.RESULTS:
        _await_closing(due, group)


def _edit_results(tx: Tx, group: Group, week: Week, now: datetime) -> None:
    key = results_key(group.id, week)
    card = results_card(tx, group, week, now, closes_at=None)
    if group.asleep or card is None or card == outbox.card_of(tx, key):
        return
    delivery = Delivery(f"{key}/closed", address(group), card, now, now + EDIT_USEFUL_FOR)
    outbox.owe(tx, delivery, group_id=group.id, edits=key)


def _content(due: Due, group: Group) -> tuple[str, Card | None]:
    tx, now, day = due.tx, due.now, due.occurrence.day
    week = Week.of(day)
    if due.kind is Kind.RESULTS:
        last = week.plus(-1)
        return results_key(group.id, last), results_card(tx, group, last, now, _closes_for_all(tx, group, last))
    key = f"{due.kind}/{group.id}/{day}"
    if due.kind is Kind.GROUP_CALL:
        total = boards.total(tx, group.id, week, now)
        return key, posts.group_call(total, day) if total.members else None
    yesterday = day - timedelta(days=1)
    studied = boards.day(tx, group.id, yesterday, now)
    return key, posts.digest(yesterday, studied) if studied else None


def _await_closing(due: Due, group: Group) -> None:
    week = Week.of(due.occurrence.day).plus(-1)
    closes_at = _closes_for_all(due.tx, group, week)
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
