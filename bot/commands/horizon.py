"""`horizon`: hours so far on the road of two to five years, and when it may lead where."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE
from bot.commands.shared.road import load_road
from bot.context import Context
from bot.store import progress as stored_progress
from bot.views import horizon as view

SPEC = Spec(
    "horizon",
    "your hours on the road of two to five years, your pace, and your season",
    (EVERYONE,),
    group="The long road",
    is_read_only=True,
    examples=("/horizon",),
    also="season seasons road",
)


def run(context: Context, _given: Given) -> Answer:
    """Show the road as it lies today, to its reader alone, also where an earlier version offered to post it."""
    progress = stored_progress.judge_person(context.tx, context.person.id, context.now)
    road = load_road(context, progress)
    return Reply(view.nothing_yet(progress.goal) if road is None else view.horizon(road))


COMMAND = Command(SPEC, run)
