"""`timer start`: let a timer run while one studies."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import AREA
from bot.commands.shared.running_timer import find_timer, measure
from bot.context import Context
from bot.store import timers
from bot.views import timer as view

SPEC = Spec(
    "timer start",
    "start a timer while you study",
    (AREA,),
    group="Every day",
    examples=("/timer start", "/timer start statistics"),
)


def run(context: Context, given: Given) -> Answer:
    """Start it, or say since when it runs."""
    if timers.start(context.tx, context.person.id, given[AREA], context.now):
        return Reply(view.started(given[AREA]))
    timer = find_timer(context)
    return Reply(view.runs_already(timer, measure(timer, context.now), context.person.zone_name))


COMMAND = Command(SPEC, run)
