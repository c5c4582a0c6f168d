"""Answers by the id of their request, so that one that comes again is answered alike and changes nothing."""

from datetime import datetime, timedelta

from bot.chat.codec import decode_answer, encode
from bot.chat.request import Answer
from bot.store.rows import ms
from bot.store.sqlite import Tx

STORED_FOR = timedelta(days=2)
"""No platform delivers a request again after that."""


def find(tx: Tx, request_id: str) -> Answer | None:
    """Return the answer that a request got when it first came; None if it is new."""
    row = tx.one("SELECT answer FROM requests WHERE id = :id", id=request_id)
    return None if row is None else decode_answer(row[0])


def save(tx: Tx, request_id: str, answer: Answer, now: datetime, asker: int | None) -> None:
    """Save an answer, in the transaction of the work itself, with the id of the person who asked."""
    tx.run(
        "INSERT INTO requests (id, answer, made_at, person_id) VALUES (:id, :answer, :now, :asker)",
        id=request_id,
        answer=encode(answer),
        now=ms(now),
        asker=asker,
    )


def prune(tx: Tx, now: datetime) -> None:
    """Delete answers that no platform asks for again."""
    tx.run("DELETE FROM requests WHERE made_at < :before", before=ms(now - STORED_FOR))
