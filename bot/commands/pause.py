"""`pause`: announce days away, ahead or while they last."""

from datetime import date

from bot.chat.command import Given, Kind, Option, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.turn import Command, Turn, about
from bot.domain.day import read_future_day
from bot.domain.names import read_text
from bot.domain.pause import Pause, check_pause, paused_days
from bot.domain.week import Week
from bot.store import people, standing
from bot.views import pause as view

REASON_LIMIT = 200


def _read_day(text: str, reading: Reading) -> date:
    return read_future_day(text, reading.today)


def _read_reason(text: str, _reading: Reading) -> str:
    return read_text(text, REASON_LIMIT, "reason")


UNTIL = Option(
    "until",
    Kind.DAY,
    "the last day away",
    _read_day,
    hint="sun, in 2 weeks, 2026-11-20",
    longest=64,
    is_required=True,
)
FROM = Option("from", Kind.DAY, "the first day away", _read_day, hint="today, unless you say", longest=64)
REASON = Option("reason", Kind.TEXT, "why, for yourself alone", _read_reason, hint="holidays", longest=REASON_LIMIT)

SPEC = Spec(
    "pause",
    "be away without breaking your streak",
    (UNTIL, FROM, REASON),
    group="Your promise",
    title="Days away",
    submit="Pause",
    examples=("/pause in 2 weeks", "/pause sun from: tomorrow reason: holidays"),
)


def run(turn: Turn, given: Given) -> Answer:
    """Keep the absence, and say which weeks it changes."""
    first, last = given[FROM] or turn.today, given.need(UNTIL)
    with about(FROM if first < turn.today else UNTIL):
        pause = check_pause(first, last, turn.today)
    known = people.pauses(turn.tx, turn.person.id, turn.today)
    around = next((old for old in known if old.from_day <= first and last <= old.until_day), None)
    if around is not None:
        return Reply(view.away_already(around, turn.today))
    people.add_pause(turn.tx, turn.person.id, pause, given[REASON], turn.now)
    standing.refresh(turn.tx, turn.person, turn.now)
    return Reply(view.away(pause, _touched(turn, pause), turn.today))


def _touched(turn: Turn, pause: Pause) -> view.Touched:
    """The weeks of the pause with their days away, also those of other pauses."""
    first = Week.of(pause.from_day)
    pauses = people.pauses(turn.tx, turn.person.id, first.monday)
    return [(week, paused_days(pauses, week)) for week in first.until(Week.of(pause.until_day))]


COMMAND = Command(SPEC, run)
