"""`pause`: announce days away, ahead or while they last."""

from datetime import date

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import hidden_option, parse_number
from bot.context import Answered, Context
from bot.domain.absence import Absence, read_absence
from bot.domain.day import read_future_day
from bot.domain.names import read_text
from bot.domain.pause import ASKED_OVER, Pause, check_pause, paused_days
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import people
from bot.store import progress as stored_progress
from bot.views import pause as view

REASON_LIMIT = 200


def _read_first(text: str, reading: Reading) -> date:
    """Read the first day away, perhaps one that is gone: a pause may begin on Monday of this week."""
    return read_future_day(text, reading.today)


def _read_days(text: str, reading: Reading) -> Absence:
    """Read the last day away, or the first and the last: "fri to mon"."""
    return read_absence(text, reading.today)


def _read_reason(text: str, _reading: Reading) -> str:
    return read_text(text, REASON_LIMIT, "reason")


UNTIL = Option(
    "until",
    OptionKind.DAY,
    "the last day away",
    _read_days,
    hint="for 2 weeks",
    longest=64,
    is_required=True,
    question="Until when are you away?",
    description="From 4 days of a week on, it counts as away and can't break your streak.",
    also="till, to, through",
)
FROM = Option(
    "from",
    OptionKind.DAY,
    "the first day away",
    _read_first,
    hint="tomorrow",
    longest=64,
    question="From when?",
    description="Leave it empty for today. Monday of this week is the earliest.",
    is_named=True,
    also="since, starting",
)
REASON = Option(
    "reason",
    OptionKind.TEXT,
    "why, for yourself alone",
    _read_reason,
    hint="holidays",
    longest=REASON_LIMIT,
    question="Why?",
    description="Only you see it: your group sees that you're away, not why.",
    also="because, why",
)

SURE = hidden_option("sure")
INSTEAD = hidden_option("instead")
NEW = hidden_option("new")
"""Given by the button that opens the form although there are pauses to list."""

SPEC = Spec(
    "pause",
    "be away without breaking your streak",
    (UNTIL, FROM, REASON, SURE, INSTEAD, NEW),
    group="Your promise",
    title="Days away",
    submit="Pause",
    examples=("/pause next week", "/pause fri to mon", "/pause sun from: tomorrow reason: holidays"),
    also="away vacation holiday holidays break absent sick ill leave",
    verb="Pause",
)


def run(context: Context, given: Given) -> Answer:
    """Save the absence, and say which weeks it changes; ask first about one that is long."""
    first, last = _read_both(context, given)
    with about(FROM if first < Week.of(context.today).monday else UNTIL):
        pause = check_pause(first, last, context.today)
    known = people.list_pauses(context.tx, context.person.id, context.today)
    enclosing = next((old for old in known if old.from_day <= first and last <= old.until_day), None)
    if enclosing is not None:
        return Reply(view.away_already(enclosing, context.today))
    in_place = context.request.via is Via.BUTTON
    if pause.length > ASKED_OVER and not given[SURE]:
        return Reply(view.ask_long(pause, {name: given.raw[name] for name in ("reason",) if name in given.raw}))
    replaced = parse_number(given[INSTEAD] or "")
    if replaced is not None:
        people.replace_pause(context.tx, context.person.id, replaced, None)
    pause_id = people.add_pause(context.tx, context.person.id, pause, given[REASON], context.now)
    progress = stored_progress.refresh(context.tx, context.person.id, context.now)
    announced = view.Announced(pause_id, pause, _affected_weeks(context, pause), progress, context.is_seen())
    return Reply(view.away(announced, context.today), in_place=in_place)


def _read_both(context: Context, given: Given) -> tuple[date, date]:
    """Return the first and the last day; the last is read from the first. Raises `Refused` for two first days."""
    first, absence = given[FROM], given.need(UNTIL)
    if first is None:
        return absence.first or context.today, absence.last
    if absence.first not in (None, first):
        with about(FROM):
            raise Refused("I read two first days. Which one is it?", "/pause fri to mon")
    with about(UNTIL):
        return first, read_absence(given.raw[UNTIL.name], context.today, first).last


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Leave the form empty. Raises `Answered` with the pauses that run or come, where nothing was asked for."""
    known = people.list_pauses_by_id(context.tx, context.person.id, context.today)
    running = [(pause_id, pause) for pause_id, pause in known if pause.until_day >= context.today]
    if running and not any(text.strip() for text in raw.values()):
        raise Answered(Reply(view.list_pauses(running, context.today)))
    return {}


def _affected_weeks(context: Context, pause: Pause) -> view.AffectedWeeks:
    """Return the weeks of the pause with their days away, also those of other pauses."""
    first = Week.of(pause.from_day)
    pauses = people.list_pauses(context.tx, context.person.id, first.monday)
    return [(week, paused_days(pauses, week)) for week in first.until(Week.of(pause.until_day))]


COMMAND = Command(SPEC, run, prefill)
