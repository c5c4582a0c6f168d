"""Planning what single people have chosen: nudge, last call, fresh start, and a snoozed one again.

Who has kept the week, is paused or resting is left alone. That is decided when a reminder is due, so nothing stale is
ever sent; thousands are due at one instant, so it is read for many at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.card import Card
from bot.chat.delivery import Delivery, UserAddress
from bot.delivery import group_posts
from bot.delivery.missed import MISSED_REASON, DueSchedule, expires_at
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
from bot.store import groups, outbox, people, reminder_facts, schedules
from bot.store import progress as stored_progress
from bot.store.outbox import NewPost
from bot.store.reminder_facts import ReminderFacts
from bot.store.sqlite import Tx
from bot.views import personal_posts as view
from bot.views import posts

AVERAGED_WEEKS = 12
WEEK_OVER_REASON = "its week was over by then"
MAX_NAMES_PER_POST = 60
"""So many names are short enough for one message on every platform, and all of them notified."""

ChannelOccasion = tuple[int, ReminderKind, datetime]
"""The occasion of one post in a channel: the group's id, the kind of reminder, and when it is due."""


@dataclass(frozen=True, slots=True, eq=False)
class Occasion:
    """One kind of reminder at one instant, for many people; `today` is their local date, `key` the end of their keys.

    `is_snoozed` says that they asked for it a second time.
    """

    kind: ReminderKind
    today: date
    key: str
    due_at: datetime
    expires_at: datetime
    is_late: bool = False
    is_expired: bool = False
    is_snoozed: bool = False

    @classmethod
    def of(cls, due: DueSchedule) -> "Occasion":
        """Return the occasion of everybody whose rule, zone and instant are those of `due`."""
        day = due.occurrence.day
        today = day if due.is_expired else due.now.astimezone(due.zone).date()
        return cls(due.kind, today, str(day), due.occurrence.due_at, due.expires_at, due.is_late, due.is_expired)

    @classmethod
    def of_snoozed(cls, snoozed: SnoozedReminder, now: datetime) -> "Occasion":
        """Return the occasion at which a snoozed reminder comes again."""
        kind, week, zone = snoozed.kind, snoozed.week, ZoneInfo(snoozed.zone_name)
        due_at = snoozed.due_at or now
        until = expires_at(kind, Occurrence(due_at, week.sunday), zone)
        is_late, is_expired = now - due_at > LATE_AFTER, now >= until
        today = week.sunday if is_expired else now.astimezone(zone).date()
        key = f"snoozed/{kind} {week.monday}"
        return cls(kind, today, key, due_at, until, is_late, is_expired, is_snoozed=True)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that is to go out to one person, and its card for the case that it goes to them alone."""

    occasion: Occasion
    who: ReminderFacts
    card: Card

    @property
    def key(self) -> str:
        """The post's key: `lastcall/7/31/2026-11-22`."""
        return f"{self.occasion.kind}/{self.who.choice.group_id or 0}/{self.who.person_id}/{self.occasion.key}"

    @property
    def channel_group_id(self) -> int | None:
        """The group in whose channel the person is named; None where they get a direct message."""
        is_in_channel = self.who.choice.how is ReminderRoute.CHANNEL and self.who.is_shown
        return self.who.choice.group_id if is_in_channel else None


def plan(tx: Tx, dues: Iterable[DueSchedule], now: datetime) -> None:
    """Remind the people whose schedules are due, as far as they are to be reminded now."""
    alike: dict[tuple[ReminderKind, str, str], list[DueSchedule]] = defaultdict(list)
    for due in dues:
        alike[due.schedule.kind, due.schedule.moment, due.schedule.zone_name].append(due)
    _plan(tx, [(Occasion.of(together[0]), [_person_id(due) for due in together]) for together in alike.values()], now)


def plan_snoozed(tx: Tx, snoozed: Sequence[SnoozedReminder], now: datetime) -> None:
    """Remind those who snoozed a reminder again, if it still makes sense."""
    schedules.finish(tx, [reminder.id for reminder in snoozed])
    _plan(tx, [(Occasion.of_snoozed(reminder, now), [reminder.person_id]) for reminder in snoozed], now)


def _person_id(due: DueSchedule) -> int:
    assert isinstance(due.schedule, PersonSchedule)
    return due.schedule.person_id


def _plan(tx: Tx, occasions: list[tuple[Occasion, list[int]]], now: datetime) -> None:
    """Enqueue the reminders of each occasion for the people with these ids."""
    direct: list[NewPost] = []
    in_channels: dict[ChannelOccasion, list[Reminder]] = defaultdict(list)
    for occasion, person_ids in occasions:
        for reminder in _reminders(tx, occasion, person_ids, now):
            group_id = reminder.channel_group_id
            if group_id is None:
                direct.append(_direct_post(reminder))
            else:
                in_channels[group_id, occasion.kind, occasion.due_at].append(reminder)
    outbox.enqueue_all(tx, [*direct, *_channel_posts(tx, in_channels)])


