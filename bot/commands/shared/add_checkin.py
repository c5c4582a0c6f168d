"""Logging a stretch of study, whether typed, by form, or by the timer."""

from bot.chat.card import Card
from bot.chat.text import Text
from bot.commands.shared.channel_lines import post_lines
from bot.commands.shared.handler import about
from bot.commands.shared.membership import join_group
from bot.commands.shared.milestones import record_milestones
from bot.commands.shared.options import TIME
from bot.commands.shared.share_offer import share_offer
from bot.context import Context
from bot.domain.checkin import Entry, Source, check_total
from bot.domain.group import Group
from bot.domain.progress import Progress
from bot.domain.streak import Judged
from bot.domain.week import Week
from bot.store import people, recording, totals
from bot.store import progress as stored_progress
from bot.views import checkin as view


def add_checkin(context: Context, entry: Entry, source: Source) -> Card:
    """Record the entry, which makes a newcomer a member here, post it to channels, and return the answer."""
    with about(TIME):
        check_total(totals.sum_day(context.tx, context.person.id, entry.day), entry.minutes, entry.day, context.today)
    joined = _join_channel_group(context)
    group_id = context.group.id if context.group is not None else None
    recorded = recording.record_checkin(context.tx, context.person.id, entry, source, group_id, context.now)
    checkin, progress = recorded.checkin, recorded.progress
    milestones = record_milestones(context, progress)
    memberships = context.own_groups() if joined else context.memberships
    post_lines(context, memberships, checkin, progress, milestones)
    notes = [*_joined_notes(joined), *_freeze_notes(context, progress)]
    judged = _judge_week(context, progress, Week.of(entry.day))
    card = view.logged(checkin, progress, judged, milestones, notes, recorded.focus)
    return card.plus(*share_offer(context, checkin))


def _join_channel_group(context: Context) -> Group | None:
    """Make the speaker a member of the channel's group, unless they are or were one; return the group if so."""
    if context.group is None or context.member is not None:
        return None
    join_group(context, context.group)
    return context.group


def _judge_week(context: Context, progress: Progress, week: Week) -> Judged | None:
    """Return the state of the week, also of one that has closed; None before the person's first."""
    person = progress.person
    if person.first_week is None or week < person.first_week:
        return None
    return progress.judged(week) or next(
        judged for judged in stored_progress.judge_history(context.tx, person.id, context.now) if judged.week == week
    )


def _joined_notes(group: Group | None) -> list[Text]:
    return [(f"You have joined {group.name} by this check-in.",)] if group else []


def _freeze_notes(context: Context, progress: Progress) -> list[Text]:
    """Return a note of the freezes spent since the person was told last, if any were; save that they are told."""
    spent = progress.tally.spent - progress.person.freezes_told
    if spent <= 0:
        return []
    people.set_freezes_told(context.tx, progress.person.id, progress.tally.spent)
    return [view.freeze_note(spent, progress.tally)]
