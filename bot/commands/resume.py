"""`resume`: be back from a pause, or take one back that has not begun."""

from datetime import timedelta

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.turn import Command, Turn
from bot.domain.pause import Pause, end_pause, paused_days
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import keeping, people
from bot.views import pause as view

SPEC = Spec(
    "resume",
    "end a pause with yesterday, or take a coming one back",
    group="Your promise",
    examples=("/resume",),
    also="back return",
)


def run(turn: Turn, _given: Given) -> Answer:
    """End what covers today; where nothing does, take back the next one that was announced."""
    ended = _meant(turn)
    for pause in ended:
        people.replace_pause(turn.tx, turn.person.id, pause, end_pause(pause, turn.today))
    now = keeping.refresh(turn.tx, turn.person, turn.now)
    week = Week.of(turn.today)
    days = paused_days(people.pauses(turn.tx, turn.person.id, week.monday), week)
    return Reply(view.back(ended, days, now, turn.today), in_place=turn.request.via is Via.BUTTON)


def _meant(turn: Turn) -> list[Pause]:
    known = people.pauses(turn.tx, turn.person.id, turn.today)
    covering = [pause for pause in known if pause.covers(turn.today)]
    if not known:
        example = turn.today + timedelta(weeks=2)
        raise Refused("You are not away, and no pause is coming up.", f"/pause until: {example}")
    return covering or known[:1]


COMMAND = Command(SPEC, run)