def _direct_post(reminder: Reminder) -> NewPost:
    who, occasion, chosen = reminder.who, reminder.occasion, reminder.who.choice
    to = UserAddress(chosen.platform, chosen.team, chosen.user, name=who.name)
    card = posts.late(reminder.card) if occasion.is_late else reminder.card
    return NewPost(
        Delivery(reminder.key, to, card, occasion.due_at, occasion.expires_at), chosen.group_id, who.person_id
    )


def _channel_posts(tx: Tx, in_channels: dict[ChannelOccasion, list[Reminder]]) -> list[NewPost]:
    """Return one post for each group, kind and instant, which names as many people as one can notify, or several."""
    by_id = groups.get_many(tx, {group_id for group_id, _, _ in in_channels})
    person_ids = [reminder.who.person_id for reminders in in_channels.values() for reminder in reminders]
    users = people.find_ids(tx, person_ids)
    return [
        _channel_post(by_id[group_id], reminders[start : start + MAX_NAMES_PER_POST], users)
        for (group_id, _, _), reminders in in_channels.items()
        for start in range(0, len(reminders), MAX_NAMES_PER_POST)
    ]


def _channel_post(group: Group, reminders: list[Reminder], users: dict[int, people.IdsByPlace]) -> NewPost:
    first, occasion = reminders[0], reminders[0].occasion
    named = [
        (people.pick_id(users[reminder.who.person_id], group.platform, group.team), reminder.who.name)
        for reminder in reminders
    ]
    card = view.together(occasion.kind, named, occasion.today)
    card = posts.late(card) if occasion.is_late else card
    return NewPost(
        Delivery(first.key, group_posts.address(group), card, occasion.due_at, occasion.expires_at), group.id
    )


def _reminders(tx: Tx, occasion: Occasion, person_ids: list[int], now: datetime) -> list[Reminder]:
    """Return the reminders that are to go out on one occasion; skip them, visibly, where it has expired."""
    by_id = reminder_facts.find(tx, person_ids, occasion.kind, occasion.today)
    awake = [who for who in by_id.values() if not who.is_away and not is_resting(None, who.seen_at, now)]
    if occasion.kind is ReminderKind.FRESH_START:
        awake = _those_not_yet_told(tx, occasion, awake, now)
    cards = _cards(tx, occasion, awake, now)
    reminders = [Reminder(occasion, by_id[who], cards[who]) for who in person_ids if who in cards]
    if not occasion.is_expired:
        return reminders
    reason = MISSED_REASON if occasion.is_late else WEEK_OVER_REASON
    for reminder in reminders:
        outbox.skip(tx, reminder.key, None, reason, occasion.due_at, now)
    return []


def _cards(tx: Tx, occasion: Occasion, awake: list[ReminderFacts], now: datetime) -> dict[int, Card]:
    """Return the card of each person whom it would not be wrong to remind, by their id."""
    today = occasion.today
    match occasion.kind:
        case ReminderKind.NUDGE:
            return {who.person_id: view.nudge(who.goal, today) for who in awake}
        case ReminderKind.LAST_CALL:
            close = [who for who in awake if who.missing <= LAST_CALL_WITHIN_MINUTES]
            plans = reminder_facts.find_plans(tx, [who.person_id for who in close], Week.of(today))
            return {
                who.person_id: view.last_call(who.minutes, who.goal, plans.get(who.person_id), today) for who in close
            }
        case _:
            everyone = stored_progress.judge_people(tx, [who.person_id for who in awake], now)
            return {progress.person.id: _fresh_start(tx, progress, today) for progress in everyone}


def _those_not_yet_told(tx: Tx, occasion: Occasion, awake: list[ReminderFacts], now: datetime) -> list[ReminderFacts]:
    """Return those who have missed two weeks and were not offered a fresh start in this run, or snoozed it.

    Remember that now they were offered one.
    """
    by_id = {who.person_id: who for who in awake}
    runs = {
        progress.person.id: _run_of_missed_weeks(progress)
        for progress in stored_progress.judge_people(tx, list(by_id), now)
        if progress.record.checkpoint.tally.missed_run >= FRESH_START_AFTER_WEEKS
    }
    fresh = {who: run for who, run in runs.items() if occasion.is_snoozed or run != by_id[who].choice.fresh_run}
    if not occasion.is_expired:
        reminder_facts.save_fresh_runs(tx, fresh)
    return [by_id[who] for who in fresh]


def _fresh_start(tx: Tx, progress: Progress, today: date) -> Card:
    person, current = progress.person, progress.current
    assert person.first_week is not None
    first = max(person.first_week, current.plus(-AVERAGED_WEEKS))
    minutes = reminder_facts.sum_minutes(tx, person.id, first, current)
    smaller = view.smaller_goal(minutes // first.weeks_to(current), progress.goal)
    return view.fresh_start(progress.tally, person.why, smaller, today)


def _run_of_missed_weeks(progress: Progress) -> str:
    """Return a name for the run of missed weeks: all of them come after the same number of kept ones."""
    return str(progress.record.checkpoint.tally.kept)
