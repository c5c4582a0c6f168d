"""Changing a check-in that was logged: undoing it, putting it back, and editing it."""

from dataclasses import replace

from bot.commands.shared.handler import about
from bot.commands.shared.options import NEW_TIME
from bot.context import Context
from bot.domain.checkin import Checkin, Entry, Source, check_total
from bot.domain.progress import Progress
from bot.errors import Refused
from bot.store import checkins, recording, totals


def own_checkin(context: Context, number: int) -> Checkin:
    """Return one of the speaker's own check-ins. Raises `Refused` for an imported one: it stays as it came."""
    checkin = checkins.get(context.tx, context.person.id, number)
    if checkin is None:
        raise Refused(f"You have no check-in #{number}.", "/history")
    if checkin.source is Source.IMPORT:
        raise Refused(f"#{number} was imported, and imported time stays as it came.", "/history")
    return checkin


def as_shown(context: Context, checkin: Checkin) -> Checkin:
    """Return the check-in under the name that its area has now."""
    return replace(checkin, entry=context.named_today(checkin.entry))


def undo(context: Context, checkin: Checkin) -> Progress:
    """Take a check-in back."""
    return recording.undo(context.tx, context.person.id, checkin, context.now)


def put_back(context: Context, checkin: Checkin) -> Progress:
    """Count a check-in again. Raises `Refused` where its day has no room for it any more."""
    _check_room(context, checkin.entry, 0)
    return recording.put_back(context.tx, context.person.id, checkin, context.now)


def edit(context: Context, checkin: Checkin, entry: Entry) -> Progress:
    """Put `entry` in the place of what was logged. Raises `Refused` where its day has no room for it."""
    same_day = entry.day == checkin.entry.day
    _check_room(context, entry, checkin.entry.minutes if same_day else 0)
    group_id = context.group.id if context.group is not None else None
    return recording.edit(context.tx, context.person.id, checkin, entry, group_id, context.now)


def _check_room(context: Context, entry: Entry, replaced: int) -> None:
    others = totals.of_day(context.tx, context.person.id, entry.day) - replaced
    with about(NEW_TIME):
        check_total(others, entry.minutes, entry.day, context.today)
