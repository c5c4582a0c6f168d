"""`undo`: take back the newest-made check-in, or one that is named; *Put back* undoes that."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.options import CHECKIN, hidden
from bot.commands.rewriting import put_back, take_back
from bot.commands.turn import Command, Turn
from bot.errors import Refused
from bot.store import checkins
from bot.views import rewriting as view

BACK = hidden("back")
ANOTHER = hidden("another")

SPEC = Spec(
    "undo",
    "take back your newest check-in",
    (CHECKIN, BACK, ANOTHER),
    group="Every day",
    title="Undo a check-in",
    submit="Take back",
)
SHOWN = 10


def run(turn: Turn, given: Given) -> Answer:
    """Take one back, put one back, or show the newest to choose from."""
    back = given[BACK]
    if back is not None and back.isdecimal():
        return _put_back(turn, int(back))
    if given[ANOTHER]:
        return Reply(view.choose(checkins.newest(turn.tx, turn.person.id, SHOWN), turn.today), in_place=True)
    number = given[CHECKIN]
    if number is None:
        newest = checkins.newest(turn.tx, turn.person.id)
        if not newest:
            raise Refused("There is no check-in to take back.", "/checkin 45m")
        checkin = newest[0]
    else:
        checkin = owned(turn, number)
        if checkin.undone_at is not None:
            raise Refused(f"Check-in #{number} is taken back already.", "/undo")
    now = take_back(turn, checkin)
    return Reply(view.taken_back(checkin, now, turn.today))


def owned(turn: Turn, number: int) -> checkins.Checkin:
    """One of the speaker's own check-ins; imported ones go as they came, all at once."""
    checkin = checkins.get(turn.tx, turn.person.id, number)
    if checkin is None:
        raise Refused(f"You have no check-in #{number}.", "/history")
    return checkin


def _put_back(turn: Turn, number: int) -> Answer:
    checkin = owned(turn, number)
    if checkin.undone_at is None:
        raise Refused(f"Check-in #{number} counts already.", "/progress")
    return Reply(view.put_back(checkin, put_back(turn, checkin), turn.today), in_place=True)


COMMAND = Command(SPEC, run)
