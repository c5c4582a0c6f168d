"""From the clock to the outbox: closes weeks, turns what is due into posts, and moves each schedule on.

All of it happens in one transaction, so a crash either leaves the schedule due or the post in the outbox under its key.
"""

from datetime import datetime
from itertools import groupby

from msgspec import Struct

from bot.delivery import asked_reminders, group_posts, partners, personal_posts, weekly_card
from bot.delivery.missed import DueSchedule
from bot.domain.scheduled import (
    AskedReminder,
    GroupSchedule,
    OpenResultsDue,
    PartnersDue,
    PersonSchedule,
    Schedule,
    SnoozedReminder,
    WeekClosing,
    WeeklyCardDue,
)
from bot.questions.bank import QuestionBank
from bot.store import (
    answers,
    closing,
    drafts,
    names,
    outbox,
    results_members,
    schedules,
    sessions,
    sign_in_links,
    uploads,
)
from bot.store.tx import Tx

SCHEDULES_PER_BATCH = 500
PEOPLE_PER_BATCH = 500
PLANNING = "planning"


class Planned(Struct, frozen=True):
    """People whose weeks were closed and schedules that were handled in one batch.

    `is_all` says that nothing is due any more, not even what the batch has made due itself.
    """

    closed: int
    handled: int
    is_all: bool


def plan_due(tx: Tx, now: datetime, questions: QuestionBank) -> Planned:
    """Close weeks that have ended their grace; once all are closed, plan schedules that are due: one batch of each.

    One process plans at a time, so that people who are named together are. To another one nothing is left to do.
    `questions` are those that partners are asked.
    """
    if not tx.try_lock(PLANNING):
        return Planned(0, 0, is_all=True)
    closed = closing.close_due(tx, now, PEOPLE_PER_BATCH)
    due = schedules.list_due(tx, now, SCHEDULES_PER_BATCH) if closing.are_closed(tx, now) else []
    for kind, alike in groupby(due, key=type):
        _plan(tx, kind, list(alike), now, questions)
    next_at = next_instant(tx)
    is_anothers = not closed and not due  # a request works on the people whose weeks are left: the next tick has them
    return Planned(closed, len(due), is_all=next_at is None or next_at > now or is_anothers)


def next_instant(tx: Tx) -> datetime | None:
    """Return the earliest instant at which planning has something to do, None if there is none."""
    instants = (schedules.find_next_due(tx), closing.find_next_closing(tx))
    return min((instant for instant in instants if instant is not None), default=None)


def prune(tx: Tx, now: datetime) -> None:
    """Delete what nobody can need any more: old answers, drafts, uploads, sessions and settled posts."""
    answers.prune(tx, now)
    drafts.prune(tx, now)
    names.prune(tx, now)
    uploads.prune(tx, now)
    outbox.prune(tx, now)
    results_members.prune(tx, now)
    sign_in_links.prune(tx, now)
    sessions.prune(tx, now)


def _plan(tx: Tx, kind: type[Schedule], due: list[Schedule], now: datetime, questions: QuestionBank) -> None:
    """Plan together schedules of one type that follow each other."""
    if kind is WeekClosing:
        group_posts.plan_closing(tx, [closing for closing in due if isinstance(closing, WeekClosing)], now)
    elif kind is WeeklyCardDue:
        weekly_card.plan(tx, [card for card in due if isinstance(card, WeeklyCardDue)], now)
    elif kind is OpenResultsDue:
        group_posts.plan_open_results(tx, [results for results in due if isinstance(results, OpenResultsDue)], now)
    elif kind is PartnersDue:
        partners.plan(tx, [monday for monday in due if isinstance(monday, PartnersDue)], questions, now)
    elif kind is SnoozedReminder:
        personal_posts.plan_snoozed(tx, [snoozed for snoozed in due if isinstance(snoozed, SnoozedReminder)], now)
    elif kind is AskedReminder:
        asked_reminders.plan(tx, [asked for asked in due if isinstance(asked, AskedReminder)], now)
    elif kind is GroupSchedule:
        groups = [schedule for schedule in due if isinstance(schedule, GroupSchedule)]
        group_posts.plan(tx, DueSchedule.take(tx, groups, now), now)
    else:
        people = [schedule for schedule in due if isinstance(schedule, PersonSchedule)]
        personal_posts.plan(tx, DueSchedule.take(tx, people, now), now)
