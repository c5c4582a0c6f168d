"""`areas`: where the hours went, and what has been left alone."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.coverage import load_coverage
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE
from bot.context import Context
from bot.domain.week import Week
from bot.views import areas as view

SPEC = Spec(
    "areas",
    "your hours by area, and how long each has waited",
    (EVERYONE,),
    group="Where you stand",
    is_read_only=True,
    examples=("/areas",),
)


def run(context: Context, _given: Given) -> Answer:
    """Show all areas, the largest first, to their reader alone, also where an earlier version offered to post them."""
    times, waiting = load_coverage(context)
    return Reply(view.areas(context.person, times, waiting, Week.of(context.today)))


COMMAND = Command(SPEC, run)
