"""Planning what single people have chosen: nudge, last call, fresh start, and a snoozed one again.

Who has kept the week, is paused or resting is left alone. That is decided when a reminder is due, so nothing stale is
ever sent; thousands are due at one instant, so it is read for many at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.card import Card
from bot.chat.delivery import Delivery, UserAddress
from bot.delivery import group_posts
from bot.delivery.missed import MISSED_REASON, DueSchedule, expires_at
from bot.domain.fresh_start import find_new_occasion, find_short_run
from bot.domain.group import Group
from bot.domain.reminder import (
    KINDS_OF_THIS_WEEK,
    LAST_CALL_WITHIN_MINUTES,
    LATE_AFTER,
    ReminderKind,
    ReminderRoute,
    may_be_reminded,
)
from bot.domain.schedule import Occurrence
from bot.domain.scheduled import PersonSchedule, SnoozedReminder
from bot.domain.week import Week
from bot.store import freeze_news, groups, outbox, people, reminder_facts, schedules
from bot.store import progress as stored_progress
from bot.store.outbox import NewPost
from bot.store.reminder_facts import ReminderFacts
from bot.store.tx import Tx
from bot.views import personal_posts as view
from bot.views import posts

WEEK_OVER_REASON = "its week was over by then"
MAX_NAME_WORDS_PER_POST = 45
"""Names of so many words are short enough for one message on every platform, and all of them notified."""

ChannelOccasion = tuple[int, ReminderKind, datetime, date]
"""The occasion of one post in a channel: the group's id, the kind of reminder, when it is due, and the day where those
live whom it names."""


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

    @property
    def reminded(self) -> view.Reminded:
        """What the cards of this occasion are about."""
        return view.Reminded(self.kind, Week.of(self.today), self.today, self.due_at)

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


class Reminder(Struct, frozen=True):
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
        """The group in whose channel the person is named; None for a direct message, which each fresh start is."""
        is_for_channel = self.occasion.kind in KINDS_OF_THIS_WEEK
        is_in_channel = self.who.choice.how is ReminderRoute.CHANNEL and self.who.is_shown
        return self.who.choice.group_id if is_in_channel and is_for_channel else None


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
                in_channels[group_id, occasion.kind, occasion.due_at, occasion.today].append(reminder)
    outbox.enqueue_all(tx, [*direct, *_channel_posts(tx, in_channels)])


def _direct_post(reminder: Reminder) -> NewPost:
    who, occasion, chosen = reminder.who, reminder.occasion, reminder.who.choice
    to = UserAddress(chosen.platform, chosen.team, chosen.user, name=who.name)
    card = posts.late(reminder.card) if occasion.is_late else reminder.card
    return NewPost(
        Delivery(reminder.key, to, card, occasion.due_at, occasion.expires_at), chosen.group_id, who.person_id
    )


def _channel_posts(tx: Tx, in_channels: dict[ChannelOccasion, list[Reminder]]) -> list[NewPost]:
    """Return one post for each group, kind and instant, which names as many people as fit, or several."""
    by_id = groups.get_many(tx, {group_id for group_id, *_ in in_channels})
    person_ids = [reminder.who.person_id for reminders in in_channels.values() for reminder in reminders]
    users = people.find_ids(tx, person_ids)
    return [
        _channel_post(by_id[group_id], part, users)
        for (group_id, *_), reminders in in_channels.items()
        for part in _parts(reminders)
    ]


def _parts(reminders: list[Reminder]) -> Iterator[list[Reminder]]:
    """Yield those whose names together have so many words as one post has room for."""
    part: list[Reminder] = []
    count = 0
    for reminder in reminders:
        name_words = len(reminder.who.name.split())
        if part and count + name_words > MAX_NAME_WORDS_PER_POST:
            yield part
            part, count = [], 0
        part.append(reminder)
        count += name_words
    yield part


def _channel_post(group: Group, reminders: list[Reminder], users: dict[int, people.IdsByPlace]) -> NewPost:
    first, occasion = reminders[0], reminders[0].occasion
    named = [
        (people.pick_id(users[reminder.who.person_id], group.platform, group.team), reminder.who.name)
        for reminder in reminders
    ]
    card = view.together(occasion.reminded, named)
    card = posts.late(card) if occasion.is_late else card
    return NewPost(
        Delivery(first.key, group_posts.address(group), card, occasion.due_at, occasion.expires_at), group.id
    )


def _reminders(tx: Tx, occasion: Occasion, person_ids: list[int], now: datetime) -> list[Reminder]:
    """Return the reminders that are to go out on one occasion; skip them, visibly, where it has expired."""
    by_id = reminder_facts.find(tx, person_ids, occasion.kind, occasion.today)
    awake = [who for who in by_id.values() if not who.is_away and may_be_reminded(occasion.kind, who.seen_at, now)]
    cards = _cards(tx, occasion, awake, now)
    reminders = [Reminder(occasion, by_id[who], cards[who]) for who in person_ids if who in cards]
    if not occasion.is_expired:
        return _with_freeze_news(tx, reminders, now)
    reason = MISSED_REASON if occasion.is_late else WEEK_OVER_REASON
    for reminder in reminders:
        outbox.skip(tx, reminder.key, None, reason, occasion.due_at, now)
    return []


def _cards(tx: Tx, occasion: Occasion, awake: list[ReminderFacts], now: datetime) -> dict[int, Card]:
    """Return the card of each person whom it would not be wrong to remind, by their id."""
    reminded = occasion.reminded
    match occasion.kind:
        case ReminderKind.NUDGE:
            return {who.person_id: view.nudge(reminded) for who in awake}
        case ReminderKind.LAST_CALL:
            close = [who for who in awake if who.missing <= LAST_CALL_WITHIN_MINUTES]
            plans = reminder_facts.find_plans(tx, [who.person_id for who in close], reminded.week)
            return {who.person_id: view.last_call(reminded, who.missing, plans.get(who.person_id)) for who in close}
        case _:
            return _fresh_starts(tx, occasion, awake, now)


def _fresh_starts(tx: Tx, occasion: Occasion, awake: list[ReminderFacts], now: datetime) -> dict[int, Card]:
    """Return the cards of those whose last weeks were short and who were not told of that run, or asked again.

    Remember what they are told now.
    """
    told = {who.person_id: None if occasion.is_snoozed else who.choice.fresh_run for who in awake}
    cards, occasions = {}, {}
    for progress in stored_progress.judge_people(tx, told, now):
        person_id, run = progress.person.id, find_short_run(progress)
        new = find_new_occasion(run, told[person_id])
        if new is None or progress.is_kept:
            continue
        occasions[person_id] = new
        if run.within_reach is not None:
            cards[person_id] = view.last_week_open(progress, run.within_reach, now)
        else:
            cards[person_id] = view.fresh_start(occasion.reminded, progress, run)
    if not occasion.is_expired:
        reminder_facts.save_fresh_runs(tx, occasions)
    return cards


def _with_freeze_news(tx: Tx, reminders: list[Reminder], now: datetime) -> list[Reminder]:
    """Tell in private reminders of freezes that were spent, and remember that."""
    uninformed = {
        reminder.who.person_id
        for reminder in reminders
        if reminder.who.has_freeze_news and reminder.channel_group_id is None
    }
    told: dict[int, Card] = {}
    by_id = {reminder.who.person_id: reminder for reminder in reminders}
    for progress in stored_progress.judge_people(tx, uninformed, now) if uninformed else ():
        news = freeze_news.find(tx, progress, now)
        if news is not None:
            told[progress.person.id] = view.with_freeze_news(by_id[progress.person.id].card, news, progress)
            freeze_news.save_told(tx, progress.person.id, news.spent)
    return [replace(reminder, card=told.get(reminder.who.person_id, reminder.card)) for reminder in reminders]
