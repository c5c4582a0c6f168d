"""Parts of the commands that change a check-in: finding it, its present area, and the room on its day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.commands.shared.handler import about
from bot.commands.shared.options import NEW_DAY, NEW_TIME
from bot.context import Context
from bot.domain.checkin import Checkin, Entry, Source, check_total
from bot.domain.duration import DAY_LIMIT
from bot.errors import Refused
from bot.store import checkins, totals


def find_own_checkin(context: Context, number: int) -> Checkin:
    """Return one of the speaker's own check-ins. Raises `Refused` for an imported one: it stays as it came."""
    checkin = checkins.find(context.tx, context.person.id, number)
    if checkin is None:
        raise Refused(f"You have no check-in #{number}.", "/history")
    if checkin.source is Source.IMPORT:
        raise Refused(f"#{number} was imported, and imported time stays as it came.", "/history")
    return checkin


def with_present_area(context: Context, checkin: Checkin) -> Checkin:
    """Return the check-in under the name that its area has now."""
    return replace(checkin, entry=context.with_present_area(checkin.entry))


def has_room(context: Context, raw: Mapping[str, str], day: date, replaced: int = 0) -> bool:
    """Return False for a time that its day has no room for; `day` is the one that is meant where none was said."""
    time, said, reading = raw.get(NEW_TIME.name, ""), raw.get(NEW_DAY.name, ""), context.reading
    if not NEW_TIME.reads(time, reading) or (said and not NEW_DAY.reads(said, reading)):
        return True
    day = NEW_DAY.value(said, reading) if said else day
    return totals.sum_day(context.tx, context.person.id, day) - replaced + NEW_TIME.value(time, reading) <= DAY_LIMIT


def check_room(context: Context, entry: Entry, replaced: int = 0) -> None:
    """Raise `Refused` if the entry's day has no room for it beside the others; `replaced` minutes make room."""
    others = totals.sum_day(context.tx, context.person.id, entry.day) - replaced
    with about(NEW_TIME):
        check_total(others, entry.minutes, entry.day, context.today)
