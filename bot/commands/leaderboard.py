"""`leaderboard`: a group's members in a calendar period, ranked by what they made of their own goal."""

from bot.chat.card import Actions
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.form import Choice
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.audience import choose_audience, share_buttons
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE, PAGE
from bot.commands.shared.paging import is_new_page, page_buttons
from bot.context import Context
from bot.domain.group import Group, is_resting
from bot.domain.leaderboard import LeaderboardPage, LeaderboardPeriod, RankBy, span_of
from bot.domain.names import quoted
from bot.errors import Refused
from bot.store import groups, leaderboards
from bot.store.leaderboards import LeaderboardQuery
from bot.views import leaderboard as view

ROWS = 10
PERIODS = tuple(
    Choice("this week" if period is LeaderboardPeriod.WEEK else period.value, period.value)
    for period in LeaderboardPeriod
)
BYS = tuple(Choice(by.value, by.value) for by in RankBy)
NAMES = {period.value: period for period in LeaderboardPeriod} | {
    "this week": LeaderboardPeriod.WEEK,
    "this month": LeaderboardPeriod.MONTH,
    "this year": LeaderboardPeriod.YEAR,
    "all": LeaderboardPeriod.ALL,
    "ever": LeaderboardPeriod.ALL,
}


def _read_period(text: str, _reading: Reading) -> LeaderboardPeriod:
    period = NAMES.get(" ".join(text.casefold().replace("-", " ").split()))
    if period is None:
        listed = ", ".join(choice.label for choice in PERIODS)
        raise Refused(f"{quoted(text)} is no period; there are {listed}.", "/leaderboard last week")
    return period


def _read_by(text: str, _reading: Reading) -> RankBy:
    typed = text.casefold().strip().removeprefix("by ").strip()
    matches = [by for by in RankBy if typed and by.value.startswith(typed)]
    if len(matches) != 1:
        raise Refused(f"I can't rank by {quoted(text)}; there are {', '.join(RankBy)}.", "/leaderboard by: hours")
    return matches[0]


PERIOD: Option[LeaderboardPeriod] = Option(
    "period", OptionKind.CHOICE, "which weeks", _read_period, hint="last week", choices=PERIODS
)
BY: Option[RankBy] = Option("by", OptionKind.CHOICE, "what it is ranked by", _read_by, hint="hours", choices=BYS)

SPEC = Spec(
    "leaderboard",
    "how the group is doing",
    (PERIOD, BY, PAGE, EVERYONE),
    group="Where you stand",
    is_read_only=True,
    examples=("/leaderboard", "/leaderboard last week by: hours"),
    also="lb top rank ranking board",
)


def run(context: Context, given: Given) -> Answer:
    """Show a page of the board: alike for all where it was shown to everyone, else with one's own place."""
    group = context.require_own_group()
    period, by = given[PERIOD] or LeaderboardPeriod.WEEK, given[BY] or RankBy.SHARE
    span = span_of(period, context.today)
    if span.first > span.last:
        return Reply(view.no_week_yet(period, context.today))
    audience = choose_audience(context, given, group)
    is_public = audience is Audience.PUBLIC
    query = LeaderboardQuery(group, period, span, by, 0 if is_public else context.person.id)
    number, page = _load_page(context, query, given[PAGE] or 0)
    total = leaderboards.find_total(context.tx, group, span.last, context.now) if period.is_one_week else None
    absence = "" if is_public else _explain_absence(context, group, page)
    board = view.Board(group.name, period, by, span, context.today, page, total, query.me or None, absence)
    actions = _actions(context, group, query, number, page.members)
    in_place = is_new_page(context, given) and is_public == (given[EVERYONE] is not None)
    return Reply(view.leaderboard(board, actions), audience, in_place)


def _load_page(context: Context, query: LeaderboardQuery, number: int) -> tuple[int, LeaderboardPage]:
    """Return the page of that number, or the last one if the board has become shorter, and its number."""

    def rows_after(top: int) -> LeaderboardPage:
        return leaderboards.find_page(context.tx, query, top, ROWS, context.now)

    page = rows_after(number * ROWS)
    if page.rows or not number:
        return number, page
    last = max(0, rows_after(0).members - 1) // ROWS
    return last, rows_after(last * ROWS)


def _explain_absence(context: Context, group: Group, page: LeaderboardPage) -> str:
    """Return the reason why the speaker is not on the board; empty if they are."""
    if any(row.person_id == context.person.id for row in (*page.before, *page.rows, *page.after)):
        return ""
    member = groups.find_member(context.tx, group.id, context.person.id)
    if member is None or member.is_hidden:
        return "You are hidden, so nobody sees you here; this answer is for you alone."
    if is_resting(context.person.last_checkin_at, member.joined_at, context.now):
        return "You are resting; your next check-in brings you back on the board."
    return "You joined too late for this one: it holds the weeks that began while you were a member."


def _actions(context: Context, group: Group, query: LeaderboardQuery, number: int, members: int) -> tuple[Actions, ...]:
    is_public = not query.me
    options = {"period": query.period.value, "by": query.by.value, **context.group_options(group)}
    page_options = {**options, EVERYONE.name: "yes"} if is_public else options
    pages = page_buttons(SPEC, page_options, number, has_more=(number + 1) * ROWS < members, labels=("Back", "More"))
    share = () if is_public else share_buttons(context, "leaderboard", options, group)
    return (Actions((*pages, *share)),) if pages or share else ()


COMMAND = Command(SPEC, run)
