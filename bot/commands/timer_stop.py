"""`timer stop`: log what the timer measured for the local day on which it was started, or another time in its place."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.add_checkin import add_checkin
from bot.commands.shared.change_checkin import check_room
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import AREA, DAY, TIME, hidden_option, parse_number
from bot.commands.shared.running_timer import SINCE, find_timer, measure, seconds_of
from bot.commands.shared.who_sees import describe_time
from bot.context import Context
from bot.domain.checkin import TIMER_ASKS_OVER, Entry, Source, check_day
from bot.domain.duration import DAY_LIMIT, Minutes, say
from bot.domain.timer import Timer
from bot.errors import Refused
from bot.store import timers, totals
from bot.views import timer as view

SHORTEST = timedelta(minutes=1)
COUNT = hidden_option("count")
DISCARD = hidden_option("discard")

SPEC = Spec(
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


def run(context: Context, given: Given) -> Answer:
    """Log what it measured; over four hours, or more than the day can hold, ask first."""
    timer = find_timer(context, given[SINCE])
    in_place = context.request.via is Via.BUTTON
    if given[DISCARD] or context.now - timer.started_at < SHORTEST:
        timers.stop(context.tx, context.person.id)
        return Reply(view.discarded() if given[DISCARD] else view.too_short(), in_place=in_place)
    measured, day = measure(timer, context.now), _started_on(context, timer)
    room = DAY_LIMIT - totals.sum_day(context.tx, context.person.id, day)
    confirmed = _confirmed_minutes(given, measured)
    if (confirmed is None and measured > TIMER_ASKS_OVER) or (confirmed or measured) > room:
        zone = context.person.zone_name
        question = view.ask(timer, measured, seconds_of(timer), zone, may_count=measured <= room)
        return Reply(question, in_place=in_place)
    return _log(context, Entry(day, confirmed or measured, given[AREA] or timer.area), in_place=in_place)


def log_other_time(context: Context, given: Given) -> Answer:
    """Log the time that somebody remembers. Raises `Refused` if it is more than the timer measured."""
    timer = find_timer(context, given[SINCE])
    minutes, measured = given.need(TIME), measure(timer, context.now)
    if minutes > measured:
        with about(TIME):
            raise Refused(f"The timer ran for {say(measured)}, which is less than {say(minutes)}.", say(measured))
    day = given[DAY] or _started_on(context, timer)
    return _log(context, Entry(day, minutes, given[AREA] or timer.area), in_place=False)


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Return area and day of the running timer."""
    timer = find_timer(context, raw.get(SINCE.name))
    return {"area": timer.area or "", "day": _started_on(context, timer).isoformat()}


def _log(context: Context, entry: Entry, *, in_place: bool) -> Answer:
    with about(DAY):
        check_day(entry.day, context.today)
    check_room(context, entry)
    card = add_checkin(context, entry, Source.TIMER)
    timers.stop(context.tx, context.person.id)
    return Reply(card, in_place=in_place)


def _started_on(context: Context, timer: Timer) -> date:
    return timer.started_at.astimezone(context.person.zone).date()


def _confirmed_minutes(given: Given, measured: Minutes) -> Minutes | None:
    """Return the minutes that a button confirmed, as they were when it was shown, but never more than now."""
    count = parse_number(given[COUNT] or "")
    return None if count is None else Minutes(max(1, min(count, measured)))


COMMAND = Command(SPEC, run)


def allows(context: Context, raw: Mapping[str, str]) -> bool:
    """Return False for more time than the timer has run."""
    time = raw.get(TIME.name, "")
    if not TIME.reads(time, context.reading):
        return True
    return TIME.value(time, context.reading) <= measure(find_timer(context, raw.get(SINCE.name)), context.now)


OTHER_TIME_COMMAND = Command(OTHER_TIME, log_other_time, prefill, describe=describe_time, allows=allows)
