"""Files that members hand over, stored until they have been looked at and imported.

They are in the database because several hosts may serve it that share no disk.
"""

from datetime import datetime, timedelta

from bot.chat.request import UPLOAD_BYTES, Upload
from bot.store.rows import ms
from bot.store.tx import Tx

MOST_BYTES = 64 * 1024**2
"""All stored files together; a new one takes the place of the oldest ones."""
STORED_FOR = timedelta(hours=1)


def save(tx: Tx, person_id: int, upload: Upload, now: datetime) -> int:
    """Save a file of at most `UPLOAD_BYTES` in the place of the person's last one, and return its number.

    Numbers are instants in milliseconds: no two files get the same one, and none is the number of a draft, as buttons
    of earlier versions name it.
    """
    assert len(upload.content) <= UPLOAD_BYTES
    prune(tx, now)
    tx.run("DELETE FROM uploads WHERE person_id = :person", person=person_id)
    _make_room(tx, len(upload.content))
    newest = tx.one("SELECT coalesce(max(id), 0) FROM uploads")
    assert newest is not None
    number: int = max(ms(now), newest[0] + 1)
    tx.run(
        """INSERT INTO uploads (id, person_id, name, content, uploaded_at)
           VALUES (:number, :person, :name, :content, :now)""",
        number=number,
        person=person_id,
        name=upload.name,
        content=upload.content,
        now=ms(now),
    )
    return number


def find(tx: Tx, number: int, person_id: int, now: datetime) -> Upload | None:
    """Return a file of this person; None if there is none of that number, if it is another's, or if it is too old."""
    row = tx.one(
        "SELECT name, content FROM uploads WHERE id = :number AND person_id = :person AND uploaded_at >= :since",
        number=number,
        person=person_id,
        since=ms(now - STORED_FOR),
    )
    return None if row is None else Upload(*row)


def find_name(tx: Tx, number: int, person_id: int, now: datetime) -> str | None:
    """Return the name of a file of this person, None as in `find`, without reading what is in it."""
    row = tx.one(
        "SELECT name FROM uploads WHERE id = :number AND person_id = :person AND uploaded_at >= :since",
        number=number,
        person=person_id,
        since=ms(now - STORED_FOR),
    )
    return None if row is None else str(row[0])


def delete(tx: Tx, number: int, person_id: int) -> None:
    """Delete a file of this person."""
    tx.run("DELETE FROM uploads WHERE id = :number AND person_id = :person", number=number, person=person_id)


def prune(tx: Tx, now: datetime) -> None:
    """Delete files that are too old to be imported."""
    tx.run("DELETE FROM uploads WHERE uploaded_at < :before", before=ms(now - STORED_FOR))


def _make_room(tx: Tx, needed: int) -> None:
    """Delete the oldest files until all of them and `needed` bytes more are within `MOST_BYTES`."""
    left = MOST_BYTES - needed
    for number, size in tx.all("SELECT id, length(content) FROM uploads ORDER BY id DESC"):
        left -= size
        if left < 0:
            tx.run("DELETE FROM uploads WHERE id <= :number", number=number)
            return
