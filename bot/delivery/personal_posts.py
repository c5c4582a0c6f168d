"""Planning what single people have chosen: nudge, last call, fresh start, and a snoozed one again.

Who has kept the week, is paused or resting is left alone. Each is evaluated when due, so nothing stale is ever sent;
thousands are due at one instant, so what decides is read for many at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery
from bot.delivery import group_posts
from bot.delivery.due import MISSED, Due
from bot.domain.group import is_resting
from bot.domain.reminder import FRESH_AFTER_MISSED, LAST_CALL_WITHIN, RULES, How, Kind
from bot.domain.week import Week
from bot.store import closing, groups, outbox, people, reminding, schedules
from bot.store.outbox import Owing
from bot.store.reminding import Reminded
from bot.store.schedules import Schedule
from bot.store.sqlite import Tx
from bot.store.standing import Standing
from bot.views import personal_posts as view
from bot.views import posts

AVERAGED_WEEKS = 12
Asked = tuple[Kind, date]
"""What may be read together: reminders of one kind, to people on one local date."""


@dataclass(frozen=True, slots=True)
class Call:
    """One reminder that may go out: what for, under which key, and how long it is of use. `due` is the rule that it
    comes from, None where it was snoozed."""

    kind: Kind
    person_id: int
    today: date
    key: str
    due_at: datetime
    expires_at: datetime
    due: Due | None = None

    @property
    def is_late(self) -> bool:
        """Whether it goes out well after its time."""
        return self.due is not None and self.due.is_late

    @property
    def is_useless(self) -> bool:
        """Whether its time of use is over."""
        return self.due is not None and self.due.is_useless


@dataclass(frozen=True, slots=True)
class Reminder:
    """One that is to go out: to whom, and the card if it goes to them alone."""

    call: Call
    who: Reminded
    card: Card

    @property
    def key(self) -> str:
        """`lastcall/7/31/2026-11-22`."""
        return f"{self.call.kind}/{self.who.chosen.group_id or 0}/{self.who.person_id}/{self.call.key}"


def plan(tx: Tx, dues: Iterable[Due], now: datetime) -> None:
    """Remind the people whose schedules are due, as far as they are to be reminded now."""
    _plan(tx, [_call(due) for due in dues], now)


def plan_snoozed(tx: Tx, snoozed: Sequence[Schedule], now: datetime) -> None:
    """Three hours later: remind again if it still makes sense."""
    schedules.finish(tx, [schedule.id for schedule in snoozed])
    calls = [_snoozed(schedule, now) for schedule in snoozed]
    _plan(tx, [call for call in calls if now < call.expires_at], now)


def _call(due: Due) -> Call:
    assert due.schedule.person_id is not None
    occurrence = due.occurrence
    return Call(
        due.kind,
        due.schedule.person_id,
        occurrence.day if due.is_useless else due.now.astimezone(due.zone).date(),
        str(occurrence.day),
        occurrence.due_at,
        due.expires_at,
        due,
    )


def _snoozed(schedule: Schedule, now: datetime) -> Call:
    assert schedule.person_id is not None
    kind = Kind(schedule.payload.split()[0])
    due_at = schedule.due_at or now
    today = now.astimezone(ZoneInfo(schedule.zone_name)).date()
    key = f"snoozed/{schedule.payload}"
    return Call(kind, schedule.person_id, today, key, due_at, due_at + RULES[kind].useful_for)


def _plan(tx: Tx, calls: Iterable[Call], now: datetime) -> None:
    together: dict[Asked, list[Call]] = defaultdict(list)
    for call in calls:
        together[call.kind, call.today].append(call)
    owing: list[Owing] = []
    in_channels: dict[tuple[int, Kind, datetime], list[Reminder]] = defaultdict(list)
    for (kind, today), asked in together.items():
        for reminder in _reminders(tx, kind, today, asked, now):
            group_id = reminder.who.chosen.group_id
            if reminder.who.chosen.how is How.CHANNEL and group_id is not None and reminder.who.is_shown:
                in_channels[group_id, kind, reminder.call.due_at].append(reminder)
            else:
                owing.append(_direct(reminder))
    owing += [_together(tx, reminders) for reminders in in_channels.values()]
    outbox.owe_all(tx, owing)


def _direct(reminder: Reminder) -> Owing:
    who, call, chosen = reminder.who, reminder.call, reminder.who.chosen
    to = Address(chosen.platform, chosen.team, user=chosen.user, name=who.name)
    card = posts.late(reminder.card) if call.is_late else reminder.card
    return Owing(Delivery(reminder.key, to, card, call.due_at, call.expires_at), chosen.group_id, who.person_id)


def _together(tx: Tx, reminders: list[Reminder]) -> Owing:
    """One post for each group, kind and instant names those who chose the channel."""
    first = reminders[0]
    assert first.who.chosen.group_id is not None
    group = groups.get(tx, first.who.chosen.group_id)
    named = [(people.identity(tx, each.who.person_id, group.platform, group.team), each.who.name) for each in reminders]
    card = view.together(first.call.kind, named, first.call.today)
    delivery = Delivery(
        first.key,
        group_posts.address(group),
        posts.late(card) if first.call.is_late else card,
        first.call.due_at,
        first.call.expires_at,
    )
    return Owing(delivery, group.id)


def _reminders(tx: Tx, kind: Kind, today: date, calls: list[Call], now: datetime) -> list[Reminder]:
    """Those of one kind and local date that are to go out; what comes too late is skipped, visibly."""
    found = reminding.find(tx, [call.person_id for call in calls], today)
    awake = [who for who in found.values() if not who.is_away and not is_resting(None, who.seen_at, now)]
    if kind is Kind.FRESH_START:
        awake = _fresh(tx, awake, calls, now)
    cards = _cards(tx, kind, today, awake, now)
    reminders = [
        Reminder(call, found[call.person_id], cards[call.person_id]) for call in calls if call.person_id in cards
    ]
    for each in reminders:
        if each.call.due is not None and each.call.is_useless:
            each.call.due.skip(each.key, None, MISSED)
    return [each for each in reminders if not each.call.is_useless]


def _cards(tx: Tx, kind: Kind, today: date, awake: list[Reminded], now: datetime) -> dict[int, Card]:
    """The card of each person whom it would not be wrong to remind."""
    match kind:
        case Kind.NUDGE:
            return {who.person_id: view.nudge(who.goal) for who in awake if who.minutes == 0}
        case Kind.LAST_CALL:
            close = [who for who in awake if 0 < who.missing <= LAST_CALL_WITHIN]
            plans = reminding.plans(tx, [who.person_id for who in close], Week.of(today))
            return {
                who.person_id: view.last_call(who.minutes, who.goal, plans.get(who.person_id), today) for who in close
            }
        case _:
            found = closing.standings(tx, [who.person_id for who in awake], now)
            return {each.books.person.id: _fresh_start(tx, each) for each in found}


def _fresh(tx: Tx, awake: list[Reminded], calls: list[Call], now: datetime) -> list[Reminded]:
    """Those who have missed two weeks and have not heard so of this run of them, or snoozed it; now they have."""
    missed = {who.person_id: who for who in awake if who.streak == 0}
    snoozed = {call.person_id for call in calls if call.due is None}
    runs = {
        each.books.person.id: _run(each)
        for each in closing.standings(tx, list(missed), now)
        if each.books.closed.missed_run >= FRESH_AFTER_MISSED
    }
    fresh = {who: run for who, run in runs.items() if run != missed[who].chosen.fresh_run or who in snoozed}
    useful = {call.person_id for call in calls if not call.is_useless}
    reminding.remember_fresh(tx, {who: run for who, run in fresh.items() if who in useful})
    return [missed[who] for who in fresh]


def _fresh_start(tx: Tx, found: Standing) -> Card:
    person, current = found.books.person, found.current
    assert person.first_week is not None
    first = max(person.first_week, current.plus(-AVERAGED_WEEKS))
    minutes = reminding.studied(tx, person.id, first, current)
    smaller = view.smaller_goal(minutes // first.weeks_to(current), found.goal)
    return view.fresh_start(found.tally, person.why, smaller)


def _run(found: Standing) -> str:
    """Names a run of missed weeks: all of them come after the same number of kept ones."""
    return str(found.books.closed.kept)
