"""`undo`: take back the newest-made check-in, or one that is named; *Put back* undoes that."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.change_checkin import check_room, find_own_checkin, with_present_area
from bot.commands.shared.channel_lines import correct_lines
from bot.commands.shared.handler import Command
from bot.commands.shared.options import CHECKIN, hidden_option, parse_number
from bot.context import Answered, Context
from bot.domain.checkin import Checkin
from bot.errors import Refused
from bot.store import checkins, recording
from bot.views import change_checkin as view
from bot.views.channel_line import with_lines_that_stay

BACK = hidden_option("back")
ANOTHER = hidden_option("another")

SPEC = Spec(
    "undo",
    "take back your newest check-in",
    (CHECKIN, BACK, ANOTHER),
    group="Every day",
    title="Undo a check-in",
    submit="Take back",
    examples=("/undo", "/undo #12"),
    also="oops revert mistake delete remove takeback",
    verb="Undo",
)
ROWS = 10


def run(context: Context, given: Given) -> Answer:
    """Take one back, put one back, or show the newest to choose from, beside the card that puts back the last."""
    back = parse_number(given[BACK] or "")
    if back is not None:
        return _put_back(context, back)
    if given[ANOTHER]:
        newest = checkins.list_newest(context.tx, context.person.id, ROWS)
        return Reply(view.choose([with_present_area(context, checkin) for checkin in newest], context.today))
    checkin = _find_checkin(context, given[CHECKIN])
    progress = recording.undo(context.tx, context.person.id, checkin, context.now)
    unknown = correct_lines(context, checkin, [checkin.entry.day], progress)
    card = view.taken_back(with_present_area(context, checkin), progress, context.now)
    return Reply(with_lines_that_stay(card, unknown), in_place=context.request.via is Via.BUTTON)


def _find_checkin(context: Context, number: int | None) -> Checkin:
    """Return the check-in of that number, or the newest one. Raises `Answered` for one that was taken back."""
    if number is None:
        newest = checkins.list_newest(context.tx, context.person.id)
        if not newest:
            raise Refused("There's no check-in to take back.", "/checkin 45m")
        return newest[0]
    checkin = find_own_checkin(context, number)
    if checkin.undone_at is not None:
        raise Answered(Reply(view.is_taken_back(number), is_wrong=True))
    return checkin


def _put_back(context: Context, number: int) -> Answer:
    checkin = find_own_checkin(context, number)
    if checkin.undone_at is None:
        raise Refused(f"Check-in #{number} counts already.", "/progress")
    check_room(context, checkin.entry)
    progress = recording.put_back(context.tx, context.person.id, checkin, context.now)
    unknown = correct_lines(context, checkin, [checkin.entry.day], progress)
    card = view.put_back(with_present_area(context, checkin), progress, context.now)
    return Reply(with_lines_that_stay(card, unknown), in_place=True)


COMMAND = Command(SPEC, run)
