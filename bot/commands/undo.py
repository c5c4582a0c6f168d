"""`undo`: take back the newest-made check-in, or one that is named; *Put back* undoes that."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.change_checkin import as_shown, own_checkin, put_back, undo
from bot.commands.shared.handler import Command
from bot.commands.shared.options import CHECKIN, hidden, number_carried
from bot.context import Context
from bot.domain.checkin import Checkin
from bot.errors import Refused
from bot.store import checkins
from bot.views import change_checkin as view

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


def run(context: Context, given: Given) -> Answer:
    """Take one back, put one back, or show the newest to choose from, beside the card that puts back the last."""
    back = number_carried(given[BACK] or "")
    if back is not None:
        return _put_back(context, back)
    if given[ANOTHER]:
        newest = checkins.newest(context.tx, context.person.id, SHOWN)
        return Reply(view.choose([as_shown(context, each) for each in newest], context.today))
    checkin = _meant(context, given[CHECKIN])
    progress = undo(context, checkin)
    return Reply(
        view.taken_back(as_shown(context, checkin), progress, context.today), in_place=context.request.via is Via.BUTTON
    )


def _meant(context: Context, number: int | None) -> Checkin:
    if number is None:
        newest = checkins.newest(context.tx, context.person.id)
        if not newest:
            raise Refused("There is no check-in to take back.", "/checkin 45m")
        return newest[0]
    checkin = own_checkin(context, number)
    if checkin.undone_at is not None:
        raise Refused(f"Check-in #{number} is taken back already.", "/undo")
    return checkin


def _put_back(context: Context, number: int) -> Answer:
    checkin = own_checkin(context, number)
    if checkin.undone_at is None:
        raise Refused(f"Check-in #{number} counts already.", "/progress")
    progress = put_back(context, checkin)
    return Reply(view.put_back(as_shown(context, checkin), progress, context.today), in_place=True)


COMMAND = Command(SPEC, run)
