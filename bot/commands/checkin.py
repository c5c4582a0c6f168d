"""`checkin`: log a stretch of study."""

from collections.abc import Mapping

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.add_checkin import add_checkin
from bot.commands.shared.change_checkin import has_room
from bot.commands.shared.handler import Command
from bot.commands.shared.long_day import LONG, ask_long_day
from bot.commands.shared.options import AREA, DAY, LEARNED, TIME, hidden_option
from bot.commands.shared.who_sees import describe_checkin
from bot.context import Context
from bot.domain.checkin import Entry, Source
from bot.store import checkins
from bot.views import checkin as view
from bot.views import words

TWICE = hidden_option("twice")

SPEC = Spec(
    "checkin",
    "log what you studied",
    (TIME, AREA, LEARNED, DAY, TWICE, LONG),
    group="Every day",
    title="Check in",
    submit="Check in",
    examples=("/checkin 2h30 statistics learned: central limit theorem day: yesterday", "/checkin 45m"),
    also="log study add track check-in done did studied ci hours",
    verb="Check in",
)


def run(context: Context, given: Given) -> Answer:
    """Log it; ask first where its unit is unclear, or the same was logged a moment ago."""
    in_place = context.request.via is Via.BUTTON
    time, day = given.need(TIME), given[DAY] or context.today
    if given[TWICE] == "no":
        return Reply(words.done("Counted once."), in_place=in_place)
    options = {**given.raw, "day": day.isoformat()}
    entry = Entry(day, time, given[AREA], given[LEARNED])
    question = ask_long_day(context, given, entry, options)
    if question is not None:
        return Reply(question, in_place=in_place)
    duplicate = checkins.find_repeated(context.tx, context.person, entry, context.now)
    if duplicate is not None and given[TWICE] != str(duplicate.number):
        return Reply(view.ask_twice(entry, duplicate, options), in_place=in_place)
    source = Source.FORM if context.request.via is Via.FORM else Source.TYPED
    return Reply(add_checkin(context, entry, source, may_be_yesterday=given[DAY] is None), in_place=in_place)


def pin(context: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """Return the day that a question about the other options is about, whenever it is answered."""
    return {} if raw.get(DAY.name) else {DAY.name: context.today.isoformat()}


def allows(context: Context, raw: Mapping[str, str]) -> bool:
    """Return False for a time that its day has no room for."""
    return has_room(context, raw, context.today)


COMMAND = Command(SPEC, run, pin=pin, describe=describe_checkin, allows=allows)
