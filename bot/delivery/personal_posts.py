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
from bot.chat.delivery import Delivery, UserAddress
from bot.delivery import group_posts
from bot.delivery.missed import MISSED, DueSchedule, expires_at
from bot.domain.group import Group, is_resting
from bot.domain.progress import Progress
from bot.domain.reminder import (
    FRESH_START_AFTER_WEEKS,
    LAST_CALL_WITHIN_MINUTES,
    LATE_AFTER,
    ReminderKind,
    ReminderRoute,
)
from bot.domain.schedule import Occurrence
from bot.domain.scheduled import PersonSchedule, SnoozedReminder
from bot.domain.week import Week
from bot.store import groups, outbox, people, reminding, schedules
from bot.store import progress as stored_progress
from bot.store.outbox import NewPost
from bot.store.reminding import Reminded
from bot.store.sqlite import Tx
from bot.views import personal_posts as view
from bot.views import posts

AVERAGED_WEEKS = 12
OVER = "its week was over by then"
NAMED_AT_ONCE = 80
"""So many names are short enough for one message on every platform, and all of them notified."""

Naming = tuple[int, ReminderKind, datetime]
"""What one post in a channel names people for: the group's id, the kind of reminder, and when it is due."""


@dataclass(frozen=True, slots=True, eq=False)
class Occasion:
    """What many are reminded of at one instant: the end of their keys, how long it is of use, and `today` as they
    have it. `is_snoozed` says that they asked for it a second time."""

    kind: ReminderKind
    today: date
    key: str
    due_at: datetime
    expires_at: datetime
    is_late: bool = False
    is_useless: bool = False
    is_snoozed: bool = False

    @classmethod
    def of(cls, due: DueSchedule) -> "Occasion":
        """The occasion of everybody whose rule, zone and instant are those of `due`."""
        day = due.occurrence.day
        today = day if due.is_useless else due.now.astimezone(due.zone).date()
        return cls(due.kind, today, str(day), due.occurrence.due_at, due.expires_at, due.is_late, due.is_useless)

    @classmethod
    def snoozed(cls, again: SnoozedReminder, now: datetime) -> "Occasion":
        """Return the same occasion as before, three hours later."""
        kind, week, zone = again.kind, again.week, ZoneInfo(again.zone_name)
        due_at = again.due_at or now
        until = expires_at(kind, Occurrence(due_at, week.sunday), zone)
        is_late, is_useless = now - due_at > LATE_AFTER, now >= until
        today = week.sunday if is_useless else now.astimezone(zone).date()
        key = f"snoozed/{kind} {week.monday}"
        return cls(kind, today, key, due_at, until, is_late, is_useless, is_snoozed=True)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One that is to go out: to whom, and the card if it goes to them alone."""

    occasion: Occasion
    who: Reminded
    card: Card

    @property
    def key(self) -> str:
        """`lastcall/7/31/2026-11-22`."""
        return f"{self.occasion.kind}/{self.who.chosen.group_id or 0}/{self.who.person_id}/{self.occasion.key}"


def plan(tx: Tx, dues: Iterable[DueSchedule], now: datetime) -> None:
    """Remind the people whose schedules are due, as far as they are to be reminded now."""
    together: dict[tuple[ReminderKind, str, str], list[DueSchedule]] = defaultdict(list)
    for due in dues:
        together[due.schedule.kind, due.schedule.moment, due.schedule.zone_name].append(due)
    _plan(tx, [(Occasion.of(each[0]), [_person_id(due) for due in each]) for each in together.values()], now)


def plan_snoozed(tx: Tx, snoozed: Sequence[SnoozedReminder], now: datetime) -> None:
    """Three hours later: remind again if it still makes sense."""
    schedules.finish(tx, [again.id for again in snoozed])
    _plan(tx, [(Occasion.snoozed(again, now), [again.person_id]) for again in snoozed], now)


def _person_id(due: DueSchedule) -> int:
    assert isinstance(due.schedule, PersonSchedule)
    return due.schedule.person_id


def _plan(tx: Tx, asked: list[tuple[Occasion, list[int]]], now: datetime) -> None:
    owing: list[NewPost] = []
    in_channels: dict[Naming, list[Reminder]] = defaultdict(list)
    for occasion, person_ids in asked:
        for reminder in _reminders(tx, occasion, person_ids, now):
            group_id = reminder.who.chosen.group_id
            if reminder.who.chosen.how is ReminderRoute.CHANNEL and group_id is not None and reminder.who.is_shown:
                in_channels[group_id, occasion.kind, occasion.due_at].append(reminder)
            else:
                owing.append(_direct(reminder))
    owing += _together(tx, in_channels)
    outbox.enqueue_all(tx, owing)


def _direct(reminder: Reminder) -> NewPost:
    who, occasion, chosen = reminder.who, reminder.occasion, reminder.who.chosen
    to = UserAddress(chosen.platform, chosen.team, chosen.user, name=who.name)
    card = posts.late(reminder.card) if occasion.is_late else reminder.card
    return NewPost(
        Delivery(reminder.key, to, card, occasion.due_at, occasion.expires_at), chosen.group_id, who.person_id
    )


def _together(tx: Tx, in_channels: dict[Naming, list[Reminder]]) -> list[NewPost]:
    """One post for each group, kind and instant names those who chose the channel, as many as one can notify."""
    of = groups.those(tx, {group_id for group_id, _, _ in in_channels})
    users = people.identities_of(tx, [each.who.person_id for named in in_channels.values() for each in named])
    return [
        _naming(of[group_id], named[start : start + NAMED_AT_ONCE], users)
        for (group_id, _, _), named in in_channels.items()
        for start in range(0, len(named), NAMED_AT_ONCE)
    ]


def _naming(group: Group, reminders: list[Reminder], users: dict[int, people.Known]) -> NewPost:
    first, occasion = reminders[0], reminders[0].occasion
    named = [
        (people.known_as(users[each.who.person_id], group.platform, group.team), each.who.name) for each in reminders
    ]
    card = view.together(occasion.kind, named, occasion.today)
    said = posts.late(card) if occasion.is_late else card
    return NewPost(
        Delivery(first.key, group_posts.address(group), said, occasion.due_at, occasion.expires_at), group.id
    )


def _reminders(tx: Tx, occasion: Occasion, person_ids: list[int], now: datetime) -> list[Reminder]:
    """What is to go out on one occasion; where it comes too late it is skipped, visibly."""
    found = reminding.find(tx, person_ids, occasion.kind, occasion.today)
    awake = [who for who in found.values() if not who.is_away and not is_resting(None, who.seen_at, now)]
    if occasion.kind is ReminderKind.FRESH_START:
        awake = _fresh(tx, occasion, awake, now)
    cards = _cards(tx, occasion, awake, now)
    reminders = [Reminder(occasion, found[who], cards[who]) for who in person_ids if who in cards]
    if not occasion.is_useless:
        return reminders
    for each in reminders:
        outbox.skip(tx, each.key, None, MISSED if occasion.is_late else OVER, occasion.due_at, now)
    return []


def _cards(tx: Tx, occasion: Occasion, awake: list[Reminded], now: datetime) -> dict[int, Card]:
    """The card of each person whom it would not be wrong to remind."""
    today = occasion.today
    match occasion.kind:
        case ReminderKind.NUDGE:
            return {who.person_id: view.nudge(who.goal, today) for who in awake}
        case ReminderKind.LAST_CALL:
            close = [who for who in awake if who.missing <= LAST_CALL_WITHIN_MINUTES]
            plans = reminding.plans(tx, [who.person_id for who in close], Week.of(today))
            return {
                who.person_id: view.last_call(who.minutes, who.goal, plans.get(who.person_id), today) for who in close
            }
        case _:
            found = stored_progress.of_people(tx, [who.person_id for who in awake], now)
            return {each.person.id: _fresh_start(tx, each, today) for each in found}


def _fresh(tx: Tx, occasion: Occasion, awake: list[Reminded], now: datetime) -> list[Reminded]:
    """Those who have missed two weeks and have not heard so of this run of them, or snoozed it; now they have."""
    missed = {who.person_id: who for who in awake}
    runs = {
        each.person.id: _run(each)
        for each in stored_progress.of_people(tx, list(missed), now)
        if each.record.checkpoint.tally.missed_run >= FRESH_START_AFTER_WEEKS
    }
    fresh = {who: run for who, run in runs.items() if occasion.is_snoozed or run != missed[who].chosen.fresh_run}
    if not occasion.is_useless:
        reminding.remember_fresh(tx, fresh)
    return [missed[who] for who in fresh]


def _fresh_start(tx: Tx, found: Progress, today: date) -> Card:
    person, current = found.person, found.current
    assert person.first_week is not None
    first = max(person.first_week, current.plus(-AVERAGED_WEEKS))
    minutes = reminding.studied(tx, person.id, first, current)
    smaller = view.smaller_goal(minutes // first.weeks_to(current), found.goal)
    return view.fresh_start(found.tally, person.why, smaller, today)


def _run(found: Progress) -> str:
    """Names a run of missed weeks: all of them come after the same number of kept ones."""
    return str(found.record.checkpoint.tally.kept)
