"""Drawing the weekly cards that check-ins have armed: posted with the first one of a week, then edited in place."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.chat.card import Card
from bot.chat.delivery import Delivery
from bot.delivery import group_posts
from bot.domain.group import Group, Lines
from bot.domain.scheduled import WeeklyCardDue
from bot.domain.week import Week
from bot.domain.weekly_card import MOST_ROWS
from bot.store import groups, leaderboards, outbox, revisions, schedules, weekly_cards
from bot.store import results as stored_results
from bot.store.claims import ClaimedPost
from bot.store.tx import Tx
from bot.views import weekly_card as view

USEFUL_FOR = timedelta(days=2)


def plan(tx: Tx, dues: Sequence[WeeklyCardDue], now: datetime) -> None:
    """Draw the cards that are due, as long as the group wants one and the week is open for any of its members."""
    schedules.delete(tx, [due.id for due in dues])
    by_id = groups.get_many(tx, {due.group_id for due in dues})
    for due in dues:
        group = by_id.get(due.group_id)
        if group is None or group.asleep or group.lines is not Lines.CARD:
            continue
        if stored_results.closes_at(tx, [group], due.week)[group.id] > now:
            _draw(tx, group, due.week, now)


def post_anew(tx: Tx, refused: ClaimedPost, now: datetime) -> None:
    """Post the card again whose edit was refused, as somebody has deleted it; once for each week."""
    week = weekly_cards.find_week(refused.edits.key) if refused.edits is not None else None
    if week is None or refused.group_id is None:
        return
    group = groups.get(tx, refused.group_id)
    key = weekly_cards.make_key_again(weekly_cards.make_key(group.id, week))
    anew = Delivery(key, group_posts.address(group), _card(tx, group, week, now), now, now + USEFUL_FOR)
    outbox.enqueue(tx, anew, group_id=group.id)


def _draw(tx: Tx, group: Group, week: Week, now: datetime) -> None:
    card = _card(tx, group, week, now)
    key = weekly_cards.find_newest_key(tx, group.id, week)
    if key is not None:
        revisions.revise(tx, key, card, now, now + USEFUL_FOR)
        return
    first = Delivery(weekly_cards.make_key(group.id, week), group_posts.address(group), card, now, now + USEFUL_FOR)
    outbox.enqueue(tx, first, group_id=group.id)


def _card(tx: Tx, group: Group, week: Week, now: datetime) -> Card:
    rows, count = weekly_cards.list_rows(tx, group, week, now, MOST_ROWS)
    return view.weekly_card(group, week, leaderboards.find_total(tx, group, week, now), rows, count)
