"""Answers by the id of their request, so that one that comes again is answered alike and changes nothing."""

from datetime import datetime, timedelta

from bot.chat.codec import decode_answer, encode
from bot.chat.request import Answer, User
from bot.errors import Refused
from bot.store import people
from bot.store.rows import ms
from bot.store.tx import Tx

STORED_FOR = timedelta(days=2)
"""No platform delivers a request again after that."""


def find(tx: Tx, request_id: str, asker: User) -> Answer | None:
    """Return the answer that a request of this person got when it first came; None if it is new.

    Raises `Refused` if somebody else asked. One of whom nothing was known, or was erased, is not told from others.
    """
    row = tx.one("SELECT answer, person_id FROM requests WHERE id = :id", id=request_id)
    if row is None:
        return None
    answer, person_id = row
    if person_id is not None:
        person = people.find(tx, asker)
        if person is None or person.id != person_id:
            raise Refused("Somebody else has asked that already. Type your command again.")
    return decode_answer(answer)


def save(tx: Tx, request_id: str, answer: Answer, now: datetime, asker: int | None) -> None:
    """Save an answer, in the transaction of the work itself, with the id of the person who asked, if they are known."""
    tx.run(
        """INSERT INTO requests (id, answer, made_at, person_id)
           VALUES (:id, :answer, :now, (SELECT id FROM people WHERE id = :asker))""",
        id=request_id,
        answer=encode(answer),
        now=ms(now),
        asker=asker,
    )


def prune(tx: Tx, now: datetime) -> None:
    """Delete answers that no platform asks for again."""
    tx.run("DELETE FROM requests WHERE made_at < :before", before=ms(now - STORED_FOR))
