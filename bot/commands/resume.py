"""`resume`: be back from a pause, or take one back that has not begun."""

from datetime import timedelta

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.domain.pause import Pause, end_pause, paused_days
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import people
from bot.store import progress as stored_progress
from bot.views import pause as view

SPEC = Spec(
    "resume",
    "end a pause with yesterday, or take a coming one back",
    group="Your promise",
    examples=("/resume",),
    also="back return",
)


def run(context: Context, _given: Given) -> Answer:
    """End what covers today; where nothing does, take back the next one that was announced."""
    ended = _find_pauses(context)
    for pause in ended:
        people.replace_pause(context.tx, context.person.id, pause, end_pause(pause, context.today))
    progress = stored_progress.refresh(context.tx, context.person.id, context.now)
    week = Week.of(context.today)
    days = paused_days(people.list_pauses(context.tx, context.person.id, week.monday), week)
    return Reply(view.back(ended, days, progress, context.now), in_place=context.request.via is Via.BUTTON)


def _find_pauses(context: Context) -> list[Pause]:
    """Return the pauses that cover today, else the next one. Raises `Refused` if there is none."""
    known = people.list_pauses(context.tx, context.person.id, context.today)
    covering = [pause for pause in known if pause.covers(context.today)]
    if not known:
        example = context.today + timedelta(weeks=2)
        raise Refused("You are not away, and no pause is coming up.", f"/pause until: {example}")
    return covering or known[:1]


COMMAND = Command(SPEC, run)
