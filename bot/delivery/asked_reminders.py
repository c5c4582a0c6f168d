"""Reminding those who pressed *Remind me*: once, privately, of one week; nobody who has kept it, is away or rests."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.card import Card
from bot.chat.delivery import Delivery, UserAddress
from bot.delivery.missed import MISSED_REASON
from bot.domain.progress import Progress
from bot.domain.reminder import LATE_AFTER, ReminderKind
from bot.domain.scheduled import AskedReminder
from bot.domain.week import first_instant
from bot.store import groups, names, outbox, people, reminder_facts, schedules
from bot.store import progress as stored_progress
from bot.store.outbox import NewPost
from bot.store.tx import Tx
from bot.views import personal_posts as view
from bot.views import posts


def plan(tx: Tx, asked: Sequence[AskedReminder], now: datetime) -> None:
    """Remind those whose reminders are due, as far as that still makes sense."""
    schedules.delete(tx, [reminder.id for reminder in asked])
    by_person = {progress.person.id: progress for progress in _judge(tx, asked, now)}
    planned = [_plan(tx, reminder, by_person[reminder.person_id], now) for reminder in asked]
    outbox.enqueue_all(tx, [post for post in planned if post is not None])


def _judge(tx: Tx, asked: Sequence[AskedReminder], now: datetime) -> list[Progress]:
    return stored_progress.judge_people(tx, {reminder.person_id for reminder in asked}, now)


def _plan(tx: Tx, reminder: AskedReminder, progress: Progress, now: datetime) -> NewPost | None:
    """Return the post, None where it makes no sense any more; skip one that comes too late, visibly."""
    card = _card(tx, reminder, progress, now)
    group = groups.get(tx, reminder.group_id)
    user = people.find_identity(tx, progress.person.id, group.platform, group.team)
    if card is None or user is None:
        return None
    expires_at = _expires_at(reminder, progress)
    key = f"{ReminderKind.ASKED}/{group.id}/{progress.person.id}/{int(reminder.due_at.timestamp())}"
    if now >= expires_at:
        outbox.skip(tx, key, None, MISSED_REASON, reminder.due_at, now)
        return None
    name = names.find_name(tx, progress.person.id, group.platform, group.team)
    to = UserAddress(group.platform, group.team, user, name=name)
    card = posts.late(card) if now - reminder.due_at > LATE_AFTER else card
    return NewPost(Delivery(key, to, card, reminder.due_at, expires_at), None, progress.person.id)


def _card(tx: Tx, reminder: AskedReminder, progress: Progress, now: datetime) -> Card | None:
    """Return what keeps the week while it runs, or what it still takes once it is over; None where nothing does."""
    if reminder.week == progress.current and not (progress.is_kept or progress.is_away):
        today = progress.person.today(now)
        reminded = view.Reminded(ReminderKind.LAST_CALL, reminder.week, today, reminder.due_at)
        plan_of = reminder_facts.find_plans(tx, [progress.person.id], reminder.week)
        return view.asked(reminded, progress, plan_of.get(progress.person.id), now)
    short = progress.last_open
    if short is not None and short.week == reminder.week and not short.is_away:
        return view.last_week_open(progress, short, now)
    return None


def _expires_at(reminder: AskedReminder, progress: Progress) -> datetime:
    """Return until when it is of use: the end of its week or, once that is over, of its grace."""
    if reminder.week == progress.current:
        return first_instant(reminder.week.plus(1).monday, progress.person.zone)
    return progress.record.closes_at(reminder.week)
