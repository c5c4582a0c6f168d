"""`leaderboard`: a group's members in a calendar period, ranked by what they made of their own goal."""

from bot.chat.card import Actions
from bot.chat.command import Given, Kind, Option, Reading, Spec
from bot.chat.form import Choice
from bot.chat.request import Answer, Audience, Reply
from bot.commands.options import EVERYONE, PAGE
from bot.commands.paging import is_turned, turning
from bot.commands.showing import audience, may_show
from bot.commands.turn import Command, Turn
from bot.domain.group import Group, is_resting
from bot.domain.names import quoted
from bot.domain.standings import By, Period, span_of
from bot.errors import Refused
from bot.store import boards, groups
from bot.store.boards import Page, Query
from bot.views import leaderboard as view
from bot.views import words

ROWS = 10
PERIODS = tuple(Choice("this week" if period is Period.WEEK else period.value, period.value) for period in Period)
BYS = tuple(Choice(by.value, by.value) for by in By)
NAMES = {period.value: period for period in Period} | {
    "this week": Period.WEEK,
    "this month": Period.MONTH,
    "this year": Period.YEAR,
    "all": Period.ALL,
    "ever": Period.ALL,
}


def _read_period(text: str, _reading: Reading) -> Period:
    found = NAMES.get(" ".join(text.casefold().replace("-", " ").split()))
    if found is None:
        listed = ", ".join(choice.label for choice in PERIODS)
        raise Refused(f"{quoted(text)} is no period; there are {listed}.", "/leaderboard last week")
    return found


def _read_by(text: str, _reading: Reading) -> By:
    typed = text.casefold().strip().removeprefix("by ").strip()
    found = [by for by in By if typed and by.value.startswith(typed)]
    if len(found) != 1:
        raise Refused(f"I can't rank by {quoted(text)}; there are {', '.join(By)}.", "/leaderboard by: hours")
    return found[0]


PERIOD: Option[Period] = Option("period", Kind.CHOICE, "which weeks", _read_period, hint="last week", choices=PERIODS)
BY: Option[By] = Option("by", Kind.CHOICE, "what it is ranked by", _read_by, hint="hours", choices=BYS)

SPEC = Spec(
    "leaderboard",
    "how the group is doing",
    (PERIOD, BY, PAGE, EVERYONE),
    group="Where you stand",
    is_read_only=True,
    examples=("/leaderboard", "/leaderboard last week by: hours"),
    also="lb top rank ranking board",
)


def run(turn: Turn, given: Given) -> Answer:
    """A page of the board: the same for all where it was shown to everyone, else with one's own place."""
    group = turn.own_group()
    period, by = given[PERIOD] or Period.WEEK, given[BY] or By.SHARE
    span = span_of(period, turn.today)
    if span.first > span.last:
        return Reply(view.no_week_yet(period, turn.today))
    shown_to = audience(turn, given, group)
    is_public = shown_to is Audience.PUBLIC
    query = Query(group, period, span, by, 0 if is_public else turn.person.id)
    number, page = _page(turn, query, given[PAGE] or 0)
    total = boards.total(turn.tx, group, span.last, turn.now) if period in boards.ONE_WEEK_PERIODS else None
    missing = "" if is_public else _why_missing(turn, group, page)
    board = view.Board(group.name, period, by, span, turn.today, page, total, query.me or None, missing)
    actions = _actions(turn, group, query, number, page.members)
    in_place = is_turned(turn, given) and is_public == (given[EVERYONE] is not None)
    return Reply(view.leaderboard(board, actions), shown_to, in_place)


def _page(turn: Turn, query: Query, number: int) -> tuple[int, Page]:
    """The page of that number, or the last one where the board has become shorter."""

    def rows_after(top: int) -> Page:
        return boards.page(turn.tx, query, top, ROWS, turn.now)

    page = rows_after(number * ROWS)
    if page.rows or not number:
        return number, page
    last = max(0, rows_after(0).members - 1) // ROWS
    return last, rows_after(last * ROWS)


def _why_missing(turn: Turn, group: Group, page: Page) -> str:
    """Why the asker is not on the board; empty where they are."""
    if any(row.person_id == turn.person.id for row in (*page.before, *page.rows, *page.after)):
        return ""
    member = groups.member(turn.tx, group.id, turn.person.id)
    if member is None or member.is_hidden:
        return "You are hidden, so nobody sees you here; this answer is for you alone."
    if is_resting(turn.person.last_checkin_at, member.joined_at, turn.now):
        return "You are resting; your next check-in brings you back on the board."
    return "You joined too late for this one: it holds the weeks that began while you were a member."


def _actions(turn: Turn, group: Group, query: Query, number: int, members: int) -> tuple[Actions, ...]:
    is_public = not query.me
    options = {"period": query.period.value, "by": query.by.value, **turn.here(group)}

    of = {**options, "everyone": "yes"} if is_public else options
    turned = turning(SPEC, of, number, has_more=(number + 1) * ROWS < members, words=("Back", "More"))
    may_share = not is_public and may_show(turn, group)
    share = (words.show_everyone("leaderboard", options),) if may_share else ()
    return (Actions((*turned, *share)),) if turned or share else ()


COMMAND = Command(SPEC, run)
