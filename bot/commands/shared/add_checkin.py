"""Logging a stretch of study, whether typed, by form, or by the timer."""

from datetime import timedelta

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery
from bot.chat.text import Text
from bot.commands.shared.handler import about
from bot.commands.shared.membership import join_group
from bot.commands.shared.milestones import record_milestones
from bot.commands.shared.options import TIME
from bot.commands.shared.share_offer import share_offer
from bot.context import Context
from bot.domain.checkin import Checkin, Entry, Source, check_total
from bot.domain.group import Group, Lines
from bot.domain.milestone import Milestone
from bot.domain.progress import Progress
from bot.domain.streak import Judged
from bot.domain.week import Week
from bot.store import areas, outbox, people, recording, totals
from bot.store import progress as stored_progress
from bot.store.groups import Membership
from bot.views import checkin as view

LINE_EXPIRES = timedelta(hours=12)


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
    _post_lines(context, memberships, checkin, progress, milestones)
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


def _post_lines(
    context: Context, memberships: list[Membership], checkin: Checkin, progress: Progress, milestones: list[Milestone]
) -> None:
    for group, member in memberships:
        if group.lines is not Lines.EACH or member.is_hidden or member.has_left or group.asleep:
            continue
        is_here = context.group is not None and group.id == context.group.id
        knows_area = is_here or checkin.entry.area in areas.list_names(context.tx, group.id)
        card = view.line(member.name, checkin, progress, milestones, with_area=knows_area, with_learned=is_here)
        to = ChannelAddress(group.platform, group.team, group.channel, name=group.name)
        delivery = Delivery(_line_key(group, checkin), to, card, context.now, context.now + LINE_EXPIRES)
        outbox.enqueue(context.tx, delivery, group_id=group.id)


def _line_key(group: Group, checkin: Checkin) -> str:
    """Return a key that never comes again: an id may, after an erase or a restore, but not with the same instant."""
    return f"line/{group.id}/{checkin.id}/{checkin.created_at:%Y-%m-%dT%H:%M:%S}"


def _joined_notes(group: Group | None) -> list[Text]:
    return [(f"You have joined {group.name} by this check-in.",)] if group else []


def _freeze_notes(context: Context, progress: Progress) -> list[Text]:
    """Return a note of the freezes spent since the person was told last, if any were; save that they are told."""
    spent = progress.tally.spent - progress.person.freezes_told
    if spent <= 0:
        return []
    people.set_freezes_told(context.tx, progress.person.id, progress.tally.spent)
    return [view.freeze_note(spent, progress.tally.held)]
