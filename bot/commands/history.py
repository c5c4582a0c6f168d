"""`history`: past weeks with their states."""

import re
from datetime import date

from bot.chat.card import Actions, Card
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import PAGE
from bot.commands.shared.paging import is_turned, turning
from bot.context import Context
from bot.domain.day_total import DayTotal
from bot.domain.names import quoted
from bot.domain.streak import Judged
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import progress as stored_progress
from bot.store import totals
from bot.views import history as view
from bot.views.history import PastWeek

DEFAULT = 12
MOST = 104
ROWS = 26
_WEEKS = re.compile(r"([0-9]{1,9})(?: ?w(?:eeks?)?)?", re.IGNORECASE)


def _read_weeks(text: str, _reading: Reading) -> int:
    found = _WEEKS.fullmatch(text.strip())
    if found is None:
        raise Refused(f"I can't read {quoted(text)} as a number of weeks.", "26")
    if not 1 <= int(found[1]) <= MOST:
        raise Refused(f"I read {quoted(text)} as {int(found[1]):,} weeks; I can show 1 to {MOST}.", str(MOST))
    return int(found[1])


WEEKS = Option("weeks", OptionKind.NUMBER, "how many weeks back", _read_weeks, hint="12", longest=16)

SPEC = Spec(
    "history",
    "your past weeks and their states, with a picture",
    (WEEKS, PAGE),
    group="Where you stand",
    is_read_only=True,
    examples=("/history", "/history 26"),
    also="past weeks",
)


def run(context: Context, given: Given) -> Answer:
    """Twelve weeks unless told otherwise, newest first, a page at a time."""
    count = given[WEEKS] or DEFAULT
    last = Week.of(context.today)
    days = totals.days(context.tx, context.person.id, last.plus(1 - count).monday, last.sunday)
    weeks = _weeks(
        last.plus(1 - count), last, stored_progress.history(context.tx, context.person.id, context.now), days
    )
    if not weeks:
        return Reply(_nothing_there(context, count, last))
    page = min(given[PAGE] or 0, (len(weeks) - 1) // ROWS)
    end = len(weeks) - page * ROWS
    shown = weeks[max(0, end - ROWS) : end][::-1]
    picture = view.heatmap(weeks[0].week, last, days)
    card = view.history(shown, picture, context.today, _actions(count, page, len(weeks)))
    return Reply(card, in_place=is_turned(context, given))


def _nothing_there(context: Context, count: int, last: Week) -> Card:
    """Who has only imported may have all of it before these weeks."""
    behind = len(totals.by_week(context.tx, context.person, last))
    return view.long_ago(count, min(behind, MOST)) if behind else view.nothing_yet()


def _weeks(first: Week, last: Week, judged: list[Judged], days: dict[date, DayTotal]) -> list[PastWeek]:
    """From the oldest week of the stretch that has a state or any time; oldest first."""
    by_week = {each.week: each for each in judged}
    found = [_past_week(week, by_week.get(week), days) for week in first.until(last)]
    begins = next((at for at, past in enumerate(found) if past.judged or past.minutes or past.imported), len(found))
    return found[begins:]


def _past_week(week: Week, judged: Judged | None, days: dict[date, DayTotal]) -> PastWeek:
    inside = [days[day] for day in week.days() if day in days]
    return PastWeek(week, judged, sum(day.minutes for day in inside), sum(day.imported for day in inside))


def _actions(count: int, page: int, weeks: int) -> tuple[Actions, ...]:
    turned = turning(SPEC, {"weeks": str(count)}, page, has_more=(page + 1) * ROWS < weeks)
    return (Actions(turned),) if turned else ()


COMMAND = Command(SPEC, run)
