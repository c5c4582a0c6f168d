"""`undo`: take back the newest-made check-in, or one that is named; *Put back* undoes that."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.options import CHECKIN, hidden, number_carried
from bot.commands.rewriting import owned, put_back, shown, take_back
from bot.commands.turn import Command, Turn
from bot.domain.checkin import Checkin
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
    examples=("/undo", "/undo #12"),
)
SHOWN = 10


def run(turn: Turn, given: Given) -> Answer:
    """Take one back, put one back, or show the newest to choose from, beside the card that puts back the last."""
    back = number_carried(given[BACK] or "")
    if back is not None:
        return _put_back(turn, back)
    if given[ANOTHER]:
        newest = checkins.newest(turn.tx, turn.person.id, SHOWN)
        return Reply(view.choose([shown(turn, each) for each in newest], turn.today))
    checkin = _meant(turn, given[CHECKIN])
    now = take_back(turn, checkin)
    return Reply(view.taken_back(shown(turn, checkin), now, turn.today), in_place=turn.request.via is Via.BUTTON)


def _meant(turn: Turn, number: int | None) -> Checkin:
    if number is None:
        newest = checkins.newest(turn.tx, turn.person.id)
        if not newest:
            raise Refused("There is no check-in to take back.", "/checkin 45m")
        return newest[0]
    checkin = owned(turn, number)
    if checkin.undone_at is not None:
        raise Refused(f"Check-in #{number} is taken back already.", "/undo")
    return checkin


def _put_back(turn: Turn, number: int) -> Answer:
    checkin = owned(turn, number)
    if checkin.undone_at is None:
        raise Refused(f"Check-in #{number} counts already.", "/progress")
    now = put_back(turn, checkin)
    return Reply(view.put_back(shown(turn, checkin), now, turn.today), in_place=True)


COMMAND = Command(SPEC, run)
