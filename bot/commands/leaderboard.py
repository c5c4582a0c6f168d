"""`leaderboard`: a group's members in a calendar period, ranked by what they made of their own goal."""

from bot.chat.card import Actions, Button, Controls, Menu
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.form import Choice
from bot.chat.request import Answer, Audience, Reply
from bot.chat.text import Text
from bot.commands.shared.audience import choose_audience, share_buttons
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE, PAGE
from bot.commands.shared.paging import is_new_page, page_buttons
from bot.context import Context
from bot.domain.group import is_resting
from bot.domain.leaderboard import LeaderboardPage, LeaderboardPeriod, RankBy, span_of
from bot.domain.names import capitalize, quoted
from bot.domain.plain import plain
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import groups, leaderboards
from bot.store.leaderboards import LeaderboardQuery
from bot.views import leaderboard as view
from bot.views import words

ROWS = 10
PERIODS = tuple(Choice(period.value, period.value) for period in LeaderboardPeriod)
BYS = tuple(Choice(by.value, by.value) for by in RankBy)
NAMES = {period.value: period for period in LeaderboardPeriod} | {
    "week": LeaderboardPeriod.WEEK,
    "month": LeaderboardPeriod.MONTH,
    "year": LeaderboardPeriod.YEAR,
    "all": LeaderboardPeriod.ALL,
    "ever": LeaderboardPeriod.ALL,
}
OTHER_FIGURES = {RankBy.HOURS: "By hours", RankBy.STREAK: "By streak", RankBy.CONSISTENCY: "By weeks kept of 12"}


def _read_period(text: str, _reading: Reading) -> LeaderboardPeriod:
    period = NAMES.get(plain(text).replace("-", " ").removeprefix("the "))
    if period is None:
        *others, last = (choice.label for choice in PERIODS)
        raise Refused(f"{quoted(text)} is no period: choose {', '.join(others)} or {last}.", "/leaderboard last week")
    return period


def _read_by(text: str, _reading: Reading) -> RankBy:
    typed = plain(text).removeprefix("by ")
    matches = [by for by in RankBy if typed and by.value.startswith(typed)]
    if len(matches) != 1:
        *others, last = RankBy
        raise Refused(
            f"I can't rank by {quoted(text)}: choose {', '.join(others)} or {last}.", "/leaderboard by: hours"
        )
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
    also="lb top rank ranking board score scores",
)


def run(context: Context, given: Given) -> Answer:
    """Show a page of the board: alike for all where it was posted for everyone, else with one's own place."""
    group = context.require_own_group()
    period, by = given[PERIOD] or LeaderboardPeriod.WEEK, given[BY] or RankBy.SHARE
    span = span_of(period, context.today)
    audience = choose_audience(context, given, group)
    is_public = audience is Audience.PUBLIC
    query = LeaderboardQuery(group, period, span, by, 0 if is_public else context.person.id)
    in_place = is_new_page(context, given) and is_public == (given[EVERYONE] is not None)
    if span.first > span.last:
        return Reply(view.no_week_yet(span.first.monday, _menu(context, query)), audience, in_place)
    number, page = _load_page(context, query, given[PAGE] or 0)
    total = leaderboards.find_total(context.tx, group, span.last, context.now, query.me) if period.is_one_week else None
    absence = () if is_public else _explain_absence(context, query, page)
    board = view.Board(group, period, by, span, context.today, page, total, query.me or None, absence)
    return Reply(view.leaderboard(board, _controls(context, query, number, page.members)), audience, in_place)


def _load_page(context: Context, query: LeaderboardQuery, number: int) -> tuple[int, LeaderboardPage]:
    """Return the page of that number, or the last one if the board has become shorter, and its number."""

    def rows_after(top: int) -> LeaderboardPage:
        return leaderboards.find_page(context.tx, query, top, ROWS, context.now)

    page = rows_after(number * ROWS)
    if page.rows or not number:
        return number, page
    last = max(0, rows_after(0).members - 1) // ROWS
    return last, rows_after(last * ROWS)


def _explain_absence(context: Context, query: LeaderboardQuery, page: LeaderboardPage) -> Text:
    """Return the reason why the speaker is not on the board; nothing if they are."""
    if any(row.person_id == context.person.id for row in (*page.before, *page.rows, *page.after)):
        return ()
    member = groups.find_member(context.tx, query.group.id, context.person.id)
    if member is None or member.is_hidden:
        return view.say_hidden(query.group)
    if is_resting(context.person.last_checkin_at, member.joined_at, context.now, context.away_until):
        return view.say_resting()
    zone = query.group.zone if query.period.is_one_week else context.person.zone
    joined = member.joined_at.astimezone(zone).date()
    first = Week.of(joined) if query.period.is_one_week else Week.first_from(joined)
    has_part = first <= query.span.last
    if not has_part:
        return view.say_joined_later()
    return view.say_nothing_logged(query.period) if page.members else ()


def _controls(context: Context, query: LeaderboardQuery, number: int, members: int) -> tuple[Controls, ...]:
    options, is_public = _options(context, query), not query.me
    page_options = {**options, EVERYONE.name: "yes"} if is_public else options
    pages = page_buttons(SPEC, page_options, number, has_more=(number + 1) * ROWS < members, labels=("Back", "More"))
    share = () if is_public or not members else share_buttons(context, "leaderboard", options, query.group)
    buttons = (Actions((*pages, *share)),) if pages or share else ()
    empty = () if members else (Actions((words.CHECK_IN,)),)
    return (*empty, *_menu(context, query), *buttons)


def _menu(context: Context, query: LeaderboardQuery) -> tuple[Menu, ...]:
    """Return the list of other boards, for the one who asked."""
    if not query.me:
        return ()
    options = {**_options(context, query), PAGE.name: "0"}
    periods = [
        Button(capitalize(period.value), SPEC.name, {**options, "period": period.value, "by": RankBy.SHARE.value})
        for period in LeaderboardPeriod
    ]
    figures = [Button(label, SPEC.name, {**options, "by": by.value}) for by, label in OTHER_FIGURES.items()]
    by_share = query.by is RankBy.SHARE
    chosen = (
        list(LeaderboardPeriod).index(query.period) if by_share else len(periods) + list(OTHER_FIGURES).index(query.by)
    )
    return (Menu("Which board", (*periods, *figures), chosen),)


def _options(context: Context, query: LeaderboardQuery) -> dict[str, str]:
    return {"period": query.period.value, "by": query.by.value, **context.group_options(query.group)}


COMMAND = Command(SPEC, run)
