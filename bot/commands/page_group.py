"""`page group`: all that a group's page in the browser shows, gathered by one read."""

from datetime import datetime, timedelta

from bot.chat.card import Card, Line
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.domain.group import Group
from bot.domain.leaderboard import LeaderboardPeriod, RankBy, span_of
from bot.domain.reminder import ReminderKind
from bot.domain.results import WeekResults
from bot.domain.schedule import Moment, next_occurrence
from bot.domain.week import Week
from bot.errors import NotAllowed
from bot.store import groups, leaderboards, organisers, schedules, sharing
from bot.store import results as stored_results
from bot.store.leaderboards import LeaderboardQuery
from bot.views import page_group as view
from bot.views.group import NAMES
from bot.views.leaderboard import Board

MOST_ROWS = 200
NOTES = 5
NOTES_FOR = timedelta(weeks=4)

SPEC = Spec("page group", "a group's page", (GROUP,), is_read_only=True, is_button_only=True, is_for_known=True)


def run(context: Context, _given: Given) -> Answer:
    """Return the sections of the page, for members and for organisers."""
    group = context.require_group()
    member = groups.find_member(context.tx, group.id, context.person.id)
    is_organiser = context.may_organise(group)
    if not is_organiser and (member is None or member.has_left):
        raise NotAllowed("That group is not one of yours.")
    today = context.now.astimezone(group.zone).date()
    week = Week.of(today)
    total = leaderboards.find_total(context.tx, group, week, context.now, context.person.id)
    details = view.GroupDetails(
        group=group,
        today=today,
        week=week,
        total=total,
        board=_load_board(context, group),
        results=_load_results(context, group, week.plus(-1)),
        notes=sharing.list_offered(context.tx, group.id, today - NOTES_FOR, NOTES),
        coming=_list_coming(context, group),
        intending=groups.count_intentions(context.tx, group.id, week.monday),
        members=groups.count_members(context.tx, group.id),
        organisers=organisers.list_names(context.tx, group, with_hidden=True) if is_organiser else None,
        is_hidden=member is not None and member.is_hidden,
        here={"group": str(group.id)},
    )
    return Reply(Card(group.name, (Line((view.total_words(total),)),)), sections=view.group(details))


def _list_coming(context: Context, group: Group) -> list[tuple[datetime, ReminderKind]]:
    """Return when each post of the group that is switched on comes next."""
    return [
        (next_occurrence(Moment.of_key(post.moment), group.zone, context.now, post.done_day).due_at, post.kind)
        for post in schedules.list_of_group(context.tx, group.id)
        if post.is_on and post.kind in NAMES
    ]


def _load_board(context: Context, group: Group) -> Board:
    """Return the board of this week, with everybody who has studied."""
    period, by = LeaderboardPeriod.WEEK, RankBy.SHARE
    today = context.now.astimezone(group.zone).date()
    span = span_of(period, today)
    query = LeaderboardQuery(group, period, span, by, context.person.id)
    page = leaderboards.find_page(context.tx, query, 0, MOST_ROWS, context.now)
    return Board(group, period, by, span, today, page, None, context.person.id, ())


def _load_results(context: Context, group: Group, week: Week) -> WeekResults | None:
    closes_at = stored_results.closes_at(context.tx, [group], week)
    still_open = [group.id] if closes_at[group.id] > context.now else []
    return stored_results.load(context.tx, [group], week, context.now, still_open).get(group.id)


COMMAND = Command(SPEC, run)
