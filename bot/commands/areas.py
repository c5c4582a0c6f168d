"""`areas`: where the hours went, and what has been left alone."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.options import EVERYONE
from bot.commands.showing import audience, may_show
from bot.commands.turn import Command, Turn
from bot.domain.coverage import AreaTime, Neglected, gathered, neglected
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


def run(turn: Turn, given: Given) -> Answer:
    """All areas, the largest first."""
    times, waiting = covered(turn)
    shown_to = audience(turn, given)
    is_public = shown_to is Audience.PUBLIC
    share = (words.show_everyone("areas", {}),) if may_show(turn) else ()
    actions = () if is_public else (Actions((words.CHECK_IN, *share)),)
    return Reply(view.areas(turn.person, times, waiting, Week.of(turn.today), actions, is_public=is_public), shown_to)


def covered(turn: Turn) -> tuple[list[AreaTime], Neglected | None]:
    """The speaker's time by the areas of here, and the one of these that is neglected."""
    in_use = turn.reading.areas
    times = gathered(totals.by_area(turn.tx, turn.person.id), turn.renamed_areas(), in_use)
    return times, neglected(times, in_use, turn.person.first_week, Week.of(turn.today))


COMMAND = Command(SPEC, run)
