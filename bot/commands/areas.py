"""`areas`: where the hours went, and what has been left alone."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.audience import choose_audience, share_buttons
from bot.commands.shared.coverage import load_coverage
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE
from bot.context import Context
from bot.domain.week import Week
from bot.views import areas as view
from bot.views import words

SPEC = Spec(
    "areas",
    "your hours by area, and how long each has waited",
    (EVERYONE,),
    group="Where you stand",
    is_read_only=True,
    examples=("/areas",),
)


def run(context: Context, given: Given) -> Answer:
    """Show all areas, the largest first."""
    times, waiting = load_coverage(context)
    audience = choose_audience(context, given)
    is_public = audience is Audience.PUBLIC
    actions = () if is_public else (Actions((words.CHECK_IN, *share_buttons(context, "areas", {}))),)
    person = context.person._replace(name=context.name)
    card = view.areas(person, times, waiting, Week.of(context.today), actions, is_public=is_public)
    return Reply(card, audience)


COMMAND = Command(SPEC, run)
