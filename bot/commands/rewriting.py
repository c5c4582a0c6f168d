"""Changing what was logged: totals follow, the old version stays in the change log, and what is late is marked."""

from dataclasses import replace

from bot.commands.options import NEW_TIME
from bot.commands.turn import Turn, about
from bot.domain.checkin import Change, Checkin, Entry, Source, check_total
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import checkins, keeping, standing, totals
from bot.store.standing import Books, Standing


def owned(turn: Turn, number: int) -> Checkin:
    """One of the speaker's own check-ins. Imported ones stay as they came: they are no check-in of any week."""
    checkin = checkins.get(turn.tx, turn.person.id, number)
    if checkin is None:
        raise Refused(f"You have no check-in #{number}.", "/history")
    if checkin.source is Source.IMPORT:
        raise Refused(f"#{number} was imported, and imported time stays as it came.", "/history")
    return checkin


def shown(turn: Turn, checkin: Checkin) -> Checkin:
    """A check-in as it is shown: under the name that its area has now."""
    return replace(checkin, entry=turn.named_today(checkin.entry))


def take_back(turn: Turn, checkin: Checkin) -> Standing:
    """Undo a check-in."""
    books = standing.books(turn.tx, turn.person)
    books = checkins.count(turn.tx, books, checkin.entry, -1, turn.now)
    late = _is_late(turn, books, checkin.entry)
    checkins.change(turn.tx, checkin, checkin.entry, Change.UNDO, late=late, now=turn.now)
    return keeping.keep(turn.tx, books, turn.now)


def put_back(turn: Turn, checkin: Checkin) -> Standing:
    """Count an undone check-in again."""
    _check_room(turn, checkin.entry, 0)
    books = standing.books(turn.tx, turn.person)
    books = checkins.count(turn.tx, books, checkin.entry, 1, turn.now)
    late = _is_late(turn, books, checkin.entry)
    checkins.change(turn.tx, checkin, checkin.entry, Change.PUT_BACK, late=late, now=turn.now)
    return keeping.keep(turn.tx, books, turn.now)


def rewrite(turn: Turn, checkin: Checkin, entry: Entry) -> Standing:
    """Hold `entry` in the place of what was logged."""
    same_day = entry.day == checkin.entry.day
    _check_room(turn, entry, checkin.entry.minutes if same_day else 0)
    books = standing.books(turn.tx, turn.person)
    books = checkins.count(turn.tx, books, checkin.entry, -1, turn.now)
    books = checkins.count(turn.tx, books, entry, 1, turn.now)
    late = _is_late(turn, books, checkin.entry) or _is_late(turn, books, entry)
    group_id = turn.group.id if turn.group is not None else None
    checkins.change(turn.tx, checkin, entry, Change.EDIT, late=late, now=turn.now, group_id=group_id)
    return keeping.keep(turn.tx, books, turn.now)


def _check_room(turn: Turn, entry: Entry, replaced: int) -> None:
    others = totals.of_day(turn.tx, turn.person.id, entry.day) - replaced
    with about(NEW_TIME):
        check_total(others, entry.minutes, entry.day, turn.today)


def _is_late(turn: Turn, books: Books, entry: Entry) -> bool:
    return books.is_closed(Week.of(entry.day), turn.now)
