"""Notes that members wrote in a group's channel, and those that an organiser has taken off."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.domain.group_note import GroupNote
from bot.store.tx import Tx

ROWS = """SELECT c.id, c.person_id, c.number, m.name, c.day, c.learned, c.is_note_off
    FROM members m JOIN checkins c ON c.person_id = m.person_id AND c.group_id = m.group_id
    WHERE m.group_id = :group AND m.left_at IS NULL AND NOT m.is_hidden
      AND c.learned IS NOT NULL AND c.undone_at IS NULL"""


def list_newest(tx: Tx, group_id: int, since: date, limit: int) -> list[GroupNote]:
    """Return the newest notes of a group that are shown to it, for days from `since` on."""
    rows = tx.all(
        f"{ROWS} AND NOT c.is_note_off AND c.day >= :since ORDER BY c.created_at DESC, c.id DESC LIMIT :limit",
        group=group_id,
        since=since.isoformat(),
        limit=limit,
    )
    return [_note(row) for row in rows]


def find(tx: Tx, group_id: int, checkin_id: int) -> GroupNote | None:
    """Return a note of a group, also one that was taken off; None if the group has none by that id."""
    row = tx.one(f"{ROWS} AND c.id = :id", group=group_id, id=checkin_id)
    return None if row is None else _note(row)


def save_off(tx: Tx, checkin_id: int, *, is_off: bool) -> None:
    """Save whether a note is taken off; results quote it no more until its writer offers it again."""
    tx.run("UPDATE checkins SET is_note_off = :off, is_shared = FALSE WHERE id = :id", off=is_off, id=checkin_id)


def _note(values: Iterable[Any]) -> GroupNote:
    note = GroupNote(*values)
    return note._replace(day=date.fromisoformat(str(note.day)), is_off=bool(note.is_off))
