"""`edit`: change a check-in; without options the form of the newest one."""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from bot.chat.command import Given, Option, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.change_checkin import check_room, find_own_checkin, has_room, with_present_area
from bot.commands.shared.channel_lines import correct_lines
from bot.commands.shared.handler import Command, about
from bot.commands.shared.long_day import LONG, ask_long_day
from bot.commands.shared.milestones import record_milestones
from bot.commands.shared.options import AREA, CHECKIN, LEARNED, NEW_DAY, NEW_TIME
from bot.commands.shared.who_sees import describe_change
from bot.context import Answered, Context
from bot.domain.checkin import Checkin, Entry, check_day, check_still_changes
from bot.domain.duration import say
from bot.domain.number import read_whole_number
from bot.domain.progress import Progress
from bot.errors import Refused
from bot.store import checkins, recording
from bot.views import change_checkin as view
from bot.views.channel_line import with_lines_that_stay

WHICH: Option[int] = replace(CHECKIN, is_in_form=False)

SPEC = Spec(
    "edit",
    "change a check-in",
    (WHICH, NEW_TIME, AREA, LEARNED, NEW_DAY, LONG),
    group="Every day",
    title="Edit a check-in",
    submit="Save",
    shows_form=True,
    examples=("/edit time: 2h", "/edit #12 day: yesterday"),
    also="change correct fix",
    verb="Edit",
)


def run(context: Context, given: Given) -> Answer:
    """Save the new version; the old one stays in the change log."""
    checkin = _find_checkin(context, given[WHICH])
    entry = _changed_entry(context, checkin.entry, given)
    if entry == checkin.entry:
        raise Refused(f"Check-in #{checkin.number} says that already.")
    _check_days(context, checkin, entry)
    replaced = checkin.entry.minutes if entry.day == checkin.entry.day else 0
    if entry.minutes != replaced:
        options = {**given.raw, WHICH.name: str(checkin.number), NEW_DAY.name: entry.day.isoformat()}
        question = ask_long_day(context, given, entry, options, SPEC.name, replaced)
        if question is not None:
            return Reply(question, in_place=context.request.via is Via.BUTTON)
    progress = _edit(context, checkin, entry)
    unknown = correct_lines(context, checkin, {checkin.entry.day, entry.day}, progress)
    old = context.with_present_area(checkin.entry)
    edited = with_present_area(context, find_own_checkin(context, checkin.number))
    card = view.edited(old, edited, progress, context.now, record_milestones(context, progress))
    return Reply(with_lines_that_stay(card, unknown), in_place=context.request.via is Via.BUTTON)


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Return what the check-in says now; an area that is unknown here is left out, and stays."""
    checkin = _find_checkin(context, read_whole_number(raw.get(WHICH.name, "")))
    entry = checkin.entry
    return {
        "checkin": str(checkin.number),
        "time": say(entry.minutes),
        "area": entry.area if entry.area in context.areas() else "",
        "learned": entry.learned or "",
        "day": entry.day.isoformat(),
    }


def _check_days(context: Context, checkin: Checkin, new: Entry) -> None:
    """Raise `Refused` for a day out of reach, and for another time or day of an entry that is out of reach."""
    old, areas = checkin.entry, context.areas()
    if (old.day, old.minutes) != (new.day, new.minutes):
        example = f"/edit #{checkin.number} area: {areas[0]}" if areas else ""
        with about(NEW_DAY if old.day != new.day else NEW_TIME):
            check_still_changes(old.day, context.today, example)
    _check_moved(context, old, new.day)


def _check_moved(context: Context, old: Entry, day: date) -> None:
    """Raise `Refused` if an entry cannot be moved to that day; where it is, it may stay."""
    if day != old.day:
        with about(NEW_DAY):
            check_day(day, context.today)


def _edit(context: Context, checkin: Checkin, entry: Entry) -> Progress:
    is_same_day = entry.day == checkin.entry.day
    check_room(context, entry, checkin.entry.minutes if is_same_day else 0)
    group_id = context.group.id if context.group is not None else None
    return recording.edit(context.tx, context.person.id, checkin, entry, group_id, context.now)


def pin(context: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """Return the check-in that a question about its new version is about, whenever it is answered.

    Raises `Refused` for a day that it cannot be moved to, so that nothing is asked in vain.
    """
    checkin = _find_checkin(context, read_whole_number(raw.get(WHICH.name, "")))
    day = raw.get(NEW_DAY.name, "")
    if day and NEW_DAY.reads(day, context.reading):
        _check_moved(context, checkin.entry, NEW_DAY.value(day, context.reading))
    return {WHICH.name: str(checkin.number)}


def _changed_entry(context: Context, old: Entry, given: Given) -> Entry:
    time, day = given[NEW_TIME], given[NEW_DAY]
    return Entry(
        old.day if day is None else day,
        old.minutes if time is None else time,
        given[AREA] or (None if old.area in context.areas() and _is_emptied(context, given, AREA) else old.area),
        given[LEARNED] or (None if _is_emptied(context, given, LEARNED) else old.learned),
    )


def _is_emptied(context: Context, given: Given, option: Option[str]) -> bool:
    """Return True if a form, which came filled in, was sent back with this field empty, or a button carries that on."""
    return option.name in context.request.options and given[option] is None


def _find_checkin(context: Context, number: int | None) -> Checkin:
    """Return the check-in of that number, or the newest one. Raises `Answered` for one that was taken back."""
    if number is not None:
        checkin = find_own_checkin(context, number)
        if checkin.undone_at is not None:
            raise Answered(Reply(view.is_taken_back(number), is_wrong=True))
        return checkin
    newest = checkins.list_newest(context.tx, context.person.id)
    if not newest:
        raise Refused("There's no check-in to change yet.", "/checkin 45m")
    return newest[0]


def allows(context: Context, raw: Mapping[str, str]) -> bool:
    """Return False for a time that its day has no room for, beside others than the check-in itself."""
    entry = _find_checkin(context, read_whole_number(raw.get(WHICH.name, ""))).entry
    day = raw.get(NEW_DAY.name, "")
    is_moved = day and NEW_DAY.reads(day, context.reading) and NEW_DAY.value(day, context.reading) != entry.day
    return has_room(context, raw, entry.day, 0 if is_moved else entry.minutes)


COMMAND = Command(SPEC, run, prefill, pin, describe=describe_change, allows=allows)
