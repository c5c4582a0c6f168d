"""`resume`: be back from a pause, or take one back that has not begun."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option, parse_number
from bot.context import Context
from bot.domain.pause import Pause, end_pause
from bot.errors import Refused
from bot.store import people
from bot.store import progress as stored_progress
from bot.views import pause as view

PAUSE = hidden_option("pause")

SPEC = Spec(
    "resume",
    "end a pause, or cancel one that hasn't begun",
    (PAUSE,),
    group="Your promise",
    examples=("/resume",),
    also="back return",
)


def run(context: Context, given: Given) -> Answer:
    """End the pause that a button names, else what covers today, else take back the next one that was announced."""
    ended = _find_pauses(context, parse_number(given[PAUSE] or ""))
    for pause_id, pause in ended:
        people.replace_pause(context.tx, context.person.id, pause_id, end_pause(pause, context.today))
    progress = stored_progress.refresh(context.tx, context.person.id, context.now)
    card = view.back([pause for _, pause in ended], progress, context.now)
    return Reply(card, in_place=context.request.via is Via.BUTTON)


def _find_pauses(context: Context, pause_id: int | None) -> list[tuple[int, Pause]]:
    """Return the pauses that are to end, with their ids. Raises `Refused` if there is none."""
    known = people.list_pauses_by_id(context.tx, context.person.id, context.today)
    left = [(number, pause) for number, pause in known if pause.until_day >= context.today]
    if pause_id is not None:
        named = [(number, pause) for number, pause in left if number == pause_id]
    else:
        named = [(number, pause) for number, pause in left if pause.covers(context.today)] or left[:1]
    if not named:
        raise Refused("You aren't away, and no pause is coming up.", "/pause until: sunday")
    return named


COMMAND = Command(SPEC, run)
