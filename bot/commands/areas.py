"""`areas`: where the hours went, and what has been left alone."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.shared.audience import audience, may_show
from bot.commands.shared.handler import Command
from bot.commands.shared.options import EVERYONE
from bot.context import Context
from bot.domain.coverage import AreaTime, NeglectedArea, find_neglected, gather_times
from bot.domain.week import Week
from bot.store import totals
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
    """All areas, the largest first."""
    times, waiting = covered(context)
    shown_to = audience(context, given)
    is_public = shown_to is Audience.PUBLIC
    share = (words.show_everyone("areas", {}),) if may_show(context) else ()
    actions = () if is_public else (Actions((words.CHECK_IN, *share)),)
    return Reply(
        view.areas(context.person, times, waiting, Week.of(context.today), actions, is_public=is_public), shown_to
    )


def covered(context: Context) -> tuple[list[AreaTime], NeglectedArea | None]:
    """The speaker's time by the areas of here, and the one of these that is neglected."""
    in_use = context.reading.areas
    times = gather_times(totals.by_area(context.tx, context.person.id), context.renamed_areas(), in_use)
    return times, find_neglected(times, in_use, context.person.first_week, Week.of(context.today))


COMMAND = Command(SPEC, run)
