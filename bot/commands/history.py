"""`history`: past weeks with their states."""

import re

from bot.chat.card import Actions, Card
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import PAGE
from bot.commands.shared.paging import is_new_page, page_buttons
from bot.commands.shared.past_weeks import gather_weeks
from bot.context import Context
from bot.domain.names import quoted
from bot.domain.number import read_whole_number
from bot.domain.plain import plain
from bot.domain.progress import Progress
from bot.domain.week import Week
from bot.errors import Refused, Understood
from bot.store import progress as stored_progress
from bot.store import totals
from bot.views import history as view
from bot.views import words

DEFAULT_WEEKS = 12
MOST_WEEKS = 104
ROWS = 26
_UNIT = re.compile(r"(?<=[0-9a-z]) ?w(?:ks?|eeks?)?$")


def _read_weeks(text: str, _reading: Reading) -> int:
    number = read_whole_number(_UNIT.sub("", plain(text)))
    if number is None:
        raise Refused(f"I can't read {quoted(text)} as a number of weeks.", "26")
    if not 1 <= number <= MOST_WEEKS:
        raise Understood(f"I read {quoted(text)} as {number:,} weeks; I can show 1 to {MOST_WEEKS}.", str(MOST_WEEKS))
    return number


WEEKS = Option("weeks", OptionKind.NUMBER, "how many weeks back", _read_weeks, hint="12", longest=16)

SPEC = Spec(
    "history",
    "your past weeks, with a picture",
    (WEEKS, PAGE),
    group="Where you stand",
    is_read_only=True,
    examples=("/history", "/history 26"),
    also="past weeks",
)


def run(context: Context, given: Given) -> Answer:
    """Show a page of twelve weeks, or as many as are asked for, newest first."""
    count = given[WEEKS] or DEFAULT_WEEKS
    last = Week.of(context.today)
    first = last.plus(1 - count)
    days = totals.list_days(context.tx, context.person.id, first.monday, last.sunday)
    progress = stored_progress.judge_from_start(context.tx, context.person.id, context.now)
    weeks = gather_weeks(first, last, progress.weeks, days)
    if not weeks:
        return Reply(_nothing_there(context, progress, count))
    page = min(given[PAGE] or 0, (len(weeks) - 1) // ROWS)
    end = len(weeks) - page * ROWS
    rows = weeks[max(0, end - ROWS) : end][::-1]
    picture = view.heatmap(weeks, days, context.today)
    card = view.history(rows, picture, progress, context.now, _actions(count, page, len(weeks)))
    return Reply(card, in_place=is_new_page(context, given))


def _nothing_there(context: Context, progress: Progress, count: int) -> Card:
    """Say how far back there is something: somebody who only imported may have all of it before these weeks."""
    if progress.is_before_first_week:
        return view.not_begun(progress)
    weeks_back = len(totals.sum_by_week(context.tx, context.person, progress.current))
    return view.long_ago(count, min(weeks_back, MOST_WEEKS)) if weeks_back else view.nothing_yet()


def _actions(count: int, page: int, weeks: int) -> Actions:
    pages = page_buttons(SPEC, {"weeks": str(count)}, page, has_more=(page + 1) * ROWS < weeks)
    return Actions((*pages, words.CHECK_IN))


COMMAND = Command(SPEC, run)
