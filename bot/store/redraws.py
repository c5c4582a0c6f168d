"""Posts of a group that can still be edited, drawn anew once it sees somebody no longer, or by another name."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.group import Group
from bot.domain.reminder import ReminderKind
from bot.domain.week import Week
from bot.store import weekly_cards
from bot.store.rows import ms
from bot.store.tx import Tx

ARM = """INSERT INTO schedules (kind, group_id, payload, due_at)
    SELECT :kind, c.group_id, c.payload, :now FROM schedules c
    WHERE c.group_id = :group AND c.kind = :closing AND NOT EXISTS
        (SELECT 1 FROM schedules r WHERE r.kind = :kind AND r.group_id = c.group_id AND r.payload = c.payload)"""
"""A row for each week whose results stand and have not closed for all."""


def arm(tx: Tx, groups: Iterable[Group], now: datetime) -> None:
    """Let open results and weekly cards of groups be drawn anew, as soon as the planner comes to it."""
    for group in groups:
        tx.run(ARM, kind=ReminderKind.OPEN_RESULTS, closing=ReminderKind.CLOSING, group=group.id, now=ms(now))
        current = Week.of(now.astimezone(group.zone).date())
        for week in (current.plus(-1), current, current.plus(1)):  # somewhere on earth it is a day sooner or later
            if weekly_cards.is_posted(tx, group.id, week):
                weekly_cards.arm(tx, group.id, week, now)
