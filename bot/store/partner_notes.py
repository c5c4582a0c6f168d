"""Notes that partners have shared with each other: as they stand in the journal, while the pair goes on."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from bot.store.rows import ms
from bot.store.tx import LISTED, Tx, listed

READABLE = "c.learned IS NOT NULL AND c.undone_at IS NULL AND NOT c.is_note_off"


class LastNote(NamedTuple):
    """A note of one's own, by its check-in's id and number."""

    checkin_id: int
    number: int
    text: str


class ReadNote(NamedTuple):
    """A note that somebody has shared."""

    person_id: int
    text: str


def find_last(tx: Tx, person_id: int, number: int | None) -> LastNote | None:
    """Return the newest note of a person, or that of the check-in of a number; None where there is none."""
    row = tx.one(
        f"""SELECT c.id, c.number, c.learned FROM checkins c WHERE c.person_id = :id AND {READABLE}
            {"" if number is None else "AND c.number = :number"} ORDER BY c.number DESC LIMIT 1""",
        id=person_id,
        **({} if number is None else {"number": number}),
    )
    return None if row is None else LastNote(*row)


def find_to_explain(tx: Tx, person_id: int, before: date) -> str | None:
    """Return the longest note that a person wrote before a day, not one that was imported; None if there is none."""
    row = tx.one(
        f"""SELECT c.learned FROM checkins c WHERE c.person_id = :id AND {READABLE} AND c.day < :before
            AND c.source <> 'import' ORDER BY length(c.learned) DESC, c.number DESC LIMIT 1""",
        id=person_id,
        before=before.isoformat(),
    )
    return None if row is None else str(row[0])


def share(tx: Tx, checkin_id: int, reader_ids: Iterable[int], now: datetime) -> None:
    """Let some people read a note."""
    tx.many(
        """INSERT INTO partner_notes (checkin_id, reader_id, shared_at) VALUES (:checkin, :reader, :now)
           ON CONFLICT (checkin_id, reader_id) DO UPDATE SET shared_at = excluded.shared_at""",
        [{"checkin": checkin_id, "reader": reader_id, "now": ms(now)} for reader_id in reader_ids],
    )


def find_shared(tx: Tx, reader_id: int, writer_ids: Iterable[int]) -> ReadNote | None:
    """Return the note that one of some people has shared last with a reader."""
    row = tx.one(
        f"""SELECT c.person_id, c.learned FROM partner_notes n JOIN checkins c ON c.id = n.checkin_id
            WHERE n.reader_id = :reader AND c.person_id IN {LISTED} AND {READABLE}
            ORDER BY n.shared_at DESC, c.id DESC LIMIT 1""",
        reader=reader_id,
        ids=listed(writer_ids),
    )
    return None if row is None else ReadNote(*row)


def forget(tx: Tx, pairs: Iterable[tuple[int, int]]) -> None:
    """Let two read nothing more of each other."""
    both = [(one, other) for first, second in pairs for one, other in ((first, second), (second, first))]
    tx.many(
        """DELETE FROM partner_notes WHERE reader_id = :reader
           AND checkin_id IN (SELECT id FROM checkins WHERE person_id = :writer)""",
        [{"reader": reader, "writer": writer} for reader, writer in both],
    )
