"""`timer start` and `timer stop`: study is logged for the local day on which the timer was started."""

from datetime import date, datetime, timedelta

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.add_checkin import add_checkin
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import AREA, DAY, TIME, certain, hidden, number_carried
from bot.context import Context
from bot.domain.checkin import TIMER_ASKS_OVER, Entry, Source, check_day
from bot.domain.duration import DAY_LIMIT, Minutes, say
from bot.domain.timer import Timer
from bot.errors import Refused
from bot.store import timers, totals
from bot.views import timer as view

SHORTEST = timedelta(minutes=1)
COUNT = hidden("count")
DISCARD = hidden("discard")
SINCE = hidden("since")
"""Which timer a button is about: when it was started, in seconds since 1970."""

START = Spec(
    "timer start",
    "let a timer run while you study",
    (AREA,),
    group="Every day",
    examples=("/timer start", "/timer start statistics"),
)
STOP = Spec(
    "timer stop",
    "stop the timer and log its time",
    (AREA, COUNT, DISCARD, SINCE),
    group="Every day",
    examples=("/timer stop", "/timer stop statistics"),
)
OTHER_TIME = Spec(
    "timed",
    "log another time than the timer's",
    (TIME, AREA, DAY, SINCE),
    title="How long was it?",
    submit="Log",
    is_button_only=True,
)


def start(context: Context, given: Given) -> Answer:
    """Start it, or say since when it runs."""
    if timers.start(context.tx, context.person.id, given[AREA], context.now):
        return Reply(view.started(given[AREA]))
    timer = _running(context, given)
    return Reply(view.runs_already(timer, _minutes(timer, context.now), context.person.zone_name))


def stop(context: Context, given: Given) -> Answer:
    """Log what it measured; over four hours, or more than the day can hold, ask first."""
    timer = _running(context, given)
    in_place = context.request.via is Via.BUTTON
    if given[DISCARD] or context.now - timer.started_at < SHORTEST:
        timers.stop(context.tx, context.person.id)
        return Reply(view.discarded() if given[DISCARD] else view.too_short(), in_place=in_place)
    minutes, day = _minutes(timer, context.now), _day(context, timer)
    room = DAY_LIMIT - totals.of_day(context.tx, context.person.id, day)
    counted = _counted(given, minutes)
    if (counted is None and minutes > TIMER_ASKS_OVER) or (counted or minutes) > room:
        may_count = minutes <= room
        zone = context.person.zone_name
        return Reply(view.ask(timer, minutes, _since(timer), zone, may_count=may_count), in_place=in_place)
    return _log(context, Entry(day, counted or minutes, given[AREA] or timer.area), in_place=in_place)


def log_other_time(context: Context, given: Given) -> Answer:
    """What somebody remembers in the place of what the timer measured; it cannot be more."""
    timer = _running(context, given)
    minutes, measured = certain(given.need(TIME)), _minutes(timer, context.now)
    if minutes > measured:
        with about(TIME):
            raise Refused(f"The timer ran for {say(measured)}, which is less than {say(minutes)}.", say(measured))
    return _log(context, Entry(given[DAY] or _day(context, timer), minutes, given[AREA] or timer.area), in_place=False)


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Area and day of the running timer."""
    timer = _running(context, Given(raw, raw))
    return {"area": timer.area or "", "day": _day(context, timer).isoformat()}


def _log(context: Context, entry: Entry, *, in_place: bool) -> Answer:
    with about(DAY):
        check_day(entry.day, context.today)
    card = add_checkin(context, entry, Source.TIMER)
    timers.stop(context.tx, context.person.id)
    return Reply(card, in_place=in_place)


def _running(context: Context, given: Given) -> Timer:
    timer = timers.running(context.tx, context.person.id)
    if timer is None:
        raise Refused("No timer is running.", "/timer start")
    if given[SINCE] not in (None, _since(timer)):
        raise Refused("That timer is off already; another one is running.", "/timer stop")
    return timer


def _since(timer: Timer) -> str:
    return str(int(timer.started_at.timestamp()))


def _minutes(timer: Timer, now: datetime) -> Minutes:
    """Whole minutes, rounded half up."""
    return Minutes(max(0, (now - timer.started_at + timedelta(seconds=30)) // timedelta(minutes=1)))


def _day(context: Context, timer: Timer) -> date:
    return timer.started_at.astimezone(context.person.zone).date()


def _counted(given: Given, measured: Minutes) -> Minutes | None:
    """How much was agreed to by a button: what was measured when it was asked, never more than now."""
    count = number_carried(given[COUNT] or "")
    return None if count is None else Minutes(max(1, min(count, measured)))


START_COMMAND = Command(START, start)
STOP_COMMAND = Command(STOP, stop)
OTHER_TIME_COMMAND = Command(OTHER_TIME, log_other_time, prefill)
